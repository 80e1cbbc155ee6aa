package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import io.github.sparkpysocial.store.WriteSummary;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.jspecify.annotations.Nullable;

/** Which records a place has, by the fingerprints of their keys and contents. */
final class KnownRows {
  private static final WriteSummary INSERTED = new WriteSummary(1, 0, 0, 0, 0);
  private static final WriteSummary UNCHANGED = new WriteSummary(0, 0, 1, 0, 0);

  /** From each key to its content, tombstones included. */
  private final KeyIndex contents = new KeyIndex();

  /** The keys that tombstones keep away. */
  private final KeyIndex deleted = new KeyIndex();

  /** Learns what a file has, which is younger than all before it. */
  void learn(PartFile file) throws IOException {
    file.isOlder(); // refuses a newer one
    try (PartFile from = file;
        PartRows rows =
            from.read(Set.of(TableLayout.KEY, TableLayout.CONTENT), FilterCompat.NOOP)) {
      Map<String, @Nullable Object> row;
      while ((row = rows.next()) != null) {
        String content = String.valueOf(row.get(TableLayout.CONTENT));
        RecordKey key = Keys.parse(String.valueOf(row.get(TableLayout.KEY)));
        if (content.equals(Overlay.NO_CONTENT)) {
          remove(key);
        } else {
          contents.put(Fingerprint.ofKey(key), Keys.content(content));
          bury(key);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new StoreException(
          file.path()
              + " has a key or content that this library does not write; restore the file, or"
              + " transfer what is readable to a new place",
          e);
    }
  }

  /** Returns the contents of all living records. */
  KeyIndex contents() {
    return contents;
  }

  /** Takes a row in, and says what that changes; what changes nothing need not be written. */
  WriteSummary add(NewRow row) {
    Fingerprint key = Fingerprint.ofKey(row.key());
    long before = contents.get(key);
    if (before == row.content() || deleted.contains(key)) {
      return UNCHANGED;
    }
    contents.put(key, row.content());
    boolean isNew = before == KeyIndex.ABSENT;
    boolean removes = row.key().kind() == RecordKind.TOMBSTONE && bury(row.key());
    return isNew && !removes
        ? INSERTED
        : new WriteSummary(isNew ? 1 : 0, isNew ? 0 : 1, 0, removes ? 1 : 0, 0);
  }

  /** Forgets a record; returns whether it was there. */
  boolean remove(RecordKey key) {
    Fingerprint target = Keys.targetOf(key);
    if (target != null) {
      deleted.remove(target);
    }
    return contents.remove(Fingerprint.ofKey(key)) != KeyIndex.ABSENT;
  }

  private boolean bury(RecordKey key) {
    Fingerprint target = Keys.targetOf(key);
    if (target == null) {
      return false;
    }
    deleted.put(target, 0);
    return contents.remove(target) != KeyIndex.ABSENT;
  }
}
