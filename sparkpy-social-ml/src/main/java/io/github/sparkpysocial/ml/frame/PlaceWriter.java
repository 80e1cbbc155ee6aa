package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * How a task writes its rows to a place, with the store's own semantics: a task that is run again
 * finds what it has written, and leaves it.
 *
 * @param uri the place, with its secrets
 * @param columns of the rows
 */
record PlaceWriter(
    String uri,
    StructType columns,
    int batchSize,
    boolean keepRaw,
    boolean formulaGuard,
    @Nullable Character separator)
    implements Serializable {

  /** What a task holds in memory of what was refused; more means that something is wrong. */
  private static final int MOST_REJECTED = 10_000;

  /** What a task did. */
  record Report(WriteSummary summary, List<Rejected> rejected) implements WriterCommitMessage {}

  /**
   * Makes a writer that is ready to travel.
   *
   * @throws IllegalArgumentException if rows of these columns are no records
   */
  static PlaceWriter of(PlaceUri place, StoreOptions options, StructType columns) {
    RecordMaker unused = new RecordMaker(columns); // to complain before any task is run
    return new PlaceWriter(
        place.withSecrets(),
        columns,
        options.batchSize(),
        options.keepRaw(),
        options.formulaGuard(),
        options.separator());
  }

  /** Returns whether several tasks may write at once: to a server, not to a file. */
  static boolean isParallel(PlaceUri place) {
    String location = place.location().toLowerCase(Locale.ROOT);
    boolean embedded =
        place.scheme().equals("jdbc")
            && (location.startsWith("sqlite:")
                || (location.startsWith("h2:") && !location.startsWith("h2:tcp:")));
    return !place.isFile() && !embedded;
  }

  /** Writes all rows, which are looked at one after the other. */
  Report write(Iterator<InternalRow> rows) {
    PlaceUri place = PlaceUri.parse(uri);
    try (Gathered quarantine = new Gathered(place);
        RecordStore store = Places.openStore(place, options(quarantine))) {
      Records records = new Records(rows, new RecordMaker(columns), quarantine);
      WriteSummary summary = store.write(records);
      return new Report(
          summary.plus(new WriteSummary(0, 0, 0, 0, records.refused)),
          List.copyOf(quarantine.rejected));
    }
  }

  private StoreOptions options(Quarantine quarantine) {
    StoreOptions options = StoreOptions.with(quarantine).withBatchSize(batchSize);
    if (!keepRaw) {
      options = options.withoutRaw();
    }
    if (formulaGuard) {
      options = options.withFormulaGuard();
    }
    return separator == null ? options : options.withSeparator(separator);
  }

  /** Rows as records; a row that is none is set aside. */
  private static final class Records implements Iterator<SocialRecord> {
    private final Iterator<InternalRow> rows;
    private final RecordMaker maker;
    private final Gathered quarantine;
    private @Nullable SocialRecord next;
    private long refused;

    Records(Iterator<InternalRow> rows, RecordMaker maker, Gathered quarantine) {
      this.rows = rows;
      this.maker = maker;
      this.quarantine = quarantine;
    }

    @Override
    public boolean hasNext() {
      while (next == null && rows.hasNext()) {
        InternalRow row = rows.next();
        try {
          next = maker.record(row);
        } catch (IllegalArgumentException e) {
          refused++;
          quarantine.setAside(String.valueOf(e.getMessage()), row, maker);
        }
      }
      return next != null;
    }

    @Override
    public SocialRecord next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException("All rows were read");
      }
      SocialRecord record = next;
      next = null;
      return record;
    }
  }

  /** Keeps what was refused for the driver. Used by one task. */
  private static final class Gathered implements Quarantine {
    private final PlaceUri place;
    private final List<Rejected> rejected = new ArrayList<>();

    Gathered(PlaceUri place) {
      this.place = place;
    }

    void setAside(String reason, InternalRow row, RecordMaker maker) {
      setAside(
          new Rejected(
              place.toString(), 0, null, reason, maker.text(row).getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void setAside(Rejected one) {
      if (rejected.size() == MOST_REJECTED) {
        throw new StoreException(
            "More than "
                + MOST_REJECTED
                + " rows of one partition were refused by "
                + place
                + "; the first because it "
                + rejected.get(0).reason()
                + ". Look at the frame before writing it");
      }
      rejected.add(one);
    }

    @Override
    public long count() {
      return rejected.size();
    }

    @Override
    public void close() {}
  }
}
