package io.github.sparkpysocial.ml.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.ml.Records;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class FramesTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final SparkSession spark = SPARK.session();

  private static final Repository REPOSITORY =
      Repository.builder(Network.GITHUB, "2", "apache/spark")
          .languages(List.of(new Repository.LanguageShare("Scala", 99L)))
          .topics(List.of("sql"))
          .build();
  private static final Account ACCOUNT =
      Account.builder(Network.X, "7").handle("grace").followers(3L).build();

  @TempDir Path directory;

  @Test
  void recordsSurviveTheWayThroughAFrame() {
    Dataset<Row> frame = Frames.of(spark, List.of(Records.FULL), RecordKind.POST);

    assertThat(Frames.toRecord(frame.first())).isEqualTo(Records.FULL);
  }

  @Test
  void aRowMadeWithoutSparkIsTheSameRecord() {
    assertThat(Frames.toRow(REPOSITORY).size()).isEqualTo(Schemas.of(RecordKind.REPOSITORY).size());
    assertThat(
            Frames.toRecord(Frames.of(spark, List.of(REPOSITORY), RecordKind.REPOSITORY).first()))
        .isEqualTo(REPOSITORY);
  }

  @Test
  void aFrameOfOneKindRefusesAnother() {
    assertThatThrownBy(() -> Frames.of(spark, List.of(ACCOUNT), RecordKind.POST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A frame of post records cannot hold a account");
  }

  @Test
  void aStoredRecordIsReadAsItWas() {
    PlaceUri place = stored("posts.jsonl", Records.FULL, ACCOUNT, REPOSITORY);

    Dataset<Row> posts = Frames.of(spark, place, RecordKind.POST);

    assertThat(posts.schema()).isEqualTo(Schemas.of(RecordKind.POST));
    assertThat(posts.collectAsList().stream().map(Frames::toRecord)).containsExactly(Records.FULL);
    assertThat(Frames.of(spark, place, RecordKind.REPOSITORY).collectAsList())
        .extracting(Frames::toRecord)
        .containsExactly(REPOSITORY);
  }

  @Test
  void onlyTheColumnsOfTheQueryAreRead() {
    PlaceUri place = stored("posts.jsonl", Records.FULL);

    Dataset<Row> query =
        Frames.of(spark, place, RecordKind.POST)
            .where("likes > 0")
            .selectExpr("hashtags.text as tags", "id");

    assertThat(query.first().getList(0)).isEqualTo(List.of("spark"));
    String scan =
        query.queryExecution().executedPlan().collectLeaves().head().schema().simpleString();
    assertThat(scan).contains("likes", "hashtags", "id").doesNotContain("raw", "text:string,lang");
  }

  @Test
  void sparkFindsTheSourceByItsShortName() {
    PlaceUri place = stored("all.jsonl", Records.FULL, ACCOUNT);

    assertThat(spark.read().format("social").load(place.toString()).count()).isEqualTo(1);
    assertThat(
            spark
                .read()
                .format("social")
                .option("kind", "account, post")
                .load(place.toString())
                .groupBy("record")
                .count()
                .count())
        .isEqualTo(2);
  }

  @Test
  void anUnknownKindIsRefusedByName() {
    assertThatThrownBy(
            () -> spark.read().format("social").option("kind", "tweet").load("posts.jsonl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unknown kind of record 'tweet'; known are post");
  }

  @Test
  void aMissingFileIsToldBeforeAnyJob() {
    assertThatThrownBy(() -> Frames.of(spark, PlaceUri.parse("/no/such.jsonl"), RecordKind.POST))
        .isInstanceOf(StoreException.class)
        .hasMessage("There is no file /no/such.jsonl; check its path");
    assertThatThrownBy(
            () -> Frames.of(spark, PlaceUri.parse(directory + "/*.jsonl"), RecordKind.POST))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("No file matches " + directory + "/*.jsonl");
  }

  @Test
  void viewsAnswerSql() {
    PlaceUri place = stored("all.jsonl", Records.FULL, ACCOUNT, REPOSITORY);

    List<String> views = Frames.createViews(spark, place);

    assertThat(views)
        .containsExactlyInAnyOrder(
            "posts",
            "accounts",
            "repositories",
            "events",
            "groups",
            "interactions",
            "tombstones",
            "records");
    Row row =
        spark
            .sql(
                "SELECT p.text, a.followers FROM posts p JOIN accounts a ON p.author_id = a.id"
                    + " WHERE p.created_at > TIMESTAMP '2026-01-01'")
            .first();
    assertThat(row.getString(0)).isEqualTo(Records.FULL.text());
    assertThat(row.getLong(1)).isEqualTo(3);
    assertThat(spark.sql("SELECT count(*) FROM records").first().getLong(0)).isEqualTo(3);
    assertThat(spark.sql("SELECT count(*) FROM events").first().getLong(0)).isZero();
  }

  @Test
  void theKindsOfAPlaceAreCounted() {
    PlaceUri place = stored("all.jsonl", Records.FULL, Records.post("2", "two"), ACCOUNT);

    assertThat(Frames.kinds(spark, place, FrameOptions.DEFAULT))
        .isEqualTo(Map.of(RecordKind.POST, 2L, RecordKind.ACCOUNT, 1L));
  }

  @Test
  void filesOfAPatternAreOnePlace() {
    stored("posts-1.jsonl", Records.post("1", "old"), Records.post("2", "two"));
    stored("posts-2.jsonl", Records.post("1", "new"), Records.post("3", "three"));
    stored(
        "posts-3.jsonl",
        new Tombstone(Network.LOCAL, "3", RecordKind.POST, null, null, Provenance.UNKNOWN, null));
    PlaceUri pattern = PlaceUri.parse(directory + "/posts-*.jsonl");

    Dataset<Row> posts = Frames.of(spark, pattern, RecordKind.POST);

    assertThat(posts.select("id", "text").orderBy("id").collectAsList())
        .extracting(Row::mkString)
        .containsExactly("1new", "2two");
    assertThat(posts.columns()).isEqualTo(Schemas.of(RecordKind.POST).fieldNames());
    assertThat(spark.read().format("social").load(pattern.toString()).rdd().getNumPartitions())
        .isEqualTo(3);
  }

  @Test
  void aPathWithSpacesAndAPercentSignIsRead() throws IOException {
    Path odd = Files.createDirectory(directory.resolve("100 % odd"));
    PlaceUri place = PlaceUri.parse(odd.resolve("posts.jsonl").toString());
    store(place, Records.FULL);

    assertThat(Frames.of(spark, place, RecordKind.POST).count()).isEqualTo(1);
    assertThat(
            Frames.of(
                    spark,
                    PlaceUri.parse(odd.resolve("posts.jsonl").toUri().toString()),
                    RecordKind.POST)
                .count())
        .isEqualTo(1);
    assertThat(Frames.of(spark, PlaceUri.parse(odd + "/p*.jsonl"), RecordKind.POST).count())
        .isEqualTo(1);
  }

  @Test
  void columnsOfAForeignTableSurviveInRaw() throws IOException {
    Path csv = directory.resolve("tweets.csv");
    Files.writeString(
        csv,
        """
        tweet_id,tweet_text,label,"odd 'name' with.dot","x""y"
        1,"first, with comma",apple,a,b
        2,second,,,
        """);

    Dataset<Row> posts = Frames.of(spark, PlaceUri.parse(csv.toString()), RecordKind.POST);

    for (String name : List.of("label", "odd 'name' with.dot", "x\"y")) {
      posts = Frames.withRawColumn(posts, name);
    }
    posts = Frames.withRawColumn(posts, "absent");
    List<Row> rows = posts.orderBy("id").collectAsList();
    assertThat(rows.get(0).<String>getAs("text")).isEqualTo("first, with comma");
    assertThat(rows.get(0).<String>getAs("label")).isEqualTo("apple");
    assertThat(rows.get(0).<String>getAs("odd 'name' with.dot")).isEqualTo("a");
    assertThat(rows.get(0).<String>getAs("x\"y")).isEqualTo("b");
    assertThat(rows).allMatch(row -> row.isNullAt(row.fieldIndex("absent")));
  }

  @Test
  void optionsSayWhereAForeignTableHasWhat() throws IOException {
    Path csv = directory.resolve("odd.csv");
    Files.writeString(csv, "key|body\n7|something was said\n");

    Row row =
        Frames.of(
                spark,
                PlaceUri.parse(csv.toString()),
                RecordKind.POST,
                FrameOptions.DEFAULT.withColumns("key", "body", '|').withNetwork(Network.MASTODON))
            .select("network", "id", "text")
            .first();

    assertThat(row.mkString(";")).isEqualTo("mastodon;7;something was said");
  }

  @Test
  void anyColumnOfAForeignTableIsMapped() throws IOException {
    Path csv = directory.resolve("mapped.csv");
    Files.writeString(
        csv, "Key,\"what, = was said\",WANN,tongue\n7,hello,2026-11-01T12:00:00Z,de\n");
    FrameOptions options =
        FrameOptions.DEFAULT.withMapping(
            Map.of(
                "id",
                "Key",
                "text",
                "what, = was said",
                "created_at",
                "WANN",
                "language",
                "tongue"));

    Row row =
        Frames.of(spark, PlaceUri.parse(csv.toString()), RecordKind.POST, options)
            .selectExpr("id", "text", "unix_seconds(created_at)", "language")
            .first();

    assertThat(row.mkString(";")).isEqualTo("7;hello;1793534400;de");
    assertThatThrownBy(() -> FrameOptions.DEFAULT.withMapping(Map.of("mood", "x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("A post has no column 'mood'; it has [record, network, id");
  }

  @Test
  void aRawColumnThatIsThereAlreadyIsRefused() {
    Dataset<Row> posts = Frames.of(spark, List.of(Records.FULL), RecordKind.POST);

    assertThatThrownBy(() -> Frames.withRawColumn(posts, "likes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The frame has a column 'likes' already");
    assertThatThrownBy(() -> Frames.withRawColumn(posts.drop("raw"), "label"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("The frame has no column 'raw' to take 'label' from");
  }

  @Test
  void brokenLinesAreLeftOutAndTheRestIsRead() throws IOException {
    PlaceUri place = stored("posts.jsonl", Records.post("1", "one"), Records.post("2", "two"));
    Path file = Path.of(place.location());
    Files.writeString(file, "{\"record\":\"post\",\"id\":\n" + Files.readString(file));

    assertThat(Frames.of(spark, place, RecordKind.POST).count()).isEqualTo(2);
  }

  @Test
  void aPasswordIsNotShownInPlans() {
    String plan =
        spark
            .read()
            .format("social")
            .load("mongodb://ada:opensesame@127.0.0.1:1/db::posts")
            .queryExecution()
            .toString();

    assertThat(plan).contains("mongodb").doesNotContain("opensesame");
  }

  private PlaceUri stored(String name, SocialRecord... records) {
    return store(PlaceUri.parse(directory.resolve(name).toString()), records);
  }

  private static PlaceUri store(PlaceUri place, SocialRecord... records) {
    try (Quarantine quarantine = Quarantine.inMemory();
        RecordStore store = Places.openStore(place, StoreOptions.with(quarantine))) {
      store.write(List.of(records));
    }
    return place;
  }
}
