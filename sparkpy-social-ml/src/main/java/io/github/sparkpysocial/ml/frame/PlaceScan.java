package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.spi.PartReader.Part;
import io.github.sparkpysocial.store.Filter;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a place.
 *
 * @param place the place, all files of a pattern
 * @param filter what was pushed down, or {@code null} if no record can meet it
 * @param pushedFilters the same as Spark spells it, for people
 * @param options how to read foreign files
 * @param columns what is read
 */
record PlaceScan(
    PlaceUri place,
    @Nullable Filter filter,
    List<String> pushedFilters,
    FrameOptions options,
    StructType columns)
    implements Scan, Batch {

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public String description() {
    return "social "
        + place
        + " "
        + (filter == null
            ? "nothing"
            : filter.kinds().stream().map(RecordKind::wireName).sorted().toList())
        + ", PushedFilters: "
        + pushedFilters
        + ", ReadColumns: "
        + List.of(columns.fieldNames());
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    if (filter == null) {
      return new InputPartition[0];
    }
    if (place.isFile()) {
      return Partitions.of(place).stream()
          .map(file -> new PlacePartition(file.withSecrets(), Part.WHOLE))
          .toArray(InputPartition[]::new);
    }
    int parts = Places.isReadInParts(place) ? NativeTable.tasks(SparkSession.active()) : 1;
    return IntStream.range(0, parts)
        .mapToObj(i -> new PlacePartition(place.withSecrets(), new Part(i, parts)))
        .toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new ReaderFactory(filter == null ? Filter.ALL : filter, options, columns);
  }

  @Override
  public CustomMetric[] supportedCustomMetrics() {
    return new CustomMetric[] {new PlaceMetric.SetAside(), new PlaceMetric.Repeated()};
  }

  /** What one task reads. Its URI may hold a password, so it does not print. */
  private record PlacePartition(String uri, Part part) implements InputPartition {
    @Override
    public String toString() {
      return "PlacePartition[" + PlaceUri.parse(uri) + ", " + part + "]";
    }
  }

  private record ReaderFactory(Filter filter, FrameOptions options, StructType columns)
      implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      PlacePartition wanted = (PlacePartition) partition;
      return new PlaceReader(PlaceUri.parse(wanted.uri()), wanted.part(), filter, options, columns);
    }
  }
}
