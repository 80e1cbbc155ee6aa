package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.jspecify.annotations.Nullable;

/**
 * What the deltas say of the keys in them: which row of theirs is the newest version of a record,
 * counted through all of them, and which records are gone. Whatever the parts say of such a key is
 * out of date.
 */
final class Overlay {
  /** A tombstone in the deltas has removed it. */
  private static final long BURIED = -1;

  /** Minus this, less the row, stands for the row by which it was deleted. */
  private static final long DELETED = -2;

  /** The content of a row that deletes its key. */
  static final String NO_CONTENT = "";

  private final KeyIndex newest = new KeyIndex();

  private Overlay() {}

  /** Reads the deltas, the oldest first. */
  static Overlay of(List<PartFile> deltas) throws IOException {
    Overlay overlay = new Overlay();
    long row = 0;
    for (PartFile delta : deltas) {
      try (PartRows rows =
          delta.read(Set.of(TableLayout.KEY, TableLayout.CONTENT), FilterCompat.NOOP)) {
        Map<String, @Nullable Object> next;
        while ((next = rows.next()) != null) {
          RecordKey key = Keys.parse(String.valueOf(next.get(TableLayout.KEY)));
          boolean deletes = NO_CONTENT.equals(next.get(TableLayout.CONTENT));
          overlay.newest.put(Fingerprint.ofKey(key), deletes ? DELETED - row : row);
          Fingerprint target = deletes ? null : Keys.targetOf(key);
          if (target != null) {
            overlay.newest.put(target, BURIED);
          }
          row++;
        }
      }
    }
    return overlay;
  }

  /** Returns whether the deltas know better than the parts. */
  boolean covers(Fingerprint key) {
    return newest.contains(key);
  }

  /** Returns whether the deltas say that there is no such record. */
  boolean isGone(Fingerprint key) {
    long row = newest.get(key);
    return row != KeyIndex.ABSENT && row < 0;
  }

  /** Returns whether this row of the deltas is what became of its key, be it a deletion. */
  boolean isNewest(Fingerprint key, long row) {
    long known = newest.get(key);
    return known == row || known == DELETED - row;
  }

  boolean isEmpty() {
    return newest.size() == 0;
  }
}
