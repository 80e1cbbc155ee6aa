package io.github.sparkpysocial.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Console console(boolean json, int terminalWidth) {
    return new Console(new PrintWriter(out), new PrintWriter(err), json, terminalWidth);
  }

  @Test
  void aTextFromANetworkCannotCommandTheTerminal() {
    console(false, 80).say("\u001b[2J\u009b1m evil \u0007");

    assertThat(out.toString())
        .isEqualTo("\\u001b[2J\\u009b1m evil \\u0007" + System.lineSeparator());
  }

  @Test
  void jsonIsAloneOnTheStandardOutput() {
    Console console = console(true, 0);

    console.say("for people");
    console.note("beside");
    console.result(Map.of("count", 1));

    assertThat(out.toString()).isEqualTo("{\"count\":1}" + System.lineSeparator());
    assertThat(err.toString()).contains("beside");
  }

  @Test
  void progressIsShownOnATerminalOnlyAndRemovedBeforeTheResult() {
    console(false, 0).progress(() -> "1 of 2");
    assertThat(err.toString()).isEmpty();

    Console terminal = console(false, 80);
    terminal.progress(() -> "1 of 2");
    terminal.say("done");

    assertThat(err.toString()).isEqualTo("\r1 of 2\u001b[K\r\u001b[K");
    assertThat(out.toString()).isEqualTo("done" + System.lineSeparator());
  }

  @Test
  void progressIsCutAtTheWidthOfTheTerminal() {
    console(false, 40).progress(() -> "😀".repeat(60));

    assertThat(err.toString()).isEqualTo("\r" + "😀".repeat(39) + "\u001b[K");
  }
}
