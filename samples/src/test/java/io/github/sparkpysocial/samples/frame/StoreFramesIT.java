package io.github.sparkpysocial.samples.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.ml.explore.Plans;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.server.CassandraServer;
import io.github.sparkpysocial.testkit.server.MariaDbServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames of databases that our own stores read, a part in each task. */
class StoreFramesIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  static Stream<String> places() {
    return Stream.of(
        MariaDbServer.shared().uri("frames"), CassandraServer.shared().uri("frames", "posts"));
  }

  @ParameterizedTest
  @MethodSource("places")
  void severalTasksReadEachPostOnce(String uri) {
    PlaceUri place = PlaceUri.parse(uri);
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      posts.add(
          Post.builder(i % 2 == 0 ? Network.X : Network.MASTODON, "p" + i, "number " + i)
              .createdAt(Instant.parse("2026-11-01T00:00:00Z").plusSeconds(10_000L * i))
              .build());
    }
    NativeFramesContract.store(place, posts);

    Dataset<Row> frame = Frames.of(SPARK.session(), place, RecordKind.POST);

    assertThat(frame.rdd().getNumPartitions()).isEqualTo(2);
    List<Row> busy =
        frame
            .selectExpr("spark_partition_id() AS task", "id")
            .groupBy("task")
            .count()
            .collectAsList();
    assertThat(busy).hasSize(2);
    assertThat(frame.select("id").collectAsList().stream().map(row -> row.getString(0)))
        .containsExactlyInAnyOrderElementsOf(posts.stream().map(Post::id).toList());
    Dataset<Row> asked = frame.where("network = 'x' AND id IN ('p4', 'p5')").select("text");
    assertThat(asked.collectAsList().stream().map(row -> row.getString(0)))
        .containsExactly("number 4");
    assertThat(Plans.of(asked).pushed().get(0).query()).contains("p4", "x");
  }
}
