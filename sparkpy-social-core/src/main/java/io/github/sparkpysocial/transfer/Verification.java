package io.github.sparkpysocial.transfer;

import io.github.sparkpysocial.model.RecordKey;
import java.util.List;
import java.util.Objects;

/**
 * What came out when both stores were read again and compared: their contents, in any order,
 * without {@linkplain io.github.sparkpysocial.model.Provenance where and when} a record was
 * fetched. The target may hold more than the source.
 *
 * @param records how many records the source has
 * @param missing how many of them the target does not hold, and has no tombstone for
 * @param setAside how many the target set aside in this run, since it cannot hold them: that many
 *     of the missing ones are accounted for
 * @param different how many the target holds with another content
 * @param sourceChecksum the sum of the 128-bit fingerprints of the source's contents, as 32
 *     hexadecimal digits; the order of the records does not matter
 * @param targetChecksum the same of those records in the target that the filter lets through; equal
 *     if both hold the same and nothing else
 * @param first some of the keys that are missing or different, at most ten
 */
public record Verification(
    long records,
    long missing,
    long setAside,
    long different,
    String sourceChecksum,
    String targetChecksum,
    List<RecordKey> first) {

  public Verification {
    Objects.requireNonNull(sourceChecksum, "sourceChecksum");
    Objects.requireNonNull(targetChecksum, "targetChecksum");
    first = List.copyOf(first);
  }

  /**
   * Returns whether the target holds every record of the source with the same content, except those
   * that were set aside.
   */
  public boolean holds() {
    return different == 0 && missing <= setAside;
  }
}
