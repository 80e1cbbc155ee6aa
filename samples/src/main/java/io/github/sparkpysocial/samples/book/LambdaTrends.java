package io.github.sparkpysocial.samples.book;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.view.LambdaView;
import io.github.sparkpysocial.streaming.view.View;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Lambda: a batch counts the past, a stream what came since, and both are served as one. One
 * function says what is counted, for both.
 */
public final class LambdaTrends {
  /** How often each hashtag was used on each day. */
  static final View TRENDS =
      View.of(
          posts ->
              WindowCounts.tumbling(
                  Arrivals.DEFAULT.withHorizon(Duration.ofDays(8)).sound(posts),
                  WindowCounts.Of.HASHTAGS,
                  Duration.ofDays(1)),
          "window_start",
          "value");

  private LambdaTrends() {}

  /** Counts the hashtags of posts up to a day in a batch, and of all days in a stream. */
  public static void main(String[] args) throws Exception {
    PlaceUri place = SandboxPosts.orNamed(args);
    try (SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      Dataset<Row> log = KappaTrends.log(spark, place, Path.of("book/journal"));
      serve(spark, Path.of("book/lambda"), place, log, Instant.parse("2026-11-12T00:00:00Z"))
          .show();
    }
  }

  /** Returns the view as it is served: {@code window_start}, {@code value}, {@code posts}. */
  static Dataset<Row> serve(
      SparkSession spark, Path directory, PlaceUri archive, Dataset<Row> live, Instant cutOver)
      throws Exception {
    LambdaView view = LambdaView.open(spark, directory, TRENDS, "window_start");
    view.follow(live, Trigger.AvailableNow()).awaitTermination(); // the speed layer
    Dataset<Row> past =
        Frames.of(spark, archive, RecordKind.POST).where(col("created_at").lt(lit(cutOver)));
    view.rebuild(past, cutOver); // the batch layer, anew each night
    return view.served();
  }
}
