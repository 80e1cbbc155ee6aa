package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.spi.PartReader;
import io.github.sparkpysocial.spi.PartReader.Part;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreCapability;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a file or another place in one task. */
final class PlaceReader implements PartitionReader<InternalRow> {
  private static final Logger log = LoggerFactory.getLogger(PlaceReader.class);

  private final RowReader rows;
  private final CountingQuarantine quarantine;
  private final RecordStore store;
  private final RecordCursor cursor;
  private @Nullable InternalRow row;

  PlaceReader(PlaceUri place, Part part, Filter filter, FrameOptions options, StructType columns) {
    this.rows = new RowReader(columns, place.toString());
    this.quarantine = new CountingQuarantine(place);
    this.store = Places.openStore(place, options.toStoreOptions(quarantine));
    try {
      this.cursor = cursor(store, part, filter, columns);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static RecordCursor cursor(
      RecordStore store, Part part, Filter filter, StructType columns) {
    boolean projects = store.capabilities().contains(StoreCapability.PROJECTION_PUSHDOWN);
    Projection projection = projects ? projection(columns) : Projection.ALL;
    return store instanceof PartReader parts
        ? parts.readPart(filter, projection, part)
        : store.read(filter, projection);
  }

  private static Projection projection(StructType columns) {
    List<String> names =
        Arrays.stream(columns.fieldNames()).filter(name -> !name.equals(RowReader.PLACE)).toList();
    return Projection.of(names);
  }

  @Override
  public boolean next() {
    if (!cursor.hasNext()) {
      row = null;
      return false;
    }
    row = rows.internalRow(cursor.next());
    return true;
  }

  @Override
  public InternalRow get() {
    return Objects.requireNonNull(row, "get() comes after next()");
  }

  @Override
  public CustomTaskMetric[] currentMetricsValues() {
    return new CustomTaskMetric[] {
      PlaceMetric.of(PlaceMetric.SetAside.NAME, quarantine.count()),
      PlaceMetric.of(PlaceMetric.Repeated.NAME, cursor.duplicates())
    };
  }

  @Override
  public void close() {
    try {
      cursor.close();
    } finally {
      store.close();
      quarantine.close();
    }
  }

  /** Counts what a partition could not read, and says so once. Used by one task. */
  private static final class CountingQuarantine implements Quarantine {
    private final PlaceUri place;
    private long count;
    private @Nullable Rejected first;

    CountingQuarantine(PlaceUri place) {
      this.place = place;
    }

    @Override
    public void setAside(Rejected rejected) {
      if (first == null) {
        first = rejected;
      }
      count++;
    }

    @Override
    public long count() {
      return count;
    }

    @Override
    public void close() {
      if (count > 0) {
        log.warn(
            "{} items of {} were left out; the first: {}. A transfer keeps them in a quarantine"
                + " file",
            count,
            place,
            first);
        count = 0;
      }
    }
  }
}
