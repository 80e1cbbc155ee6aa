package io.github.sparkpysocial.store;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which records to read.
 *
 * @param kinds the kinds wanted; empty means all
 * @param networks the networks wanted; empty means all
 */
public record Filter(Set<RecordKind> kinds, Set<Network> networks) {

  /** Lets every record through. */
  public static final Filter ALL = new Filter(Set.of(), Set.of());

  public Filter {
    kinds = Set.copyOf(kinds);
    networks = Set.copyOf(networks);
  }

  /** Returns a filter for these kinds. */
  public static Filter kinds(RecordKind first, RecordKind... others) {
    return new Filter(EnumSet.of(first, others), Set.of());
  }

  /** Returns this filter, narrowed to these networks. */
  public Filter from(Network... wanted) {
    return new Filter(kinds, Set.copyOf(List.of(wanted)));
  }

  /** Returns whether the record passes. */
  public boolean matches(SocialRecord record) {
    return (kinds.isEmpty() || kinds.contains(record.recordKind()))
        && (networks.isEmpty() || networks.contains(record.network()));
  }
}
