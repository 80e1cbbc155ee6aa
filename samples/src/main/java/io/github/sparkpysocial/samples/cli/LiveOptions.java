package io.github.sparkpysocial.samples.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a harvest of a live stream. */
final class LiveOptions {

  @Option(
      names = "--until-idle",
      paramLabel = "TIME",
      converter = Durations.class,
      description =
          "Of a live stream: stop when it is connected, has brought nothing for so long, such as 5s"
              + " or 2m, and no hole waits to be filled. Default: it goes on until it is stopped.")
  private @Nullable Duration untilIdle;

  @Nullable Duration untilIdle() {
    return untilIdle;
  }
}
