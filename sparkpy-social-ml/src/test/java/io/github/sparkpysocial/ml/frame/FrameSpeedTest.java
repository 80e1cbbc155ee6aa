package io.github.sparkpysocial.ml.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.ml.Records;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Our frame of JSON Lines against Spark's own reader with our schema. Run by {@code
 * -Dsparkpy.bench=100000 -Dtest=FrameSpeedTest}, the number of posts.
 */
class FrameSpeedTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  @Test
  void comparesWithAReaderWrittenByHand(@TempDir Path directory) {
    int posts = Integer.getInteger("sparkpy.bench", 0);
    assumeTrue(posts > 0, "not run: -Dsparkpy.bench names no number of posts");
    SparkSession spark = SPARK.session();
    PlaceUri place = PlaceUri.parse(directory.resolve("posts.jsonl").toString());
    fill(place, posts);
    Dataset<Row> ours = Frames.of(spark, place, RecordKind.POST);
    Dataset<Row> byHand = spark.read().schema(Schemas.of(RecordKind.POST)).json(place.location());

    compare(
        "all columns",
        ours,
        byHand,
        frame -> frame.write().format("noop").mode("overwrite").save());
    compare("one group", ours, byHand, frame -> assertThat(counted(frame)).isEqualTo(posts));
    compare(
        "one id", ours, byHand, frame -> assertThat(frame.where("id = '77'").count()).isEqualTo(1));
  }

  private static long counted(Dataset<Row> frame) {
    return frame
        .groupBy("language")
        .count()
        .agg(org.apache.spark.sql.functions.sum("count"))
        .first()
        .getLong(0);
  }

  private static void fill(PlaceUri place, int posts) {
    String raw = "{\"id\":1,\"text\":\"" + "x".repeat(400) + "\"}";
    Post post = Records.FULL.toBuilder().raw(raw).build();
    try (RecordStore store =
        Places.openStore(place, StoreOptions.with(Quarantine.inMemory()).withBatchSize(10_000))) {
      store.write(IntStream.range(0, posts).mapToObj(i -> copy(post, i)).iterator());
    }
  }

  private static Post copy(Post post, int i) {
    return Post.builder(post.network(), String.valueOf(i), post.text() + " " + i)
        .language(i % 2 == 0 ? "en" : "de")
        .createdAt(post.createdAt())
        .author(post.author())
        .entities(post.entities())
        .engagement(post.engagement())
        .provenance(post.provenance())
        .raw(post.raw())
        .build();
  }

  private static void compare(
      String name, Dataset<Row> ours, Dataset<Row> byHand, Consumer<Dataset<Row>> action) {
    double best = Double.MAX_VALUE;
    double bestByHand = Double.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      best = Math.min(best, seconds(ours, action));
      bestByHand = Math.min(bestByHand, seconds(byHand, action));
    }
    System.out.printf(
        "frame %s: ours %.2f s, by hand %.2f s, ratio %.2f%n",
        name, best, bestByHand, bestByHand / best);
  }

  private static double seconds(Dataset<Row> frame, Consumer<Dataset<Row>> action) {
    long start = System.nanoTime();
    action.accept(frame);
    return (System.nanoTime() - start) / 1e9;
  }
}
