package io.github.sparkpysocial.connectors.cassandra;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a key: where its row may be, which versions are there, and whether a tombstone
 * keeps it away. In a store at rest it has at most one version, and none if it is deleted.
 *
 * @param network the network, the first part of each partition's key
 * @param key the key as it is stored
 * @param versions what is at each position that the key ever had, {@code null} where no finished
 *     row is
 */
record KeyEntry(
    String network, String key, boolean deleted, Map<Position, @Nullable Version> versions) {

  /**
   * A finished row.
   *
   * @param content its fingerprint
   * @param writtenAt when it was written, in microseconds
   */
  record Version(String content, long writtenAt) {}

  /** Returns the position of the version that counts, or {@code null} if there is none. */
  @Nullable Position current() {
    Position newest = null;
    long writtenAt = Long.MIN_VALUE;
    for (Map.Entry<Position, @Nullable Version> one : versions.entrySet()) {
      Version version = one.getValue();
      if (version == null) {
        continue;
      }
      boolean later =
          version.writtenAt > writtenAt
              || (version.writtenAt == writtenAt
                  && newest != null
                  && one.getKey().toString().compareTo(newest.toString()) > 0);
      if (later) {
        newest = one.getKey();
        writtenAt = version.writtenAt;
      }
    }
    return newest;
  }

  /** Returns the content that counts, or {@code null} if there is none. */
  @Nullable String content() {
    Position position = current();
    Version version = position == null ? null : versions.get(position);
    return version == null ? null : version.content;
  }

  /** Returns whether two writers, or one that met a tombstone, left too much. */
  boolean isUnsettled() {
    long present = versions.values().stream().filter(version -> version != null).count();
    return present > (deleted ? 0 : 1);
  }
}
