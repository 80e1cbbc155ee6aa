package io.github.sparkpysocial.samples.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.ml.explore.Plans;
import io.github.sparkpysocial.ml.explore.PushedQuery;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.WriteSummary;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.server.PostgresServer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Frames of PostgreSQL, by Spark's own JDBC source and by our own store. */
class PostgresFramesIT extends NativeFramesContract {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  @Override
  SparkSession spark() {
    return SPARK.session();
  }

  @Override
  PlaceUri place(String name) {
    return PlaceUri.parse(PostgresServer.shared().uri("frames_" + name));
  }

  @Override
  String scan() {
    return "JDBCRelation";
  }

  @Test
  void theDatabaseIsAskedInSql() {
    Dataset<Row> posts = Frames.of(spark(), filled("asked"), RecordKind.POST);

    PushedQuery asked =
        Plans.of(
                posts
                    .where("network = 'x' AND created_at >= TIMESTAMP '2026-11-01 00:08:00'")
                    .select("text"))
            .pushed()
            .get(0);

    assertThat(asked.query())
        .startsWith("SELECT \"text\" FROM ")
        .contains(
            "\"network\" = 'x'", "\"created_at\" >= '2026-11-01 00:08:00", "\"record\" = 'post'");
  }

  @Test
  void timesMeanTheSameInEveryZone() {
    PlaceUri place = filled("zones");
    String zone = spark().conf().get("spark.sql.session.timeZone");
    try {
      for (String api : new String[] {"false", "true"}) {
        spark().conf().set("spark.sql.session.timeZone", "Asia/Tokyo");
        spark().conf().set("spark.sql.datetime.java8API.enabled", api);
        Dataset<Row> posts = Frames.of(spark(), place, RecordKind.POST);

        assertThat(posts.where("created_at >= TIMESTAMP '2026-11-01 00:08:00Z'").count())
            .as("java8API " + api)
            .isEqualTo(19 + 1);
      }
    } finally {
      spark().conf().set("spark.sql.session.timeZone", zone);
      spark().conf().unset("spark.sql.datetime.java8API.enabled");
    }
  }

  @Test
  void aFrameIsWrittenBySeveralTasks() {
    PlaceUri to = place("written");
    Dataset<Row> all = Frames.of(spark(), filled("source"), ALL, OPTIONS);

    assertThat(Frames.write(all, to, STORE)).isEqualTo(new WriteSummary(507, 0, 0, 0, 0));
    assertThat(Frames.write(all, to, STORE)).isEqualTo(new WriteSummary(0, 0, 507, 0, 0));
  }
}
