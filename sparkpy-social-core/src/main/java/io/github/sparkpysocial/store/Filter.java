package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records to read. A record passes if it meets every condition.
 *
 * @param kinds the kinds wanted; empty means all
 * @param networks the networks wanted; empty means all
 * @param ids the {@linkplain SocialRecord#id() ids} wanted; empty means all
 * @param since the earliest {@linkplain RecordSchema#time time}, inclusive, or {@code null}
 * @param until the time that ends the span, exclusive, or {@code null}. Once a span has a bound, a
 *     record without a time does not pass
 */
public record Filter(
    Set<RecordKind> kinds,
    Set<Network> networks,
    Set<String> ids,
    @Nullable Instant since,
    @Nullable Instant until)
    implements Serializable {

  /** Lets every record through. */
  public static final Filter ALL = new Filter(Set.of(), Set.of(), Set.of(), null, null);

  public Filter {
    kinds = Set.copyOf(kinds);
    networks = Set.copyOf(networks);
    ids = Set.copyOf(ids);
    if (since != null && until != null && until.isBefore(since)) {
      throw new IllegalArgumentException(
          "A span cannot end at " + until + " before it begins at " + since);
    }
  }

  /** Returns a filter for these kinds. */
  public static Filter kinds(RecordKind first, RecordKind... others) {
    return ALL.ofKinds(EnumSet.of(first, others));
  }

  /** Returns this filter, narrowed to these kinds; none means all. */
  public Filter ofKinds(Collection<RecordKind> wanted) {
    return new Filter(Set.copyOf(wanted), networks, ids, since, until);
  }

  /** Returns this filter, narrowed to these networks. */
  public Filter from(Network... wanted) {
    return new Filter(kinds, Set.copyOf(List.of(wanted)), ids, since, until);
  }

  /** Returns this filter, narrowed to these ids; none means all. */
  public Filter withIds(Collection<String> wanted) {
    return new Filter(kinds, networks, Set.copyOf(wanted), since, until);
  }

  /**
   * Returns this filter, narrowed to a span of time.
   *
   * @param from the earliest time, inclusive, or {@code null}
   * @param to the end, exclusive, or {@code null}
   */
  public Filter between(@Nullable Instant from, @Nullable Instant to) {
    return new Filter(kinds, networks, ids, from, to);
  }

  /** Returns whether the record passes. */
  public boolean matches(SocialRecord record) {
    return (kinds.isEmpty() || kinds.contains(record.recordKind()))
        && (networks.isEmpty() || networks.contains(record.network()))
        && (ids.isEmpty() || ids.contains(record.id()))
        && isWithin(record);
  }

  private boolean isWithin(SocialRecord record) {
    if (since == null && until == null) {
      return true;
    }
    Instant time = RecordSchema.of(record.recordKind()).time(record);
    return time != null
        && (since == null || !time.isBefore(since))
        && (until == null || time.isBefore(Objects.requireNonNull(until)));
  }
}
