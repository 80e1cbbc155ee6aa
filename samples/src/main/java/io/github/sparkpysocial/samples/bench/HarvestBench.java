package io.github.sparkpysocial.samples.bench;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.harvest.HarvestListener;
import io.github.sparkpysocial.harvest.HarvestReport;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures harvesting a search of X into JSON Lines against a {@linkplain BareLoop bare loop} over
 * the same pages, and how the heap grows with the number of posts.
 */
public final class HarvestBench {
  /** Until then the compiler of the JVM is still at work, on our code longer than on the bare. */
  private static final int WARM_UPS = 3;

  /** What the ratio is against. */
  public static final String BASELINE = "java.net.http and Jackson streaming, the same pages";

  private static final String LISTING =
      "x:search?q=the+OR+a+OR+to+OR+of+OR+in+OR+and+OR+is+OR+de+OR+la+OR+le+OR+spark+OR+data";
  private static final int UNLIMITED = 1_000_000_000;

  private final Path directory;
  private final Consumer<String> listener;

  /**
   * Makes a benchmark.
   *
   * @param directory where its files go; they are removed when they are not needed any more
   * @param listener hears what is done
   */
  public HarvestBench(Path directory, Consumer<String> listener) {
    this.directory = directory;
    this.listener = listener;
  }

  private static Sandbox sandbox(int posts) {
    Community community = Community.builder().posts(posts).build();
    return Sandbox.builder(community).limits(Limits.ofTheNetworks().withXSearch(UNLIMITED)).start();
  }

  /**
   * Runs both several times by turns and takes the median of the ratios: once straight from the
   * sandbox, which makes every page anew, and once from pages that are in memory already.
   *
   * @param posts how many posts there are to find
   * @param rounds how often each is run, after {@value #WARM_UPS} rounds that do not count
   */
  public Map<String, @Nullable Object> ratio(int posts, int rounds)
      throws IOException, InterruptedException {
    try (PageTape tape = new PageTape();
        Sandbox sandbox = sandbox(posts)) {
      listener.accept("recording the pages of " + posts + " posts");
      SourceOptions recording =
          new SourceOptions(Map.of(), Clock.systemUTC())
              .withTransport(tape.recording(JdkHttpTransport.shared()));
      harvest(sandbox.uri(), recording, "recorded", HarvestListener.NONE);
      Comparison sandboxed = compare(sandbox.uri(), tape.first(), rounds, "from the sandbox");
      Comparison taped = compare(tape.uri(), tape.first(), rounds, "from memory");
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("name", "harvest");
      result.put("baseline", BASELINE);
      result.put("ratio", sandboxed.ratio());
      result.put("recordsPerSecond", sandboxed.harvested());
      result.put("baselineRecordsPerSecond", sandboxed.bare());
      result.put("ratioFromMemory", taped.ratio());
      result.put("recordsPerSecondFromMemory", taped.harvested());
      result.put("baselineRecordsPerSecondFromMemory", taped.bare());
      result.put("posts", posts);
      result.put("pages", tape.size());
      result.put("bytes", tape.bytes());
      result.put("runs", sandboxed.runs());
      result.put("runsFromMemory", taped.runs());
      return result;
    }
  }

  /** The medians of several runs of both, and the runs. */
  private record Comparison(
      double ratio, double harvested, double bare, List<Map<String, Object>> runs) {}

  /** Runs both by turns against one server. */
  private Comparison compare(URI server, String first, int rounds, String what)
      throws IOException, InterruptedException {
    List<Map<String, Object>> runs = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<Double> ours = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    for (int round = 1 - WARM_UPS; round <= rounds; round++) {
      listener.accept(what + ", round " + round + " of " + rounds);
      boolean harvestFirst = round % 2 == 0;
      Timed one = harvestFirst ? harvest(server) : bare(server, first);
      Timed other = harvestFirst ? bare(server, first) : harvest(server);
      Timed harvest = harvestFirst ? one : other;
      Timed baseline = harvestFirst ? other : one;
      if (round > 0) {
        double ratio = baseline.seconds() / harvest.seconds();
        ratios.add(ratio);
        ours.add(harvest.perSecond());
        bare.add(baseline.perSecond());
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("harvestSeconds", harvest.seconds());
        run.put("baselineSeconds", baseline.seconds());
        run.put("ratio", ratio);
        run.put("records", harvest.records());
        run.put("baselineRecords", baseline.records());
        runs.add(run);
      }
    }
    return new Comparison(Medians.of(ratios), Medians.of(ours), Medians.of(bare), runs);
  }

  /**
   * Harvests once, straight from the sandbox, and looks at the heap on the way.
   *
   * @param posts how many posts there are to find
   */
  public Map<String, @Nullable Object> heap(int posts) throws IOException, InterruptedException {
    HeapWatch watch = new HeapWatch(posts);
    try (Sandbox sandbox = sandbox(posts)) {
      Timed timed =
          harvest(
              sandbox.uri(),
              new SourceOptions(Map.of(), Clock.systemUTC()),
              "heap",
              progress -> {
                watch.look(progress.pages() * 100, progress.fetched());
                if (progress.pages() % 500 == 0) {
                  listener.accept(progress.fetched() + " records");
                }
              });
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      result.put("name", "harvest");
      result.put("posts", posts);
      result.put("records", timed.records());
      result.put("seconds", timed.seconds());
      result.put("recordsPerSecond", timed.perSecond());
      result.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
      result.put("heapAfterGc", watch.finish(timed.records()));
      return result;
    }
  }

  /** A run and how long it took. */
  private record Timed(long records, double seconds) {
    double perSecond() {
      return records / seconds;
    }
  }

  private Timed harvest(URI server) throws IOException, InterruptedException {
    return harvest(
        server, new SourceOptions(Map.of(), Clock.systemUTC()), "harvested", HarvestListener.NONE);
  }

  private Timed harvest(URI endpoint, SourceOptions options, String name, HarvestListener progress)
      throws IOException, InterruptedException {
    Path file = directory.resolve(name + ".jsonl");
    Path ledger = directory.resolve(name + ".ledger.json");
    try {
      long start = System.nanoTime();
      HarvestReport report;
      try (RecordSource source =
              Places.openSource(PlaceUri.parse(LISTING + "&endpoint=" + endpoint), options);
          RecordStore store =
              Places.openStore(
                  PlaceUri.parse(file.toString()), StoreOptions.with(Quarantine.inMemory()))) {
        report = Harvest.builder(source, store).ledger(ledger).listener(progress).build().run();
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      if (!report.complete() || report.quarantined() > 0) {
        throw new IllegalStateException("The harvest was not complete: " + report);
      }
      return new Timed(report.fetched(), seconds);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(ledger);
      Files.deleteIfExists(directory.resolve(name + ".ledger.json.lock"));
    }
  }

  private Timed bare(URI server, String first) throws IOException, InterruptedException {
    Path file = directory.resolve("bare.jsonl");
    try {
      long start = System.nanoTime();
      long records = new BareLoop(server, first).into(file);
      return new Timed(records, (System.nanoTime() - start) / 1e9);
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
