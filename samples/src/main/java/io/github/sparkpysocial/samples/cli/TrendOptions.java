package io.github.sparkpysocial.samples.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options of commands that track trends. */
final class TrendOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where to put the dashboard (index.html), pictures and data. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("sparkpy-out");

  @Option(
      names = "--k",
      paramLabel = "N",
      description = "Into how many topics to divide the posts. Default: ${DEFAULT-VALUE}.")
  int k = 5;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "What all chance comes from. Default: ${DEFAULT-VALUE}.")
  long seed = 42;

  /** Refuses values that cannot be. */
  void check(CommandSpec spec) {
    if (k < 1) {
      throw new ParameterException(spec.commandLine(), "--k must be at least 1, was " + k);
    }
  }
}
