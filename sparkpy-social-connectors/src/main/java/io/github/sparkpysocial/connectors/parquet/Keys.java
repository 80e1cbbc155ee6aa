package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import org.jspecify.annotations.Nullable;

/** Reads keys and fingerprints as they stand in columns. */
final class Keys {
  private static final int HEX = 16;

  private Keys() {}

  /**
   * Reads a key such as {@code x/post/1}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static RecordKey parse(String text) {
    int kind = text.indexOf('/');
    int id = text.indexOf('/', kind + 1);
    if (kind < 0 || id < 0) {
      throw new IllegalArgumentException("A key has the form network/kind/id");
    }
    return new RecordKey(
        Network.of(text.substring(0, kind)),
        RecordKind.ofWireName(text.substring(kind + 1, id)),
        text.substring(id + 1));
  }

  /** Returns what a tombstone of this key has deleted; {@code null} if it is no tombstone. */
  static @Nullable Fingerprint targetOf(RecordKey key) {
    if (key.kind() != RecordKind.TOMBSTONE) {
      return null;
    }
    int slash = key.id().indexOf('/');
    return Fingerprint.ofKey(
        new RecordKey(
            key.network(),
            RecordKind.ofWireName(key.id().substring(0, slash)),
            key.id().substring(slash + 1)));
  }

  /** Returns a content's fingerprint as an index keeps it: its first half. */
  static long content(Fingerprint content) {
    return content.high() == KeyIndex.ABSENT ? KeyIndex.ABSENT + 1 : content.high();
  }

  /**
   * Reads a content's fingerprint as an index keeps it.
   *
   * @throws IllegalArgumentException if it is none
   */
  static long content(String column) {
    return content(new Fingerprint(Long.parseUnsignedLong(column.substring(0, HEX), HEX), 0));
  }
}
