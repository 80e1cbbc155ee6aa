package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.store.Rejected;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a run of a harvest did.
 *
 * @param fetched records that the network sent
 * @param items those of them that the listing lists; the others came beside, such as the accounts
 *     of authors
 * @param inserted those that were fetched and that the store did not have
 * @param updated those that replaced an older version in the store
 * @param duplicates those that the store had already
 * @param deleted records removed because the network told of their deletion
 * @param quarantined items that could not be read or kept, set aside
 * @param requests requests sent, those that were tried again included
 * @param waited time spent waiting for limits and before trying again
 * @param complete whether the listing was read to its end; if not, run again to go on
 * @param stoppedBy which limit or ceiling ended the run before that, fit for a message, or {@code
 *     null} if none did
 * @param intervals the parts of the listing that are in the store without a hole, newest first;
 *     empty if the listing has no order
 * @param holes the parts that are known to be missing, newest first. An {@linkplain
 *     LedgerHole#isOpen() open} one is where the next run goes on
 * @param outcomes if the listing is one of things asked for by id: how many of them were {@code
 *     asked} for, {@code found}, {@code deleted}, {@code set aside}, and of how many the network
 *     said nothing at all ({@code unanswered}); else empty
 * @param unknownFields fields that the client does not know, with how often each was met
 * @param quarantine the file that has the items that could not be read, if the harvest chose one by
 *     itself and something was set aside, else {@code null}
 * @param setAside the first items that could not be read, at most 1,000, if they were kept nowhere
 *     else
 */
public record HarvestReport(
    long fetched,
    long items,
    long inserted,
    long updated,
    long duplicates,
    long deleted,
    long quarantined,
    long requests,
    Duration waited,
    boolean complete,
    @Nullable String stoppedBy,
    List<Interval> intervals,
    List<LedgerHole> holes,
    Map<String, Long> outcomes,
    Map<String, Long> unknownFields,
    @Nullable Path quarantine,
    List<Rejected> setAside) {
  public HarvestReport {
    Objects.requireNonNull(waited, "waited");
    intervals = List.copyOf(intervals);
    holes = List.copyOf(holes);
    outcomes = Map.copyOf(outcomes);
    unknownFields = Map.copyOf(unknownFields);
    setAside = List.copyOf(setAside);
  }

  /** Returns where the next run goes on, or {@code null} if nothing is left open. */
  public @Nullable LedgerHole resumeMark() {
    LedgerHole open = null;
    for (LedgerHole hole : holes) {
      open = hole.isOpen() ? hole : open;
    }
    return open;
  }
}
