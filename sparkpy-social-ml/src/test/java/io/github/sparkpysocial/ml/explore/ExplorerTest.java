package io.github.sparkpysocial.ml.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.Records;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExplorerTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Dataset<Row> POSTS = Frames.of(SPARK.session(), posts(), RecordKind.POST);

  @Test
  void aProfileTellsEveryColumnInOnePass() {
    Profile profile = Explorer.of(POSTS).profile();

    assertThat(profile.rows()).isEqualTo(21);
    assertThat(profile.columns()).hasSameSizeAs(POSTS.columns());
    ColumnProfile language = profile.column("language");
    assertThat(language.count()).isEqualTo(20);
    assertThat(language.missing()).isEqualTo(1);
    assertThat(language.distinct()).isEqualTo(3);
    assertThat(language.top())
        .containsExactly(
            new ValueCount("en", 14), new ValueCount("fr", 5), new ValueCount("de", 1));
    assertThat(language.minLength()).isEqualTo(2);
    ColumnProfile likes = profile.column("likes");
    assertThat(likes.min()).isEqualTo("0");
    assertThat(likes.max()).isEqualTo("19");
    assertThat(likes.mean()).isEqualTo(9.5);
    assertThat(likes.minLength()).isNull();
    ColumnProfile hashtags = profile.column("hashtags");
    assertThat(hashtags.maxLength()).isEqualTo(1);
    assertThat(hashtags.minLength()).isZero();
    assertThat(hashtags.top()).isEmpty();
    assertThat(profile.column("created_at").max()).isEqualTo("2026-11-01 12:00:00.123456");
    assertThat(profile.column("views").missing()).isEqualTo(21);
    assertThat(profile.column("views").max()).isNull();
    assertThat(profile.query()).startsWith("SELECT").endsWith("FROM records");
    assertThat(profile.plan()).contains("Physical Plan");
  }

  @Test
  void theQueryShownIsTheQueryRun() {
    POSTS.createOrReplaceTempView("records");

    Row again = SPARK.session().sql(Explorer.of(POSTS).profile(3).query()).first();

    assertThat(again.<Long>getAs("rows")).isEqualTo(21);
    TopValues top = Explorer.of(POSTS).top("language", 2);
    assertThat(SPARK.session().sql(top.query()).collectAsList())
        .extracting(row -> new ValueCount(row.getString(0), row.getLong(1)))
        .isEqualTo(top.values())
        .containsExactly(new ValueCount("en", 14), new ValueCount("fr", 5));
  }

  @Test
  void columnsAreDescribedWithTheirMeaning() {
    assertThat(Explorer.of(POSTS).describe())
        .hasSameSizeAs(POSTS.columns())
        .contains(new ColumnDescription("likes", "BIGINT", true, "How many liked it."));
  }

  @Test
  void oddColumnNamesAndTypesAreProfiled() {
    Dataset<Row> odd =
        SPARK
            .session()
            .sql(
                "SELECT 1 AS `a.b`, map('k', 1) AS `back``tick`, cast(null AS binary) AS bin,"
                    + " array(1, 2) AS `select`, named_struct('x', 1) AS s, true AS flag,"
                    + " DATE '2026-11-01' AS day, cast(null AS void) AS nothing");

    Profile profile = Explorer.of(odd).profile();

    assertThat(profile.column("a.b").max()).isEqualTo("1");
    assertThat(profile.column("back`tick").count()).isEqualTo(1);
    assertThat(profile.column("bin").missing()).isEqualTo(1);
    assertThat(profile.column("select").maxLength()).isEqualTo(2);
    assertThat(profile.column("flag").top()).containsExactly(new ValueCount("true", 1));
    assertThat(profile.column("day").min()).isEqualTo("2026-11-01");
  }

  @Test
  void anEmptyFrameHasAProfile() {
    Profile profile =
        Explorer.of(Frames.of(SPARK.session(), List.<Post>of(), RecordKind.POST)).profile();

    assertThat(profile.rows()).isZero();
    assertThat(profile.column("text").top()).isEmpty();
    assertThat(profile.column("likes").mean()).isNull();
  }

  @Test
  void distinctValuesAreCountedExactly() {
    assertThat(Explorer.of(POSTS).distinct("id")).isEqualTo(21);
    assertThatThrownBy(() -> Explorer.of(POSTS).distinct("hashtags"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("cannot be counted; explode a list first");
    assertThatThrownBy(() -> Explorer.of(POSTS).top("nope", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("No column 'nope'; the columns are record, network");
  }

  @Test
  void noTextIsPrinted() {
    assertThat(Explorer.of(POSTS).profile().column("text").toString()).doesNotContain("Hello");
  }

  private static List<Post> posts() {
    List<Post> posts = new ArrayList<>();
    posts.add(Records.FULL.toBuilder().language(null).engagement(Engagement.UNKNOWN).build());
    for (int i = 0; i < 20; i++) {
      posts.add(
          Records.post("p" + i, "text " + i).toBuilder()
              .language(i < 14 ? "en" : i < 19 ? "fr" : "de")
              .engagement(new Engagement((long) i, null, null, null, null))
              .build());
    }
    return posts;
  }
}
