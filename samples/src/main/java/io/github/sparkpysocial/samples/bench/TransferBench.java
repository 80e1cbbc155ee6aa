package io.github.sparkpysocial.samples.bench;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.transfer.Transfer;
import io.github.sparkpysocial.transfer.TransferReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Measures transfers of JSON Lines into each kind of store against {@linkplain BulkBaseline what
 * somebody writes by hand} with the bare driver or library, and how the heap grows with the number
 * of records.
 */
public final class TransferBench {
  private static final Map<String, Function<Path, BulkBaseline>> TARGETS = new LinkedHashMap<>();

  static {
    TARGETS.put("csv", CsvBaseline::new);
    TARGETS.put("jsonl", JsonLinesBaseline::new);
    TARGETS.put("parquet", ParquetBaseline::new);
    TARGETS.put("mongodb", directory -> new MongoBaseline());
    TARGETS.put("postgresql", directory -> new PostgresBaseline());
  }

  private final Path directory;
  private final Consumer<String> listener;

  /**
   * Makes a benchmark.
   *
   * @param directory where its files go; the stores are removed when they are not needed any more,
   *     the posts stay
   * @param listener hears what is done
   */
  public TransferBench(Path directory, Consumer<String> listener) {
    this.directory = directory;
    this.listener = listener;
  }

  /** Returns the kinds of store that it measures. */
  public static List<String> targets() {
    return List.copyOf(TARGETS.keySet());
  }

  private BulkBaseline baseline(String to) {
    Function<Path, BulkBaseline> maker = TARGETS.get(to);
    if (maker == null) {
      throw new IllegalArgumentException(
          "There is no benchmark to '" + to + "'; there are " + String.join(", ", targets()));
    }
    return maker.apply(directory);
  }

  /**
   * Runs a transfer and its baseline several times by turns, and takes the median of the ratios.
   *
   * @param to one of {@link #targets()}
   * @param posts how many posts are transferred
   * @param rounds how often each is run, after one round that does not count
   */
  public Map<String, @Nullable Object> ratio(String to, int posts, int rounds) throws Exception {
    Path source = source(posts);
    List<Map<String, Object>> runs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    try (BulkBaseline baseline = baseline(to)) {
      for (int round = 0; round <= rounds; round++) {
        listener.accept(to + ", round " + round + " of " + rounds);
        boolean oursFirst = round % 2 == 0;
        double first = run(oursFirst, baseline, source, posts, round);
        double second = run(!oursFirst, baseline, source, posts, round);
        double transfer = oursFirst ? first : second;
        double byHand = oursFirst ? second : first;
        if (round > 0) {
          ratios.add(byHand / transfer);
          ours.add(posts / transfer);
          bare.add(posts / byHand);
          runs.add(
              Map.of(
                  "transferSeconds", transfer,
                  "baselineSeconds", byHand,
                  "ratio", byHand / transfer));
        }
      }
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("name", "transfer");
      result.put("to", to);
      result.put("baseline", baseline.name());
      result.put("ratio", Medians.of(ratios));
      result.put("recordsPerSecond", Medians.of(ours));
      result.put("baselineRecordsPerSecond", Medians.of(bare));
      result.put("posts", posts);
      result.put("bytes", Files.size(source));
      result.put("runs", runs);
      return result;
    }
  }

  private Path source(int posts) throws IOException {
    listener.accept("making " + posts + " posts");
    return BenchPosts.file(directory, posts);
  }

  /** Runs one of both into a store of its own; returns the seconds. */
  private static double run(boolean ours, BulkBaseline baseline, Path source, int posts, int round)
      throws Exception {
    String target = baseline.target((ours ? "transferred" : "byhand") + round);
    System.gc();
    try {
      long start = System.nanoTime();
      long records = ours ? transfer(source, target, read -> {}) : baseline.load(source, target);
      double seconds = (System.nanoTime() - start) / 1e9;
      if (records != posts) {
        throw new IllegalStateException(
            (ours ? "The transfer" : "The baseline") + " wrote " + records + " of " + posts);
      }
      return seconds;
    } finally {
      baseline.remove(target);
    }
  }

  /** Transfers a file; returns how many records were new to the target. */
  private static long transfer(Path source, String target, Consumer<Transfer.Progress> listener) {
    TransferReport report =
        Transfer.builder(PlaceUri.parse(source.toString()), PlaceUri.parse(target))
            .listener(listener)
            .build()
            .run();
    if (report.quarantined() > 0) {
      throw new IllegalStateException("The transfer set things aside: " + report);
    }
    return report.written();
  }

  /**
   * Transfers once, and looks at the heap on the way.
   *
   * @param to one of {@link #targets()}
   * @param posts how many posts are transferred
   */
  public Map<String, @Nullable Object> heap(String to, int posts) throws Exception {
    Path source = source(posts);
    HeapWatch watch = new HeapWatch(posts);
    try (BulkBaseline baseline = baseline(to)) {
      String target = baseline.target("heap");
      try {
        long start = System.nanoTime();
        long records =
            transfer(
                source,
                target,
                progress -> {
                  watch.look(progress.read(), progress.read());
                  if (progress.read() % 100_000 == 0) {
                    listener.accept(progress.read() + " records to " + to);
                  }
                });
        double seconds = (System.nanoTime() - start) / 1e9;
        if (records != posts) {
          throw new IllegalStateException("The transfer wrote " + records + " of " + posts);
        }
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        result.put("name", "transfer");
        result.put("to", to);
        result.put("posts", posts);
        result.put("bytes", Files.size(source));
        result.put("seconds", seconds);
        result.put("recordsPerSecond", posts / seconds);
        result.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
        result.put("heapAfterGc", watch.finish(records));
        return result;
      } finally {
        baseline.remove(target);
      }
    }
  }
}
