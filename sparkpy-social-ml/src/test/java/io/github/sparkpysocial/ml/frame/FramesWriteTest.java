package io.github.sparkpysocial.ml.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.Records;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FramesWriteTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final SparkSession spark = SPARK.session();

  private final InMemoryQuarantine quarantine = Quarantine.inMemory();
  private final StoreOptions options = StoreOptions.with(quarantine);

  @TempDir Path directory;

  @Test
  void whatIsWrittenIsReadBackAndWrittenOnce() {
    PlaceUri from = file("all.jsonl");
    store(from, SampleRecords.ofEachKind());
    Dataset<Row> all =
        Frames.of(spark, from, EnumSet.allOf(RecordKind.class), FrameOptions.DEFAULT);
    PlaceUri to = file("copy.jsonl");

    assertThat(Frames.write(all, to, options)).isEqualTo(new WriteSummary(7, 0, 0, 0, 0));
    assertThat(Frames.write(all, to, options)).isEqualTo(new WriteSummary(0, 0, 7, 0, 0));

    assertThat(records(to)).containsExactlyInAnyOrderElementsOf(records(from)).hasSize(7);
    assertThat(quarantine.count()).isZero();
  }

  @Test
  void changesAreUpdatesAndTombstonesDelete() {
    PlaceUri place = file("posts.jsonl");
    store(place, List.of(Records.post("1", "one"), Records.post("2", "two")));
    Dataset<Row> posts =
        Frames.of(
            spark, List.of(Records.post("1", "uno"), Records.post("3", "tres")), RecordKind.POST);
    Tombstone grave =
        new Tombstone(Network.LOCAL, "2", RecordKind.POST, null, null, Provenance.UNKNOWN, null);

    assertThat(Frames.write(posts, place, options)).isEqualTo(new WriteSummary(1, 1, 0, 0, 0));
    assertThat(Frames.write(Frames.of(spark, List.of(grave), RecordKind.TOMBSTONE), place, options))
        .isEqualTo(new WriteSummary(1, 0, 0, 1, 0));

    assertThat(texts(place)).containsExactly("tres", "uno");
  }

  @Test
  void aServerIsWrittenByOneTaskForEachPartition() {
    PlaceUri place = PlaceUri.parse("observed:parallel");
    Dataset<Row> posts = Frames.of(spark, posts(100), RecordKind.POST).repartition(4);

    assertThat(Frames.write(posts, place, options).inserted()).isEqualTo(100);

    assertThat(ObservedStoreProvider.table("parallel").written)
        .hasSize(4)
        .allMatch(taken -> taken > 0);
  }

  @Test
  void aWriteThatFailedHalfWayIsCompletedByTheNext() {
    PlaceUri place = PlaceUri.parse("observed:failed");
    PlaceUri source = file("source.jsonl");
    store(source, posts(100));
    Dataset<Row> posts = Frames.of(spark, source, RecordKind.POST);
    Dataset<Row> failing =
        posts.where("id <> 'p60' OR CAST(raise_error('the task dies') AS BOOLEAN)");

    assertThatThrownBy(() -> Frames.write(failing, place, options)).hasMessageContaining("dies");
    int left = ObservedStoreProvider.table("failed").records.size();
    WriteSummary again = Frames.write(posts, place, options);

    assertThat(left).isBetween(1, 99);
    assertThat(again).isEqualTo(new WriteSummary(100 - left, 0, left, 0, 0));
    assertThat(ObservedStoreProvider.table("failed").records).hasSize(100);
  }

  @Test
  void whatCannotBeWrittenComesBackToTheDriversQuarantine() {
    PlaceUri place = PlaceUri.parse("observed:refusing");
    Dataset<Row> posts =
        Frames.of(
            spark,
            List.of(Records.post("1", "one"), Records.post("2", ObservedStore.REFUSED)),
            RecordKind.POST);
    Dataset<Row> withoutText = posts.withColumn("text", org.apache.spark.sql.functions.lit(null));

    WriteSummary written = Frames.write(posts, place, options);
    WriteSummary none = Frames.write(withoutText, place, options);

    assertThat(written).isEqualTo(new WriteSummary(1, 0, 0, 0, 1));
    assertThat(none).isEqualTo(new WriteSummary(0, 0, 0, 0, 2));
    assertThat(quarantine.rejected())
        .extracting(Rejected::reason)
        .containsExactly(
            "is refused",
            "A post needs a value in column 'text'",
            "A post needs a value in column 'text'");
    assertThat(new String(quarantine.rejected().get(1).raw(), StandardCharsets.UTF_8))
        .contains("network=local", "id=1");
  }

  @Test
  void aFrameThatHoldsNoRecordsIsRefusedBeforeAnyTask() {
    Dataset<Row> posts = Frames.of(spark, posts(1), RecordKind.POST);
    PlaceUri place = file("refused.jsonl");

    assertThatThrownBy(() -> Frames.write(posts.drop("id"), place, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The frame has no column 'id', and records need it");
    assertThatThrownBy(
            () -> Frames.write(posts.selectExpr("record", "network", "1 AS id"), place, options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Column 'id' is INT, and records have STRING there; cast it, or drop it");
    assertThat(directory.resolve("refused.jsonl")).doesNotExist();
  }

  @Test
  void timesBeforeTheGregorianCalendarSurvive() {
    Post old =
        Records.post("1", "old").toBuilder()
            .createdAt(Instant.parse("0001-01-01T00:00:00Z"))
            .build();
    PlaceUri place = file("old.jsonl");

    Dataset<Row> frame = Frames.of(spark, List.of(old), RecordKind.POST);
    Frames.write(frame, place, options);

    assertThat(records(place)).containsExactly(old);
    assertThat(Frames.toRecord(frame.first())).isEqualTo(old);
  }

  @Test
  void theSourceIsWrittenByItsShortName() {
    PlaceUri place = file("short.jsonl");
    Dataset<Row> posts = Frames.of(spark, posts(10), RecordKind.POST).repartition(3);

    posts.write().format("social").mode("append").save(place.toString());
    posts.write().format("social").mode("append").save(place.toString());

    assertThat(records(place)).hasSize(10);
    assertThatThrownBy(
            () ->
                Frames.of(spark, List.of(Records.post("9", ObservedStore.REFUSED)), RecordKind.POST)
                    .write()
                    .format("social")
                    .mode("append")
                    .save("observed:strict"))
        .rootCause()
        .hasMessageStartingWith("1 rows cannot be written: observed:strict, field 'text'");
  }

  private PlaceUri file(String name) {
    return PlaceUri.parse(directory.resolve(name).toString());
  }

  private static List<Post> posts(int n) {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      posts.add(Records.post("p" + i, "text " + i));
    }
    return posts;
  }

  private void store(PlaceUri place, List<? extends SocialRecord> records) {
    try (RecordStore store = Places.openStore(place, options)) {
      store.write(records);
    }
  }

  private List<String> texts(PlaceUri place) {
    return records(place).stream().map(record -> ((Post) record).text()).sorted().toList();
  }

  private List<SocialRecord> records(PlaceUri place) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = Places.openStore(place, options);
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
    }
    records.removeIf(record -> record instanceof Tombstone t && t.id().equals("2"));
    return records;
  }
}
