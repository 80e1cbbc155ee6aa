package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreOptions;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.MetadataColumn;
import org.apache.spark.sql.connector.catalog.SupportsMetadataColumns;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A place as Spark's planner sees it. */
final class SocialTable implements SupportsRead, SupportsMetadataColumns {
  private static final Logger log = LoggerFactory.getLogger(SocialTable.class);

  private final PlaceUri place;
  private final Set<RecordKind> kinds;
  private final FrameOptions options;

  SocialTable(PlaceUri place, Set<RecordKind> kinds, FrameOptions options) {
    this.place = place;
    this.kinds = Set.copyOf(kinds);
    this.options = options;
  }

  @Override
  public String name() {
    return place.toString();
  }

  /** Deprecated by Spark, yet without a default. */
  @Override
  @SuppressWarnings("deprecation") // Spark 4.1 still asks every table for it
  public StructType schema() {
    return Schemas.of(kinds);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public MetadataColumn[] metadataColumns() {
    return new MetadataColumn[] {
      new MetadataColumn() {
        @Override
        public String name() {
          return RowReader.PLACE;
        }

        @Override
        public DataType dataType() {
          return DataTypes.StringType;
        }

        @Override
        public boolean isNullable() {
          return false;
        }

        @Override
        public String comment() {
          return "The file or other place that the record was read from.";
        }
      }
    };
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap scanOptions) {
    return new Builder();
  }

  private final class Builder implements ScanBuilder, SupportsPushDownRequiredColumns {
    private StructType columns = Schemas.of(kinds);

    @Override
    public void pruneColumns(StructType required) {
      columns = required;
    }

    @Override
    public Scan build() {
      return new PlaceScan(place, kinds, options, columns);
    }
  }

  private record PlaceScan(
      PlaceUri place, Set<RecordKind> kinds, FrameOptions options, StructType columns)
      implements Scan, Batch {

    @Override
    public StructType readSchema() {
      return columns;
    }

    @Override
    public String description() {
      return "social " + place + " " + kinds.stream().map(RecordKind::wireName).sorted().toList();
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return Partitions.of(place).stream()
          .map(part -> new PlacePartition(part.withSecrets()))
          .toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new ReaderFactory(kinds, options, columns);
    }

    @Override
    public CustomMetric[] supportedCustomMetrics() {
      return new CustomMetric[] {new SetAsideMetric()};
    }
  }

  /** What one task reads. Its URI may hold a password, so it does not print. */
  private record PlacePartition(String uri) implements InputPartition {
    @Override
    public String toString() {
      return "PlacePartition[" + PlaceUri.parse(uri) + "]";
    }
  }

  private record ReaderFactory(Set<RecordKind> kinds, FrameOptions options, StructType columns)
      implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      PlaceUri place = PlaceUri.parse(((PlacePartition) partition).uri());
      return new PlaceReader(place, kinds, options, columns);
    }
  }

  private static final class PlaceReader implements PartitionReader<InternalRow> {
    private final RowReader rows;
    private final CountingQuarantine quarantine;
    private final RecordStore store;
    private final RecordCursor cursor;
    private @Nullable InternalRow row;

    PlaceReader(PlaceUri place, Set<RecordKind> kinds, FrameOptions options, StructType columns) {
      this.rows = new RowReader(columns, place.toString());
      this.quarantine = new CountingQuarantine(place);
      StoreOptions storeOptions =
          StoreOptions.with(quarantine)
              .withNetwork(options.network())
              .withColumns(options.idColumn(), options.textColumn(), options.separator());
      this.store = Places.openStore(place, storeOptions);
      try {
        this.cursor = store.read(Filter.ALL.ofKinds(kinds));
      } catch (RuntimeException e) {
        store.close();
        throw e;
      }
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
      long setAside = quarantine.count();
      return new CustomTaskMetric[] {
        new CustomTaskMetric() {
          @Override
          public String name() {
            return SetAsideMetric.NAME;
          }

          @Override
          public long value() {
            return setAside;
          }
        }
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
  }

  /** Shown by Spark's user interface with the scan. */
  public static final class SetAsideMetric extends CustomSumMetric {
    static final String NAME = "setAside";

    /** Called by Spark. */
    public SetAsideMetric() {}

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public String description() {
      return "items set aside";
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
