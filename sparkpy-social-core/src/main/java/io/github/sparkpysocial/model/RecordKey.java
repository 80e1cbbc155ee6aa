package io.github.sparkpysocial.model;

import java.io.Serializable;
import java.util.Objects;

/**
 * What makes a record the same record: its network, its kind and its id there. Stores write
 * idempotently by this key.
 *
 * @param network where the record comes from
 * @param kind what it is
 * @param id its id within the network and kind, never empty. For a tombstone the kind and id of its
 *     target, as {@code post/123}
 */
public record RecordKey(Network network, RecordKind kind, String id)
    implements Comparable<RecordKey>, Serializable {

  public RecordKey {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(id, "id");
    checkId(kind, id);
  }

  static void checkId(RecordKind kind, String id) {
    if (id.isEmpty()) {
      throw new IllegalArgumentException(
          "The id of a record of kind " + kind.wireName() + " is empty");
    }
  }

  @Override
  public int compareTo(RecordKey other) {
    int byNetwork = network.compareTo(other.network);
    if (byNetwork != 0) {
      return byNetwork;
    }
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : id.compareTo(other.id);
  }

  /**
   * Returns {@code network/kind/id}, such as {@code x/post/42}. Unique, since neither of the first
   * two has a slash.
   */
  @Override
  public String toString() {
    return network.name() + '/' + kind.wireName() + '/' + id;
  }
}
