package io.github.sparkpysocial.samples.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs command lines one after the other in one process, so that they find the directory and the
 * environment which that was started with. The first argument is a file with an array of words on
 * each line, the second is where what came of each is written, as JSON.
 */
public final class CommandLines {
  private static final ObjectMapper JSON = new ObjectMapper();

  private CommandLines() {}

  /** Runs them all; one that fails stops none. */
  public static void main(String[] arguments) throws IOException {
    try (PrintWriter outcomes = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1])))) {
      for (String line : Files.readAllLines(Path.of(arguments[0]))) {
        List<String> words = JSON.readValue(line, new TypeReference<List<String>>() {});
        StringWriter said = new StringWriter();
        PrintWriter both = new PrintWriter(said);
        long start = System.nanoTime();
        int exitCode = Sparkpy.commandLine(both, both).execute(words.toArray(String[]::new));
        long millis = (System.nanoTime() - start) / 1_000_000;
        outcomes.println(
            JSON.writeValueAsString(
                Map.of("exitCode", exitCode, "said", said.toString(), "millis", millis)));
        outcomes.flush();
      }
    }
  }
}
