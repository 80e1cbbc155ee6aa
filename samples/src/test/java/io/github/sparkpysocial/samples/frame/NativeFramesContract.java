package io.github.sparkpysocial.samples.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.ml.explore.Explore;
import io.github.sparkpysocial.ml.explore.Plans;
import io.github.sparkpysocial.ml.frame.FrameOptions;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.ml.frame.Schemas;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** What every frame of a database promises: the same rows whichever way it is read. */
abstract class NativeFramesContract {
  static final Set<RecordKind> ALL = EnumSet.allOf(RecordKind.class);
  static final FrameOptions OPTIONS = FrameOptions.DEFAULT;
  static final StoreOptions STORE = StoreOptions.with(Quarantine.inMemory());

  abstract SparkSession spark();

  abstract PlaceUri place(String name);

  /** Returns what Spark's plan names the reader. */
  abstract String scan();

  /** Returns how many tasks read a small table here. */
  int tasks() {
    return 2;
  }

  @Test
  void bothWaysGiveTheSameRowsAndColumns() {
    PlaceUri place = filled("same");
    Dataset<Row> read = Frames.of(spark(), place, ALL, OPTIONS);
    Dataset<Row> own = own(place, "all");

    assertThat(read.queryExecution().executedPlan().toString()).contains(scan());
    assertThat(own.queryExecution().executedPlan().toString()).contains("social ");
    assertThat(nullable(read.schema())).isEqualTo(nullable(Schemas.of(ALL)));
    assertThat(rows(read)).hasSize(507).isEqualTo(rows(own));
    for (RecordKind kind : RecordKind.values()) {
      assertThat(rows(Frames.of(spark(), place, kind)))
          .isEqualTo(rows(own(place, kind.wireName())));
    }
  }

  @Test
  void conditionsGiveTheSameAnswerAndReachThePlace() {
    PlaceUri place = filled("conditions");
    Dataset<Row> read = Frames.of(spark(), place, RecordKind.POST);
    Dataset<Row> own = own(place, "post");

    for (String condition :
        List.of(
            "id = 'p7'",
            "id IN ('p7', 'p8', 'it''s \\\\ \"odd\"')",
            "network = 'mastodon' AND likes > 490",
            "created_at >= TIMESTAMP '2026-11-01 00:08:00'",
            "created_at < TIMESTAMP '2026-11-01 00:00:02' OR likes IS NULL",
            "size(hashtags) > 0",
            "text LIKE '%\\\\%%'")) {
      assertThat(rows(read.where(condition))).as(condition).isEqualTo(rows(own.where(condition)));
    }
    String asked = Plans.of(read.where("id = 'p7'").select("text")).pushed().get(0).query();
    assertThat(asked).contains("p7").doesNotContain("opensesame");
  }

  @Test
  void severalTasksRead() {
    Dataset<Row> read = Frames.of(spark(), filled("tasks"), RecordKind.POST);

    assertThat(read.rdd().getNumPartitions()).isEqualTo(tasks());
    assertThat(read.select("id").distinct().count()).isEqualTo(501);
  }

  @Test
  void whatWasDeletedDoesNotCome() {
    PlaceUri place = filled("deleted");
    Tombstone grave =
        new Tombstone(Network.X, "p0", RecordKind.POST, null, null, Provenance.UNKNOWN, null);
    store(place, List.of(grave));

    assertThat(Frames.of(spark(), place, RecordKind.POST).where("id = 'p0'").count()).isZero();
    assertThat(Frames.of(spark(), place, RecordKind.TOMBSTONE).count()).isEqualTo(2);
  }

  @Test
  void viewsAndAProfileAreMade() {
    Explore explore = Explore.open(spark(), filled("profile"));

    assertThat(explore.sql("SELECT count(*) FROM posts").first().getLong(0)).isEqualTo(501);
    assertThat(explore.sql("SELECT count(*) FROM accounts").first().getLong(0)).isEqualTo(1);
    assertThat(explore.profile(0).rows()).isEqualTo(507);
  }

  final PlaceUri filled(String name) {
    PlaceUri place = place(name);
    List<SocialRecord> records = new ArrayList<>(SampleRecords.ofEachKind());
    for (int i = 0; i < 499; i++) {
      records.add(
          Post.builder(i % 2 == 0 ? Network.X : Network.MASTODON, "p" + i, "100 \\% of " + i)
              .createdAt(Instant.parse("2026-11-01T00:00:00Z").plusSeconds(i))
              .engagement(new Engagement((long) i, null, null, null, null))
              .build());
    }
    records.add(
        Post.builder(Network.X, "it's \\ \"odd\"", "old \uD83D half")
            .createdAt(Instant.parse("0001-01-01T00:00:00Z"))
            .build());
    store(place, records);
    return place;
  }

  static void store(PlaceUri place, List<? extends SocialRecord> records) {
    try (RecordStore store = Places.openStore(place, STORE)) {
      store.write(records);
    }
  }

  private Dataset<Row> own(PlaceUri place, String kind) {
    return spark().read().format("social").option("kind", kind).load(place.withSecrets());
  }

  private static List<String> rows(Dataset<Row> frame) {
    return frame.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  /** Spark's readers do not know what is never null. */
  private static List<String> nullable(StructType schema) {
    List<String> columns = new ArrayList<>();
    for (StructField field : schema.fields()) {
      columns.add(
          field.name()
              + " "
              + field.dataType().catalogString()
              + " "
              + field.getComment().getOrElse(() -> ""));
    }
    return columns;
  }
}
