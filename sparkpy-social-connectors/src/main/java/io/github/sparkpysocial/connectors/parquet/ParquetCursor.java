package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.Rejected;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a place as records. */
final class ParquetCursor implements RecordCursor {
  private final LiveRows rows;
  private final RowDecoder decoder;
  private final Filter filter;
  private final Projection projection;
  private final Quarantine quarantine;
  private final String place;
  private final Repetitions repetitions;

  private final Deque<SocialRecord> ready = new ArrayDeque<>();
  private final Map<String, Long> unknownFields = new TreeMap<>();
  private final Map<String, Long> notices = new TreeMap<>();
  private long ordinal;
  private long quarantined;
  private long duplicates;
  private boolean closed;

  /**
   * Makes a cursor.
   *
   * @param rows closed with this
   * @param repetitions what is known of keys that come more than once
   */
  ParquetCursor(
      LiveRows rows,
      RowDecoder decoder,
      Filter filter,
      Projection projection,
      Quarantine quarantine,
      String place,
      Repetitions repetitions) {
    this.rows = rows;
    this.decoder = decoder;
    this.filter = filter;
    this.projection = projection;
    this.quarantine = quarantine;
    this.place = place;
    this.repetitions = repetitions;
  }

  /**
   * Which keys come more than once in files of other tools, and which are deleted, learnt by
   * reading them once before.
   */
  static final class Repetitions {
    /** For files of this library, where each key comes once. */
    static final Repetitions NONE = new Repetitions();

    private final KeyIndex last = new KeyIndex();
    private final KeyIndex deleted = new KeyIndex();
    private long records;
    private boolean any;

    private Repetitions() {}

    /** Reads all rows; whoever reads again must do so without leaving any out. */
    static Repetitions of(LiveRows rows, RowDecoder decoder) throws IOException {
      Repetitions repetitions = new Repetitions();
      try (rows) {
        Map<String, @Nullable Object> row;
        while ((row = rows.next()) != null) {
          try {
            decoder.read(row).records().forEach(repetitions::learn);
          } catch (IllegalArgumentException setAsideWhenReadAgain) {
            // The second reading meets it again.
          }
        }
      }
      return repetitions;
    }

    private void learn(SocialRecord record) {
      any |= last.put(Fingerprint.ofKey(record.key()), records++) != KeyIndex.ABSENT;
      if (record instanceof Tombstone tombstone) {
        any = true;
        deleted.put(Fingerprint.ofKey(tombstone.target()), 0);
      }
    }

    /** Returns whether a key comes more than once or may be deleted. */
    boolean any() {
      return any;
    }

    private boolean isLast(SocialRecord record, long ordinal) {
      return !any || last.get(Fingerprint.ofKey(record.key())) == ordinal;
    }

    private boolean isDeleted(SocialRecord record) {
      return any && deleted.contains(Fingerprint.ofKey(record.key()));
    }
  }

  @Override
  public boolean hasNext() {
    try {
      while (ready.isEmpty() && !closed) {
        Map<String, @Nullable Object> row = rows.next();
        if (row == null) {
          close();
        } else {
          take(row);
        }
      }
    } catch (IOException e) {
      throw rows.unreadable(e);
    }
    return !ready.isEmpty();
  }

  private void take(Map<String, @Nullable Object> row) {
    FileFormat.Reading reading;
    try {
      reading = decoder.read(row);
    } catch (IllegalArgumentException e) {
      setAside(String.valueOf(e.getMessage()), RowJson.of(row));
      return;
    }
    reading.unknownFields().forEach(name -> unknownFields.merge(name, 1L, Long::sum));
    reading.notices().forEach(kind -> notices.merge(kind, 1L, Long::sum));
    reading.rejected().forEach(part -> setAside(part.reason(), part.raw()));
    for (SocialRecord record : reading.records()) {
      if (!repetitions.isLast(record, ordinal++)) {
        duplicates++;
      } else if (!repetitions.isDeleted(record) && filter.matches(record)) {
        ready.add(projection.apply(record));
      }
    }
  }

  private void setAside(String reason, String raw) {
    quarantined++;
    quarantine.setAside(new Rejected(place, 0, null, reason, raw.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public SocialRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException("All records were read");
    }
    return ready.remove();
  }

  @Override
  public long quarantined() {
    return quarantined;
  }

  @Override
  public long duplicates() {
    return duplicates;
  }

  @Override
  public Map<String, Long> unknownFields() {
    return Collections.unmodifiableMap(unknownFields);
  }

  @Override
  public Map<String, Long> notices() {
    return Collections.unmodifiableMap(notices);
  }

  @Override
  public double fraction() {
    return rows.fraction();
  }

  @Override
  public void close() {
    ready.clear();
    if (!closed) {
      closed = true;
      try {
        rows.close();
      } catch (IOException e) {
        throw rows.unreadable(e);
      }
    }
  }
}
