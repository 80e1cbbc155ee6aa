package io.github.sparkpysocial.ml.frame;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark's own readers find the columns in the paths of a directory that core has written. */
class PartitionedDirectoryTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final SparkSession spark = SPARK.session();
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "jsonl.gz", "jsonl.zst", "json", "csv"})
  void sparkDiscoversThePartitions(String format) {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Network network = i % 2 == 0 ? Network.X : Network.MASTODON;
      posts.add(
          Post.builder(network, "id" + i, "line\n\"quoted\" " + i)
              .createdAt(NOON.plus(Duration.ofDays(i % 3)))
              .build());
    }
    posts.add(Post.builder(Network.X, "timeless", "at no time").build());
    try (RecordStore store =
        Places.openStore(
            PlaceUri.parse(directory + "/;format=" + format),
            StoreOptions.with(Quarantine.inMemory()).withBatchSize(5))) {
      store.write(posts);
    }

    Dataset<Row> frame = read(format);

    assertThat(frame.count()).isEqualTo(13);
    assertThat(frame.schema().apply("day").dataType()).isEqualTo(DataTypes.DateType);
    Dataset<Row> pruned = frame.where("network = 'x' and day = '2026-11-02'");
    assertThat(pruned.select("id", "text").collectAsList())
        .extracting(row -> row.getString(0) + row.getString(1))
        .containsExactlyInAnyOrder("id4line\n\"quoted\" 4", "id10line\n\"quoted\" 10");
    assertThat(pruned.queryExecution().executedPlan().toString()).contains("PartitionFilters: [");
    assertThat(frame.where("day is null").count()).isEqualTo(1);
  }

  private Dataset<Row> read(String format) {
    return format.equals("csv")
        ? spark
            .read()
            .option("header", true)
            .option("multiLine", true)
            .option("escape", "\"")
            .csv(directory.toString())
        : spark.read().option("multiLine", format.equals("json")).json(directory.toString());
  }
}
