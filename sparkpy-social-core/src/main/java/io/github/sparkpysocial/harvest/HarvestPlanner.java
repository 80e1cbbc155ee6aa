package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.RecordSource.Order;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.limit.Quota;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Works out what a run will take at most, from what is documented and known; asks nothing. */
final class HarvestPlanner {
  private final SourceProfile profile;
  private final List<String> notes = new ArrayList<>();

  HarvestPlanner(SourceProfile profile) {
    this.profile = profile;
  }

  static HarvestPlan plan(
      RecordSource source, String store, LedgerEntry entry, Harvest.Builder harvest, Instant now) {
    return new HarvestPlanner(source.profile()).of(source, store, entry, harvest, now);
  }

  private HarvestPlan of(
      RecordSource source, String store, LedgerEntry entry, Harvest.Builder harvest, Instant now) {
    Long items = least(profile.mostItems(), harvest.limit, Long.MAX_VALUE);
    Long requests = items == null ? null : Long.valueOf(requests(items));
    if (harvest.maxRequests < Long.MAX_VALUE
        && (requests == null || requests > harvest.maxRequests)) {
      requests = harvest.maxRequests;
      items = items(requests);
    }
    Quota quota = profile.quota();
    Duration waiting = requests == null || quota == null ? null : waiting(requests, quota);
    BigDecimal price = profile.dollarsPerItem();
    BigDecimal dollars =
        price == null || items == null ? null : price.multiply(BigDecimal.valueOf(items));
    notes.addAll(profile.notes());
    if (quota != null) {
      notes.add("The network allows " + quota + ".");
    }
    if (price != null && items == null) {
      notes.add("Each item costs $" + price + "; set a limit to know the whole.");
    }
    tellOfLedger(source, entry, harvest, now);
    if (harvest.maxDuration != null) {
      notes.add("It stops after " + harvest.maxDuration.toMinutes() + " min, and can go on later.");
    }
    return new HarvestPlan(
        source.uri().toString(), store, items, requests, waiting, dollars, notes);
  }

  private void tellOfLedger(
      RecordSource source, LedgerEntry entry, Harvest.Builder harvest, Instant now) {
    boolean backfill = harvest.scope != HarvestScope.NEW;
    for (LedgerHole hole : entry.holes()) {
      Duration horizon = source.horizon();
      boolean lost = horizon != null && hole.to() != null && !hole.to().isAfter(now.minus(horizon));
      if (lost) {
        notes.add("The network no longer shows a hole in the ledger: " + bounds(hole) + ".");
      } else if (!backfill) {
        notes.add("A hole stays for a harvest that fills them: " + bounds(hole) + ".");
      } else if (hole.isOpen()) {
        notes.add(
            "An earlier harvest was not finished; this one goes on where it stopped"
                + (hole.before() == null ? "." : ": " + bounds(hole) + "."));
      } else {
        notes.add("A hole in the ledger will be filled: " + bounds(hole) + ".");
      }
    }
    if (entry.isComplete() && harvest.scope != HarvestScope.BACKFILL) {
      notes.add(
          source.order() == Order.UNORDERED
              ? "The listing was read to its end before and has no order; all of it is read again."
              : "The listing was read to its end before; only what is new will be fetched.");
    }
    if (harvest.lag != null && !entry.intervals().isEmpty()) {
      notes.add(
          "The last "
              + harvest.lag
              + " before the newest record known are read again for late edits.");
    }
  }

  private static String bounds(LedgerHole hole) {
    return "from "
        + (hole.from() == null ? "the beginning" : hole.from())
        + " to "
        + (hole.to() == null ? "now" : hole.to());
  }

  private long requests(long items) {
    long lastPage = items % profile.pageSize() == 0 ? 0 : 1;
    return Math.max(1, items / profile.pageSize() + lastPage) * profile.requestsPerPage();
  }

  /** Returns how many items so many requests bring at most. */
  private long items(long requests) {
    return requests / profile.requestsPerPage() * profile.pageSize();
  }

  static Duration waiting(long requests, Quota quota) {
    return quota.per().multipliedBy(Math.max(0, requests - 1) / quota.permits());
  }

  private static @Nullable Long least(@Nullable Long one, long other, long none) {
    if (other == none) {
      return one;
    }
    return one == null || other < one ? Long.valueOf(other) : one;
  }
}
