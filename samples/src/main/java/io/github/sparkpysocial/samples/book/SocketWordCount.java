package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.streaming.dstream.LineReceiver;
import io.github.sparkpysocial.streaming.tcp.SocketLine;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.Optional;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.streaming.Duration;
import org.apache.spark.streaming.Durations;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.apache.spark.streaming.api.java.JavaPairDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import scala.Tuple2;

/**
 * The book's first streaming program: words of a socket, counted in each batch, in a window that
 * slides, and since the beginning. Start {@code nc -lk 9999} beside it and type.
 */
@SuppressWarnings("deprecation") // DStreams are what the book teaches
public final class SocketWordCount {
  private static final int LONGEST_LINE = 10_000;

  private SocketWordCount() {}

  /**
   * What is counted.
   *
   * @param batch how often each word came in a batch
   * @param window how often each came in the window
   * @param total how often each came since the beginning, also before a restart
   * @param lines how many lines came in the window
   * @param problems what came that was no line
   */
  public record Counts(
      JavaPairDStream<String, Integer> batch,
      JavaPairDStream<String, Integer> window,
      JavaPairDStream<String, Integer> total,
      JavaDStream<Long> lines,
      JavaDStream<String> problems) {}

  /** Counts the words of a socket; the context needs a checkpoint. */
  public static Counts count(
      JavaStreamingContext context, String host, int port, Duration window, Duration slide) {
    JavaDStream<SocketLine> came =
        LineReceiver.lines(context, host, port, LONGEST_LINE, StorageLevel.MEMORY_AND_DISK_SER());
    JavaDStream<String> lines =
        came.filter(line -> line.text() != null).map(line -> Objects.requireNonNull(line.text()));
    JavaPairDStream<String, Integer> ones =
        lines
            .flatMap(line -> Arrays.asList(line.strip().split("\\s+", -1)).iterator())
            .filter(word -> !word.isEmpty())
            .mapToPair(word -> new Tuple2<>(word, 1));
    return new Counts(
        ones.reduceByKey(Integer::sum),
        ones.reduceByKeyAndWindow(Integer::sum, (sum, gone) -> sum - gone, window, slide)
            .filter(count -> count._2() > 0),
        ones.updateStateByKey(
            (fresh, before) -> Optional.of(fresh.stream().reduce(before.orElse(0), Integer::sum))),
        lines.countByWindow(window, slide),
        came.filter(line -> line.problem() != null)
            .map(line -> Objects.requireNonNull(line.problem())));
  }

  /** Runs until it is killed; with the same checkpoint it goes on: {@code HOST PORT CHECKPOINT}. */
  public static void main(String[] arguments) throws InterruptedException {
    String host = arguments[0];
    int port = Integer.parseInt(arguments[1]);
    String checkpoint = Path.of(arguments[2]).toString();
    JavaStreamingContext context =
        JavaStreamingContext.getOrCreate(
            checkpoint,
            () -> {
              SparkConf conf =
                  new SparkConf()
                      .setAppName("SocketWordCount")
                      .setIfMissing("spark.master", "local[2]")
                      .set("spark.streaming.receiver.writeAheadLog.enable", "true");
              JavaStreamingContext fresh =
                  new JavaStreamingContext(new JavaSparkContext(conf), Durations.seconds(1));
              fresh.checkpoint(checkpoint);
              Counts counts =
                  count(fresh, host, port, Durations.seconds(30), Durations.seconds(10));
              counts.batch().print();
              counts.window().print();
              counts.total().print();
              counts.lines().print();
              counts.problems().print();
              return fresh;
            });
    context.start();
    context.awaitTermination();
  }
}
