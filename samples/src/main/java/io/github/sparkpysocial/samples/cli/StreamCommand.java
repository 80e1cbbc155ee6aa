package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Counts what happens, as it happens. */
@CommandLine.Command(
    name = "stream",
    description = {
      "Count what happens, as it happens.",
      "",
      "Whatever comes is written into a journal first, then counted by windows and kept in a store,"
          + " each record once. Kill it and run it again with the same --checkpoint: it goes on.",
      ""
    },
    footer = {
      "",
      "Example: hashtags on Bluesky, a minute at a time, kept in PostgreSQL",
      "  sparkpy stream bluesky:jetstream --sink jdbc:postgresql://localhost/social::posts"
          + " --checkpoint bluesky",
      "Example: tell of a surge, and of a silence",
      "  sparkpy stream bluesky:jetstream --horizon 1m --alert 'hashtag:spark > 20 in 5m' --alert"
          + " 'silence 15m' --checkpoint bluesky",
      "Example: a recording, ten times as fast",
      "  sparkpy stream posts.jsonl --speed 10 --window 5m --count words"
    })
final class StreamCommand extends Command {
  @Parameters(
      arity = "1..*",
      paramLabel = "SOURCE",
      converter = PlaceConverter.class,
      description =
          "Live streams such as bluesky:jetstream or x:stream, topics of Kafka such as"
              + " kafka://localhost:9092/posts, listings that are asked again and again such as"
              + " github:apache/spark/events, recordings to be replayed.")
  private List<PlaceUri> sources = new ArrayList<>();

  @Option(
      names = "--window",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long a window is. Default: 60s.")
  private Duration window = Duration.ofSeconds(60);

  @Option(
      names = "--slide",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How long after one window the next begins. Default: --window.")
  private @Nullable Duration slide;

  @Option(
      names = "--count",
      paramLabel = "WHAT",
      description = "What is counted: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private WindowCounts.Of count = WindowCounts.Of.HASHTAGS;

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "How many are shown of each window. Default: ${DEFAULT-VALUE}.")
  private int top = 10;

  @Option(
      names = "--horizon",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "How much later than others a post may come and is still counted, and for how long it is"
              + " remembered. Default: 1h.")
  private Duration horizon = Duration.ofHours(1);

  @Option(
      names = "--sink",
      paramLabel = "STORE",
      converter = PlaceConverter.class,
      description = "Where to keep the records: a file or a URI of a database.")
  private @Nullable PlaceUri sink;

  @Option(
      names = "--counts",
      paramLabel = "TABLE",
      converter = PlaceConverter.class,
      description =
          "Where to keep the counts: a table such as jdbc:postgresql://localhost/social::counts,"
              + " mongodb://localhost/social::counts or cassandra://localhost/social::counts.")
  private @Nullable PlaceUri counts;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description =
          "Where the journals and the state are kept, to go on after a stop or a crash. Default: a"
              + " temporary directory, which is removed.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      converter = Durations.class,
      description = "How often a listing is asked. Default: 1m.")
  private Duration every = Duration.ofMinutes(1);

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = "How many times as fast a recording is replayed. Default: without pauses.")
  private double speed = Double.POSITIVE_INFINITY;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "How long a topic or a broker of Kafka that is not there at the start is waited for."
              + " Reading a topic never makes it. Default: 30s.")
  private Duration patience = Duration.ofSeconds(30);

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "Where to write what Spark reports of each batch, as JSON Lines.")
  private @Nullable Path metrics;

  @Option(
      names = "--serve",
      paramLabel = "PORT",
      description = "Show how it fares on a live page at this port of this machine; 0 for any.")
  private @Nullable Integer serve;

  @Mixin private AlertOptions alerts = new AlertOptions();
  @Mixin private LiveOptions live = new LiveOptions();
  @Mixin private QuarantineOption quarantineOption = new QuarantineOption();

  @Override
  String afterStop() {
    return checkpoint == null
        ? "Name a --checkpoint to be able to go on."
        : "Run the same command again to go on.";
  }

  @Override
  int execute(Console console) throws Exception {
    if (top < 1) {
      throw new ParameterException(spec.commandLine(), "--top must be positive, was " + top);
    }
    if (!(speed > 0)) {
      throw new ParameterException(spec.commandLine(), "--speed must be positive, was " + speed);
    }
    Duration step = slide == null ? window : slide;
    Path directory = checkpoint == null ? Files.createTempDirectory("sparkpy-stream") : checkpoint;
    try (QuarantineOption.Opened quarantine = quarantineOption.open(sources.get(0).withSecrets())) {
      StreamRun run =
          new StreamRun(
              console,
              directory,
              new StreamRun.Counting(count, window, step, horizon, top),
              quarantine);
      return quarantine.finish(
          console,
          run.run(
              sources,
              new StreamRun.Pace(every, speed, live.untilIdle(), patience),
              new StreamRun.Sinks(
                  sink,
                  counts,
                  metrics,
                  new StreamAlerts.Wanted(alerts.wishes, alerts.file, alerts.webhook(spec)),
                  serve)));
    } finally {
      if (checkpoint == null) {
        Directories.delete(directory);
      }
    }
  }
}
