package io.github.sparkpysocial.harvest;

import java.util.Map;

/**
 * What a harvest of a live stream did.
 *
 * @param received records that the stream brought, those that filled holes included
 * @param inserted those that the store did not have
 * @param updated those that replaced an older version in the store
 * @param duplicates those that the store had already
 * @param deleted records removed because the network told of their deletion
 * @param quarantined items that could not be read or kept, set aside
 * @param holes times in which something may have been missed, those before this run included
 * @param filled those of them that were filled
 * @param reconnects how often the stream had to connect again
 * @param unknownFields fields that the client does not know, with how often each was met
 */
public record LiveHarvestReport(
    long received,
    long inserted,
    long updated,
    long duplicates,
    long deleted,
    long quarantined,
    long holes,
    long filled,
    long reconnects,
    Map<String, Long> unknownFields) {
  public LiveHarvestReport {
    unknownFields = Map.copyOf(unknownFields);
  }

  /** Returns how many holes are left. */
  public long holesLeft() {
    return holes - filled;
  }
}
