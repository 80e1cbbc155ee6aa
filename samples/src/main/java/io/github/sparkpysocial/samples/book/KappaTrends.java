package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.source.StreamRecorder;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.view.KappaView;
import io.github.sparkpysocial.streaming.view.View;
import io.github.sparkpysocial.streaming.view.ViewDifference;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/**
 * Kappa: there are only streams. To count something else, the log is replayed into a new version of
 * the view beside the one that is served; then they are compared and switched.
 */
public final class KappaTrends {
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private KappaTrends() {}

  /** Serves hashtags by day, then replays the log to serve words instead: {@code [URI]}. */
  public static void main(String[] args) throws Exception {
    PlaceUri place = SandboxPosts.orNamed(args);
    try (SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      Path journal = Path.of("book/journal");
      System.out.println(change(spark, Path.of("book/kappa"), log(spark, place, journal)));
    }
  }

  /** Writes what happened into a journal as if it happened now, and returns the stream of it. */
  static Dataset<Row> log(SparkSession spark, PlaceUri place, Path journal)
      throws InterruptedException {
    try (StreamRecorder recorder =
        StreamRecorder.of(place, journal, SourceOptions.fromEnvironment())
            .speed(Double.POSITIVE_INFINITY)
            .start()) {
      if (!recorder.awaitEnd(LONGEST)) {
        throw new IllegalStateException(place + " did not end within " + LONGEST);
      }
    }
    return spark
        .readStream()
        .format("social")
        .option("kind", "post")
        .load("journal:" + journal.toAbsolutePath());
  }

  /** Returns how the second version, which counts words, differs from the first. */
  static ViewDifference change(SparkSession spark, Path directory, Dataset<Row> log)
      throws Exception {
    KappaView view = KappaView.open(spark, directory);
    view.follow("1", LambdaTrends.TRENDS, log, Trigger.AvailableNow()).awaitTermination();
    view.serve("1");

    View words =
        View.of(
            posts ->
                WindowCounts.tumbling(
                    Arrivals.DEFAULT.withHorizon(Duration.ofDays(8)).sound(posts),
                    WindowCounts.Of.WORDS,
                    Duration.ofDays(1)),
            "window_start",
            "value");
    view.follow("2", words, log, Trigger.AvailableNow()).awaitTermination();
    ViewDifference difference = view.compare("2", words);
    view.serve("2");
    return difference;
  }
}
