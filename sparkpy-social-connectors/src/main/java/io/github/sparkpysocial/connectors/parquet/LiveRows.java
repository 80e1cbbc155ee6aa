package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.spi.Fingerprint;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a place as it is: those of the parts that no delta knows better, then the deltas'.
 */
final class LiveRows implements Closeable {
  private final PartDirectory directory;
  private final @Nullable Set<String> columns;
  private final RowFilter filter;
  private final Overlay overlay;
  private final Deque<PartFile> parts;
  private final Deque<PartFile> deltas;

  private @Nullable PartFile file;
  private @Nullable PartRows rows;
  private final long total;
  private long seen;
  private long rowsBefore;
  private boolean inDeltas;
  private long delta = -1;

  /**
   * Begins to read.
   *
   * @param directory closed with this
   * @param columns the columns wanted, or {@code null} for all; some more may come
   */
  LiveRows(PartDirectory directory, @Nullable Set<String> columns, RowFilter filter)
      throws IOException {
    this.directory = directory;
    this.filter = filter;
    this.overlay = Overlay.of(directory.deltas());
    this.parts = new ArrayDeque<>(directory.parts());
    this.deltas = new ArrayDeque<>(directory.deltas());
    long count = 0;
    for (PartFile each : directory.files()) {
      count += each.rows();
    }
    this.total = count;
    if (columns == null) {
      this.columns = null;
    } else {
      Set<String> all = new LinkedHashSet<>(columns);
      all.addAll(filter.columns());
      if (!overlay.isEmpty()) {
        all.add(TableLayout.KEY);
      }
      this.columns = all;
    }
  }

  /** Returns the next row, or {@code null} at the end. */
  @Nullable Map<String, @Nullable Object> next() throws IOException {
    while (true) {
      PartRows open = rows;
      if (open == null && !openNext()) {
        return null;
      }
      Map<String, @Nullable Object> row = open == null ? null : open.next();
      if (row == null) {
        if (open != null) {
          closeFile();
        }
      } else if (isLive(row)) {
        return row;
      }
    }
  }

  /** Returns how much has been read, from 0 to 1, with what was left out. */
  double fraction() {
    return total == 0 ? 1 : Math.min(1, (double) seen / total);
  }

  private boolean openNext() throws IOException {
    PartFile next = parts.poll();
    if (next == null) {
      inDeltas = true;
      next = deltas.poll();
    }
    if (next != null) {
      file = next;
      rowsBefore = seen;
      rows = next.read(columns, inDeltas ? FilterCompat.NOOP : filter.pushedDown(next.schema()));
    }
    return next != null;
  }

  private boolean isLive(Map<String, @Nullable Object> row) {
    seen++;
    PartFile from = file;
    if (from != null) {
      from.partition().forEach(row::putIfAbsent);
    }
    if (inDeltas) {
      delta++;
    }
    if (!overlay.isEmpty()) {
      Fingerprint key = key(row);
      boolean outdated =
          inDeltas ? overlay.isGone(key) || !overlay.isNewest(key, delta) : overlay.covers(key);
      if (outdated) {
        return false;
      }
    }
    return filter.matches(row);
  }

  static Fingerprint key(Map<String, @Nullable Object> row) {
    return Fingerprint.ofKey(Keys.parse(String.valueOf(row.get(TableLayout.KEY))));
  }

  private void closeFile() throws IOException {
    PartRows open = rows;
    PartFile from = file;
    rows = null;
    file = null;
    if (open != null) {
      open.close();
    }
    if (from != null) {
      seen = rowsBefore + from.rows();
      from.close();
    }
  }

  /** Returns what to throw when a file cannot be read. */
  StoreException unreadable(IOException e) {
    PartFile from = file;
    return unreadable(from == null ? "the place" : from.path().toString(), e);
  }

  static StoreException unreadable(String what, IOException e) {
    String reason =
        e.getMessage() != null && e.getMessage().startsWith("compressed with")
            ? e.getMessage()
            : e.getClass().getSimpleName();
    return new StoreException(
        "Cannot read " + what + " (" + reason + "); is it whole, and readable for you?", e);
  }

  @Override
  public void close() throws IOException {
    closeFile();
    directory.close();
  }
}
