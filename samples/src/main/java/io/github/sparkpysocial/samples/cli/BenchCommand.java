package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.samples.bench.HarvestBench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Measures the library against what somebody would write without it. */
@CommandLine.Command(
    name = "bench",
    description = {
      "Measure the library against what somebody would write without it, on the same input in the same"
          + " run.",
      "",
      "harvest: a search of X from the sandbox into JSON Lines, records per second, against a bare loop"
          + " of java.net.http and Jackson's streaming parser on the same pages; then the same from"
          + " pages in memory, where the client is all that costs. With --heap, one harvest from the"
          + " sandbox, and the heap after 10, 50 and 100 % of it.",
      ""
    },
    footer = {
      "",
      "Example: how the heap grows with a million posts",
      "  JAVA_TOOL_OPTIONS=-Xmx256m sparkpy bench harvest --heap --posts 1000000"
    })
final class BenchCommand extends Command {
  @Parameters(paramLabel = "NAME", description = "What to measure: harvest.")
  private String name = "";

  @Option(
      names = "--posts",
      paramLabel = "N",
      description = "How many posts there are. Default: ${DEFAULT-VALUE}.")
  private int posts = 20_000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often each is run, by turns. Default: ${DEFAULT-VALUE}.")
  private int rounds = 7;

  @Option(names = "--heap", description = "Watch the heap instead of the time.")
  private boolean heap;

  @Override
  int execute(Console console) throws IOException, InterruptedException {
    if (!name.equals("harvest")) {
      throw new ParameterException(
          spec.commandLine(), "there is no benchmark '" + name + "'; there is harvest");
    }
    if (posts < 100 || rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--posts is at least 100 and --rounds at least 1");
    }
    Path directory = Files.createTempDirectory("sparkpy-bench");
    try {
      HarvestBench bench = new HarvestBench(directory, line -> console.progress(() -> line));
      Map<String, @Nullable Object> result = heap ? bench.heap(posts) : bench.ratio(posts, rounds);
      for (Map.Entry<String, @Nullable Object> figure : result.entrySet()) {
        String value =
            figure.getValue() instanceof Double number
                ? String.format(Locale.ROOT, "%.2f", number)
                : String.valueOf(figure.getValue());
        console.say(String.format(Locale.ROOT, "%-26s%s", figure.getKey(), value));
      }
      console.result(result);
      return ExitCode.DONE;
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }
}
