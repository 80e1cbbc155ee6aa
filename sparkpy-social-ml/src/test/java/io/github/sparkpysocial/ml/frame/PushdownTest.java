package io.github.sparkpysocial.ml.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushdownTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final SparkSession spark = SPARK.session();
  private static final PlaceUri PLACE = PlaceUri.parse("observed:pushdown");
  private static final ObservedStore.Table TABLE = ObservedStoreProvider.table("pushdown");
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @BeforeAll
  static void fill() {
    List<SocialRecord> records = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      records.add(
          Post.builder(i % 2 == 0 ? Network.X : Network.MASTODON, "p" + i, "text " + i)
              .createdAt(i == 19 ? null : NOON.plusSeconds(i).plusNanos(123_456_789))
              .build());
    }
    records.add(Account.builder(Network.X, "p1").handle("ada").createdAt(NOON).build());
    records.add(
        new Tombstone(Network.X, "gone", RecordKind.POST, null, NOON, Provenance.UNKNOWN, null));
    records.forEach(record -> TABLE.records.put(record.key(), record));
  }

  @BeforeEach
  void forget() {
    TABLE.filters.clear();
    TABLE.projections.clear();
  }

  @Test
  void conditionsOnNetworkIdAndTimeAreEvaluatedByTheStore() {
    Dataset<Row> query =
        posts()
            .where("network = 'x' AND id IN ('p2', 'p4', 'p5')")
            .where("created_at >= TIMESTAMP '2026-11-01 12:00:03'")
            .where("created_at < TIMESTAMP '2026-11-01 12:00:30' AND text LIKE '%4'")
            .select("id");

    assertThat(query.collectAsList()).extracting(row -> row.getString(0)).containsExactly("p4");
    assertThat(TABLE.filters)
        .containsExactly(
            Filter.kinds(RecordKind.POST)
                .from(Network.X)
                .withIds(List.of("p2", "p4", "p5"))
                .between(NOON.plusSeconds(3), NOON.plusSeconds(30)));
  }

  @Test
  void onlyTheColumnsOfTheQueryAreAskedFor() {
    posts().where("likes IS NULL").select("language").collectAsList();
    posts().count();

    assertThat(TABLE.projections)
        .extracting(Projection::toString)
        .containsExactly("language, likes", "");
  }

  @Test
  void thePlanShowsWhatIsPushedDown() {
    Dataset<Row> query = posts().where("network = 'x' AND text LIKE '%1'").select("id");

    assertThat(query.queryExecution().executedPlan().toString())
        .contains(
            "social observed:pushdown [post], PushedFilters: [network = 'x'], ReadColumns: [id,"
                + " text]");
  }

  @Test
  void aKindThatIsAskedForIsAllThatIsRead() {
    Dataset<Row> all = all().where("record = 'account'");

    assertThat(all.select("id").collectAsList()).hasSize(1);
    assertThat(TABLE.filters).containsExactly(Filter.kinds(RecordKind.ACCOUNT));
  }

  @Test
  void timesOfDeletionAreNotTimesOfCreation() {
    assertThat(all().where("deleted_at <= TIMESTAMP '2026-11-01 12:00:00'").count()).isEqualTo(1);
    assertThat(all().where("created_at >= TIMESTAMP '2026-11-01 12:00:18'").count()).isEqualTo(1);

    assertThat(TABLE.filters.get(0).kinds()).containsExactly(RecordKind.TOMBSTONE);
    assertThat(TABLE.filters.get(1).kinds()).doesNotContain(RecordKind.TOMBSTONE);
  }

  @Test
  void whatNothingCanMeetIsNotRead() {
    assertThat(posts().where("id = 'p1' AND id = 'p2'").count()).isZero();
    assertThat(posts().where("network = 'No Network'").count()).isZero();
    assertThat(all().where("record = 'tweet'").count()).isZero();
    assertThat(
            posts()
                .where(
                    "created_at > TIMESTAMP '2026-11-02' AND created_at < TIMESTAMP '2026-11-01'")
                .count())
        .isZero();

    assertThat(TABLE.filters).isEmpty();
  }

  /** The same conditions on the same rows without a place below them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "created_at > TIMESTAMP '2026-11-01 12:00:03.123456'",
        "created_at >= TIMESTAMP '2026-11-01 12:00:03.123457'",
        "created_at <= TIMESTAMP '2026-11-01 12:00:03.123456'",
        "created_at < TIMESTAMP '2026-11-01 12:00:03.123456'",
        "created_at = TIMESTAMP '2026-11-01 12:00:03.123456'",
        "created_at <=> NULL",
        "created_at IS NULL",
        "NOT (created_at > TIMESTAMP '2026-11-01 12:00:03')",
        "id = 'p1' OR id = 'p3'",
        "id = 'p1' OR text = 'text 3'",
        "id <> 'p1'",
        "id IN ('p1', NULL)",
        "id NOT IN ('p1', 'p2')",
        "id <=> 'p7'",
        "network IN ('x', 'NOT A NETWORK') AND id > 'p3'",
        "upper(network) = 'X'",
        "id = CAST(NULL AS STRING)",
        "record = 'post' AND kind = 'original'",
      })
  void theAnswerIsThatOfSparkAlone(String condition) {
    Dataset<Row> posts = posts();
    Dataset<Row> alone = spark.createDataFrame(posts.collectAsList(), posts.schema());

    assertThat(ids(posts.where(condition))).isEqualTo(ids(alone.where(condition)));
  }

  private static List<String> ids(Dataset<Row> frame) {
    return frame.select("id").orderBy("id").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static Dataset<Row> posts() {
    return Frames.of(spark, PLACE, RecordKind.POST);
  }

  private static Dataset<Row> all() {
    Set<RecordKind> kinds = EnumSet.allOf(RecordKind.class);
    return Frames.of(spark, PLACE, kinds, FrameOptions.DEFAULT);
  }
}
