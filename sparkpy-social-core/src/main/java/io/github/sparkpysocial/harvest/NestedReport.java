package io.github.sparkpysocial.harvest;

import java.util.Map;
import java.util.Objects;

/**
 * What a run of a harvest of listings within a listing did.
 *
 * @param total the sum over all listings; {@link HarvestReport#complete()} if all were read to
 *     their end, except for those that the network refused. Its intervals are empty, and its holes
 *     those of the outer listing: each listing has an entry of its own in the ledger
 * @param outer what the outer listing alone gave
 * @param items how many items of the outer listing were met in this run
 * @param listings how many listings within it were read to their end in this run
 * @param skipped how many had been read by an earlier run of the same pass
 * @param refused the listings that the network refused, the first 1,000, with its reason
 */
public record NestedReport(
    HarvestReport total,
    HarvestReport outer,
    long items,
    long listings,
    long skipped,
    Map<String, String> refused) {
  public NestedReport {
    Objects.requireNonNull(total, "total");
    Objects.requireNonNull(outer, "outer");
    refused = Map.copyOf(refused);
  }
}
