package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.feature.StopWords;
import io.github.sparkpysocial.samples.bench.ChartBench;
import io.github.sparkpysocial.samples.bench.ClusterBench;
import io.github.sparkpysocial.samples.bench.FigureBench;
import io.github.sparkpysocial.samples.bench.HarvestBench;
import io.github.sparkpysocial.samples.bench.JournalBench;
import io.github.sparkpysocial.samples.bench.ScaleBench;
import io.github.sparkpysocial.samples.bench.StreamBench;
import io.github.sparkpysocial.samples.bench.TransferBench;
import io.github.sparkpysocial.samples.bench.WordCloudBench;
import io.github.sparkpysocial.samples.cluster.StandaloneCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Measures the library against what somebody would write without it. */
@CommandLine.Command(
    name = "bench",
    description = {
      "Measure the library against what somebody would write without it, on the same input in the"
          + " same run.",
      "",
      "harvest: a search of X from the sandbox into JSON Lines, records per second, against a bare"
          + " loop of java.net.http and Jackson's streaming parser on the same pages; then the same"
          + " from pages in memory, where the client is all that costs. With --heap, one harvest"
          + " from the sandbox, and the heap after 10, 50 and 100 %% of it.",
      "",
      "transfer: JSON Lines of about 1 KB a post into the stores of --to, records per second,"
          + " against the same bulk work written by hand with the bare driver or library. With"
          + " --heap, one transfer, and the heap on the way.",
      "",
      "wordcloud: 200 words of --text on 1800 by 1400 pixels, layout and PNG, against Python's"
          + " wordcloud, warm and as a whole process, with how much of the picture is filled."
          + " charts: each figure of the gallery as SVG, warm, against a second.",
      "",
      "worldmap: the page of a world map of so many points, against plain JSON of the same points,"
          + " and its SVG and PNG. network: the layout and the page of --nodes people with three"
          + " edges each. dashboard: ten figures on one page and each as SVG and PNG, as whole"
          + " processes.",
      "",
      "journal: posts into the journal of a stream, bytes per second, against appending the same"
          + " bytes to one file with as many forces to the disk.",
      "",
      "stream: hashtags of a Kafka topic counted by the minute, events per second, against the job"
          + " written by hand with Structured Streaming over the same topic; how long a post takes"
          + " into the sink at half that rate; state and heap on the way. With --heap, the topic is"
          + " counted once, with state and heap after 10, 50 and 100 %% of it.",
      "",
      "scale: harvested files, frame, features, clusters and views for each of --posts: time, memory"
          + " and shuffle of each stage, and the exponent of their growth, against 1. With --cluster,"
          + " driver and executors are processes of their own.",
      ""
    },
    footer = {
      "",
      "Example: how the heap grows with a million posts",
      "  JAVA_TOOL_OPTIONS=-Xmx256m sparkpy bench harvest --heap --posts 1000000",
      "Example: a gigabyte into CSV, with the files in /data",
      "  sparkpy bench transfer --to csv --posts 1000000 --rounds 3 --dir /data",
      "Example: how everything grows with the posts",
      "  sparkpy bench scale --posts 100000,1000000 --dir /data",
      "Example: the same with the driver alone in its heap",
      "  sparkpy bench scale --cluster --posts 100000,1000000 --dir /data",
      "Example: clusters of a million posts",
      "  sparkpy bench cluster --posts 1000000 --rounds 3"
    })
final class BenchCommand extends Command {
  private static final List<String> NAMES =
      List.of(
          "harvest",
          "transfer",
          "cluster",
          "journal",
          "stream",
          "scale",
          "wordcloud",
          "charts",
          "worldmap",
          "network",
          "dashboard");

  @Parameters(
      paramLabel = "NAME",
      description =
          "What to measure: harvest, transfer, cluster, journal, stream, scale, wordcloud,"
              + " charts, worldmap, network, dashboard.")
  private String name = "";

  @Mixin private BenchOptions options = new BenchOptions();

  @Override
  int execute(Console console) throws Exception {
    if (!NAMES.contains(name)) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no benchmark '" + name + "'; there are " + String.join(", ", NAMES));
    }
    options.check(spec);
    Path directory = options.dir == null ? Files.createTempDirectory("sparkpy-bench") : options.dir;
    try {
      console.result(
          switch (name) {
            case "harvest" -> harvest(console, directory);
            case "transfer" -> transfer(console, directory, options.targets());
            case "cluster" -> cluster(console, directory);
            case "journal" -> journal(console, directory);
            case "stream" -> stream(console, directory);
            case "scale" -> scale(console, directory);
            case "wordcloud" -> wordcloud(console, directory);
            case "charts" -> charts(console);
            default -> figures(console, directory);
          });
      return ExitCode.DONE;
    } finally {
      if (options.dir == null) {
        Directories.delete(directory);
      }
    }
  }

  private Map<String, @Nullable Object> harvest(Console console, Path directory)
      throws IOException, InterruptedException {
    HarvestBench bench = new HarvestBench(directory, line -> console.progress(() -> line));
    Map<String, @Nullable Object> result =
        options.heap ? bench.heap(options.posts()) : bench.ratio(options.posts(), options.rounds);
    say(console, result);
    return result;
  }

  private Map<String, @Nullable Object> figures(Console console, Path directory)
      throws IOException, InterruptedException {
    FigureBench bench = new FigureBench(directory);
    Map<String, @Nullable Object> result =
        switch (name) {
          case "worldmap" -> bench.worldMap(options.posts(), options.rounds);
          case "network" -> bench.network(options.nodes, options.rounds);
          default -> bench.dashboard(options.rounds);
        };
    say(console, result);
    return result;
  }

  private Map<String, @Nullable Object> cluster(Console console, Path directory)
      throws IOException, InterruptedException {
    try (SparkSession spark = SparkSessions.local()) {
      Map<String, @Nullable Object> result =
          new ClusterBench(spark, directory, line -> console.progress(() -> line))
              .ratio(options.posts(), options.k, options.rounds);
      say(console, result);
      return result;
    }
  }

  private Map<String, @Nullable Object> journal(Console console, Path directory)
      throws IOException {
    JournalBench bench = new JournalBench(directory, line -> console.progress(() -> line));
    Map<String, @Nullable Object> result =
        bench.ratio(options.posts(), options.batch, options.sync, options.rounds);
    say(console, result);
    return result;
  }

  private Map<String, @Nullable Object> stream(Console console, Path directory) throws Exception {
    try (SparkSession spark = SparkSessions.local()) {
      StreamBench bench = new StreamBench(spark, directory, line -> console.progress(() -> line));
      Map<String, @Nullable Object> result =
          options.heap ? bench.heap(options.events) : bench.ratio(options.events, options.rounds);
      say(console, result);
      return result;
    }
  }

  private Map<String, @Nullable Object> scale(Console console, Path directory) throws Exception {
    if (!options.cluster) {
      try (SparkSession spark = SparkSessions.local()) {
        return scale(console, directory, spark);
      }
    }
    Path home = Files.createTempDirectory("sparkpy-cluster");
    try (StandaloneCluster cluster = StandaloneCluster.start(home, options.executorMegabytes)) {
      cluster.awaitWorkers();
      try (SparkSession spark = SparkSessions.on(cluster)) {
        return scale(console, directory, spark);
      }
    } finally {
      Directories.delete(home);
    }
  }

  private Map<String, @Nullable Object> scale(Console console, Path directory, SparkSession spark)
      throws Exception {
    Map<String, @Nullable Object> result =
        new ScaleBench(spark, directory.toAbsolutePath(), line -> console.progress(() -> line))
            .growth(options.sizes(), options.k);
    say(console, result);
    return result;
  }

  private Map<String, @Nullable Object> wordcloud(Console console, Path directory)
      throws IOException, InterruptedException {
    if (options.text == null) {
      throw new ParameterException(
          spec.commandLine(), "bench wordcloud needs --text FILE, the text whose words are drawn");
    }
    Map<String, @Nullable Object> result =
        new WordCloudBench(directory, line -> console.progress(() -> line))
            .ratio(options.text, Set.copyOf(StopWords.of(StopWords.languages())), options.rounds);
    say(console, result);
    return result;
  }

  private Map<String, @Nullable Object> charts(Console console) {
    Map<String, @Nullable Object> result =
        new ChartBench(line -> console.progress(() -> line))
            .seconds(Math.min(options.posts(), 2_000), options.rounds);
    say(console, result);
    return result;
  }

  /** Measures the targets one after the other; what is said of all is the worst ratio. */
  private Map<String, @Nullable Object> transfer(
      Console console, Path directory, List<String> targets) throws Exception {
    TransferBench bench = new TransferBench(directory, line -> console.progress(() -> line));
    List<Map<String, @Nullable Object>> results = new ArrayList<>();
    for (String target : targets) {
      Map<String, @Nullable Object> result =
          options.heap
              ? bench.heap(target, options.posts())
              : bench.ratio(target, options.posts(), options.rounds);
      say(console, result);
      results.add(result);
    }
    if (results.size() == 1) {
      return results.get(0);
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("name", name);
    if (!options.heap) {
      all.put(
          "ratio",
          results.stream().mapToDouble(r -> (Double) given(r.get("ratio"))).min().orElseThrow());
    }
    all.put("targets", results);
    return all;
  }

  private static void say(Console console, Map<String, @Nullable Object> result) {
    for (Map.Entry<String, @Nullable Object> figure : result.entrySet()) {
      String value =
          figure.getValue() instanceof Double number
              ? String.format(Locale.ROOT, "%.2f", number)
              : String.valueOf(figure.getValue());
      console.say(String.format(Locale.ROOT, "%-26s%s", figure.getKey(), value));
    }
  }
}
