package io.github.sparkpysocial.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** A command that was run in this process, and what it said. */
record Ran(int exitCode, String out, String err) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Runs a command. */
  static Ran sparkpy(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = List.of(arguments).stream().map(String::valueOf).toArray(String[]::new);
    int exitCode = Sparkpy.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(args);
    return new Ran(exitCode, out.toString(), err.toString());
  }

  /** Runs a command that reads this from its standard input. */
  static Ran sparkpy(InputStream input, Object... arguments) {
    InputStream before = System.in;
    System.setIn(input);
    try {
      return sparkpy(arguments);
    } finally {
      System.setIn(before);
    }
  }

  /** Checks the exit code, and shows what was said if it is another. */
  Ran endsWith(int expected) {
    assertThat(exitCode).as("exit code of a command that said: %s%s", err, out).isEqualTo(expected);
    return this;
  }

  List<String> outLines() {
    return out.lines().toList();
  }

  /** Returns the last line of the standard output as JSON. */
  JsonNode json() {
    List<String> lines = outLines();
    assertThat(lines).as("the standard output").isNotEmpty();
    return parse(lines.get(lines.size() - 1));
  }

  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
