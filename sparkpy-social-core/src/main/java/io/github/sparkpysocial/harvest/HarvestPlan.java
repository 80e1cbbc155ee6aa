package io.github.sparkpysocial.harvest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a harvest will take at most, told before anything is asked or spent.
 *
 * @param source the URI of the listing, without secrets
 * @param store the URI of the store, without secrets
 * @param items how many items it may bring, or {@code null} if the listing's length is not known
 *     and no limit is set
 * @param requests how many requests that takes, or {@code null} if {@code items} is not known
 * @param waiting how long it has to wait for the known rate limit, or {@code null} if the limit or
 *     the requests are not known
 * @param dollars what it costs, or {@code null} if nothing or not known
 * @param notes what else to know beforehand
 */
public record HarvestPlan(
    String source,
    String store,
    @Nullable Long items,
    @Nullable Long requests,
    @Nullable Duration waiting,
    @Nullable BigDecimal dollars,
    List<String> notes) {
  public HarvestPlan {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(store, "store");
    notes = List.copyOf(notes);
  }
}
