package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.limit.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out what a run of a nested harvest will take, as far as that is known: how many items the
 * outer listing has is known from an earlier pass only, and how long their listings are never.
 */
final class NestedPlanner {
  private final NestedHarvest.Builder settings;
  private final LedgerEntry entry;
  private final List<String> notes = new ArrayList<>();

  private NestedPlanner(NestedHarvest.Builder settings, LedgerEntry entry) {
    this.settings = settings;
    this.entry = entry;
  }

  static HarvestPlan plan(NestedHarvest.Builder settings, LedgerEntry entry) {
    return new NestedPlanner(settings, entry).plan();
  }

  private HarvestPlan plan() {
    SourceProfile outer;
    try (RecordSource source = settings.open.apply(settings.listing.outer())) {
      outer = source.profile();
    }
    Long known = entry.isComplete() ? entry.items() : null;
    Long items = known == null ? null : Long.valueOf(Math.min(known, settings.first));
    if (items != null && known != null) {
      long pages = Math.max(1, (known + outer.pageSize() - 1) / outer.pageSize());
      long least = pages * outer.requestsPerPage() + items;
      notes.add(
          settings.listing.outer()
              + " had "
              + known
              + " items when it was last read, so that this takes at least "
              + least
              + " requests"
              + leastWaiting(outer.quota(), least)
              + "; how long the listings within it are is not known before they are read.");
    } else {
      notes.add(
          "How many items "
              + settings.listing.outer()
              + " has is not known before it is read: one request for each "
              + outer.pageSize()
              + " of them, and at least one for each of their listings.");
    }
    if (!entry.isBlank() && !entry.isComplete()) {
      notes.add("An earlier harvest was not finished; this one leaves out what is done.");
    }
    Quota quota = outer.quota();
    if (quota != null) {
      notes.add("The network allows " + quota + ".");
    }
    Long requests = settings.maxRequests == Long.MAX_VALUE ? null : settings.maxRequests;
    return new HarvestPlan(
        settings.listing.uri().toString(),
        settings.store.uri().toString(),
        settings.limit == Long.MAX_VALUE ? null : Long.valueOf(settings.limit),
        requests,
        requests == null || quota == null ? null : HarvestPlanner.waiting(requests, quota),
        null,
        notes);
  }

  private static String leastWaiting(@Nullable Quota quota, long requests) {
    Duration waiting = quota == null ? Duration.ZERO : HarvestPlanner.waiting(requests, quota);
    return waiting.isZero() ? "" : " and " + waiting.toMinutes() + " min";
  }
}
