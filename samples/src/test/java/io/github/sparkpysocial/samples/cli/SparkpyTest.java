package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class SparkpyTest {

  static List<String> commands() {
    CommandLine all =
        Sparkpy.commandLine(
            new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    return List.copyOf(all.getSubcommands().keySet());
  }

  @Test
  void withoutACommandItShowsAllOfThem() {
    Ran ran = sparkpy().endsWith(0);

    assertThat(ran.out()).contains(commands()).contains("Exit codes");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandShowsItsOptionsAndAnExample(String command) {
    Ran ran = sparkpy(command, "--help").endsWith(0);

    assertThat(ran.out()).contains("--json").containsPattern("(?s)Example.*sparkpy " + command);
    assertThat(ran.err()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void anUnknownOptionIsWrongUsage(String command) {
    Ran ran = sparkpy(command, "--no-such-option").endsWith(2);

    assertThat(ran.err()).contains("--help").doesNotContain("Exception");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void anUnknownCommandIsWrongUsageAndALikelyOneIsNamed() {
    Ran ran = sparkpy("wordcuont").endsWith(2);

    assertThat(ran.err()).contains("wordcount");
  }

  @Test
  void theSandboxNamesAllNetworksThatItServes() {
    Ran ran = sparkpy("sandbox", "--help").endsWith(0);

    assertThat(ran.out()).contains("X", "GitHub", "Meetup", "Mastodon", "Bluesky");
  }
}
