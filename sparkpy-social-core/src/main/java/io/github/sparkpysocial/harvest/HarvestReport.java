package io.github.sparkpysocial.harvest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a run of a harvest did.
 *
 * @param fetched records that the network sent
 * @param inserted those that the store did not have
 * @param updated those that replaced an older version in the store
 * @param duplicates those that the store had already
 * @param deleted records removed because the network told of their deletion
 * @param quarantined items that could not be read or kept, set aside
 * @param requests requests sent, those that were tried again included
 * @param waited time spent waiting for limits and before trying again
 * @param complete whether the listing was read to its end; if not, run again to go on
 * @param intervals the parts of the listing that are in the store without a hole, newest first;
 *     empty if the listing has no order
 * @param unknownFields fields that the client does not know, with how often each was met
 */
public record HarvestReport(
    long fetched,
    long inserted,
    long updated,
    long duplicates,
    long deleted,
    long quarantined,
    long requests,
    Duration waited,
    boolean complete,
    List<Interval> intervals,
    Map<String, Long> unknownFields) {
  public HarvestReport {
    Objects.requireNonNull(waited, "waited");
    intervals = List.copyOf(intervals);
    unknownFields = Map.copyOf(unknownFields);
  }
}
