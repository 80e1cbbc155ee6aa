package io.github.sparkpysocial.samples.trend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.github.sparkpysocial.streaming.run.QueryRun;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The trend tracker, live: posts as they come, hashtags counted in windows, what is unusual told as
 * an alert with the posts behind it, all on a page that keeps itself up to date.
 *
 * <p>Three queries read the stream, each with its own checkpoint: one takes the latest posts, one
 * counts, one compares each window with those before. One that fails is started again.
 */
public final class LiveTrends implements AutoCloseable {
  private static final int PAST = 12;
  private static final double UNUSUAL = 4;
  private static final int LEAST = 5;

  private final LiveBoard board;
  private final List<QueryRun> queries = new ArrayList<>();

  private LiveTrends(LiveBoard board) {
    this.board = board;
  }

  /**
   * Follows a place until it is killed: {@code [PLACE DIRECTORY [PORT]]}, such as {@code
   * bluesky:jetstream live}; the port of the page is 8080 unless set, 0 for any. Without arguments
   * it follows the sandbox, where somebody posts five times a second.
   */
  public static void main(String[] args) throws Exception {
    Community community = Community.builder().posts(2_000).build();
    try (Sandbox sandbox = Sandbox.builder(community).live(1_500).liveRate(5).start();
        SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate()) {
      String place = args.length == 0 ? "bluesky:jetstream?endpoint=" + sandbox.uri() : args[0];
      Path directory = Path.of(args.length < 2 ? "live" : args[1]);
      Dataset<Row> posts =
          spark
              .readStream()
              .format("social")
              .option("journal", directory.resolve("journal").toString())
              .load(place);
      int port = args.length < 3 ? 8080 : Integer.parseInt(args[2]);
      try (LiveTrends live = start(spark, posts, Duration.ofMinutes(1), directory, port)) {
        System.out.println("Look at " + live.uri() + "; stop with Ctrl-C");
        live.await();
      }
    }
  }

  /**
   * Starts to follow a stream.
   *
   * @param posts a stream with the columns of posts
   * @param window how long a window is
   * @param directory where checkpoints are kept; with the same one it goes on
   * @param port of the page on this machine; 0 for any that is free
   */
  public static LiveTrends start(
      SparkSession spark, Dataset<Row> posts, Duration window, Path directory, int port)
      throws IOException, TimeoutException {
    LiveTrends live = new LiveTrends(LiveBoard.at(port));
    try {
      Dataset<Row> sound = Arrivals.DEFAULT.withHorizon(window).sound(posts);
      Dataset<Row> counts = WindowCounts.tumbling(sound, WindowCounts.Of.HASHTAGS, window);
      Dataset<Row> scores =
          io.github.sparkpysocial.streaming.trend.Trends.of(
                  sound, WindowCounts.Of.HASHTAGS, window, PAST)
              .where(col("score").geq(lit(UNUSUAL)).and(col("posts").geq(lit(LEAST))));
      live.run(spark, "posts", sound, "append", directory, live.board::takePosts);
      live.run(spark, "counts", counts, "update", directory, live.board::takeCounts);
      live.run(spark, "unusual", scores, "append", directory, live.board::takeUnusual);
      return live;
    } catch (RuntimeException | TimeoutException e) {
      live.close();
      throw e;
    }
  }

  private interface Take {
    void take(Dataset<Row> rows);
  }

  private void run(
      SparkSession spark, String name, Dataset<Row> rows, String mode, Path directory, Take take)
      throws TimeoutException {
    VoidFunction2<Dataset<Row>, Long> each = (batch, id) -> take.take(batch);
    queries.add(
        QueryRun.of(
                spark,
                () ->
                    rows.writeStream()
                        .queryName("trends-" + name)
                        .outputMode(mode)
                        .option("checkpointLocation", directory.resolve(name).toString())
                        .foreachBatch(each)
                        .start())
            .start());
  }

  /** Returns where the page is. */
  public URI uri() {
    return board.uri();
  }

  /** Waits until all that has come so far is on the page. */
  void catchUp() {
    queries.forEach(run -> run.query().processAllAvailable());
  }

  /** Blocks until a query has failed for good. */
  public void await() throws InterruptedException {
    queries.get(0).await();
  }

  /** Lets the batches that run end, and closes the page. */
  @Override
  public void close() {
    queries.forEach(QueryRun::close);
    board.close();
  }
}
