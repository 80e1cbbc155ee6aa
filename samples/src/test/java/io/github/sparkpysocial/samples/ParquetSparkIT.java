package io.github.sparkpysocial.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.ml.frame.FrameOptions;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.ml.frame.Schemas;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Parquet that goes from this library to plain Spark, and from plain Spark to this library. */
class ParquetSparkIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final SparkSession spark = SPARK.session();
  private static final Set<RecordKind> KINDS = EnumSet.allOf(RecordKind.class);
  private static final StructType SCHEMA = Schemas.of(KINDS);

  @TempDir Path directory;

  private final InMemoryQuarantine quarantine = Quarantine.inMemory();

  private PlaceUri place(String name) {
    return PlaceUri.parse(directory.resolve(name).toString());
  }

  private RecordStore open(String name) {
    return Places.openStore(place(name), StoreOptions.with(quarantine));
  }

  /** Fills a place by two writers, the second of which changes and deletes. */
  private void fill(String name) {
    List<SocialRecord> records = new ArrayList<>(SampleRecords.ofEachKind());
    for (String text : SampleRecords.hostileTexts()) {
      records.add(SampleRecords.post("hostile" + records.size(), text));
    }
    for (String time : List.of("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z")) {
      records.add(
          SampleRecords.post(time, "a time").toBuilder().createdAt(Instant.parse(time)).build());
    }
    records.add(SampleRecords.post("old", "old words"));
    records.add(SampleRecords.post("dead", "deleted later"));
    try (RecordStore store = open(name)) {
      store.write(records);
    }
    try (RecordStore store = open(name)) {
      store.write(
          List.of(SampleRecords.post("old", "new words"), SampleRecords.deletionOf("dead")));
    }
  }

  private List<Row> rows(Dataset<Row> frame) {
    Column[] columns =
        Arrays.stream(SCHEMA.fieldNames()).map(functions::col).toArray(Column[]::new);
    return frame.select(columns).orderBy("network", "record", "id", "target_kind").collectAsList();
  }

  private List<Row> expected(String jsonLines) {
    return rows(Frames.of(spark, place(jsonLines), KINDS, FrameOptions.DEFAULT));
  }

  private List<SocialRecord> records(String name) {
    return records(name, Filter.ALL, Projection.ALL);
  }

  private List<SocialRecord> records(String name, Filter filter, Projection projection) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = open(name);
        RecordCursor cursor = store.read(filter, projection)) {
      cursor.forEachRemaining(records::add);
    }
    return records;
  }

  @Test
  void sparkReadsWhatTheStoreHasWrittenRowByRow() {
    fill("posts.jsonl");
    fill("posts.parquet");

    Dataset<Row> plain = spark.read().parquet(directory.resolve("posts.parquet").toString());

    for (String column : SCHEMA.fieldNames()) {
      assertThat(plain.schema().apply(column).dataType().catalogString())
          .as(column)
          .isEqualTo(SCHEMA.apply(column).dataType().catalogString());
    }
    assertThat(rows(plain)).isEqualTo(expected("posts.jsonl"));
    assertThat(rows(Frames.of(spark, place("posts.parquet"), KINDS, FrameOptions.DEFAULT)))
        .isEqualTo(expected("posts.jsonl"));
    assertThat(plain.select("record_key").distinct().count()).isEqualTo(plain.count());
  }

  @Test
  void sparkSeesABatchAsAWholeAndNothingTwice() {
    String parquet = directory.resolve("live.parquet").toString();
    try (RecordStore store = open("live.parquet")) {
      store.write(List.of(SampleRecords.post("1", "one"), SampleRecords.post("2", "two")));
    }
    try (RecordStore store = open("live.parquet")) {
      store.write(List.of(SampleRecords.post("1", "edited"), SampleRecords.post("3", "three")));
      assertThat(store.count(Filter.ALL)).isEqualTo(3);
      assertThat(spark.read().parquet(parquet).select("id", "text").collectAsList())
          .extracting(Row::mkString)
          .containsExactlyInAnyOrder("1one", "2two");
    }
    assertThat(spark.read().parquet(parquet).select("id", "text").collectAsList())
        .extracting(Row::mkString)
        .containsExactlyInAnyOrder("1edited", "2two", "3three");
  }

  @Test
  void theStoreReadsWhatSparkHasWritten() {
    fill("posts.jsonl");
    List<SocialRecord> expected = records("posts.jsonl");
    Dataset<Row> frame = Frames.of(spark, place("posts.jsonl"), KINDS, FrameOptions.DEFAULT);

    frame.repartition(3).write().parquet(directory.resolve("spark.parquet").toString());
    frame
        .write()
        .partitionBy("network", "record")
        .option("compression", "zstd")
        .parquet(directory.resolve("partitioned.parquet").toString());

    assertThat(directory.resolve("spark.parquet")).isDirectoryContaining("glob:**/_SUCCESS");
    assertThat(records("spark.parquet")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(records("partitioned.parquet")).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(quarantine.rejected()).isEmpty();
    try (RecordStore store = open("spark.parquet")) {
      assertThat(store.capabilities()).doesNotContain(StoreCapability.WRITE);
      assertThatThrownBy(() -> store.write(expected))
          .isInstanceOf(UnsupportedCapabilityException.class)
          .hasMessageContaining("another tool has written to it");
    }
  }

  @Test
  void filtersAndColumnsArePushedDownIntoSparksFiles() {
    fill("posts.jsonl");
    Frames.of(spark, place("posts.jsonl"), Set.of(RecordKind.POST), FrameOptions.DEFAULT)
        .write()
        .option("parquet.page.row.count.limit", "10")
        .parquet(directory.resolve("posts.parquet").toString());
    Filter filter =
        Filter.kinds(RecordKind.POST)
            .withIds(List.of("1", "old"))
            .between(Instant.parse("2026-11-01T00:00:00Z"), null);
    Projection projection = Projection.of("hashtags", "created_at");

    assertThat(records("posts.parquet", filter, projection))
        .hasSize(2)
        .containsExactlyInAnyOrderElementsOf(records("posts.jsonl", filter, projection));
  }
}
