package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** Runs the clustering of {@code cluster.py}, if a Python with scikit-learn is there. */
final class ScikitLearn {
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  private ScikitLearn() {}

  /** Returns what the script printed, or nothing if there is no scikit-learn. */
  static Optional<JsonNode> run(Path posts, int k, int iterations, int rounds)
      throws IOException, InterruptedException {
    Optional<String> python = python();
    if (python.isEmpty()) {
      return Optional.empty();
    }
    Path script = Files.createTempFile("cluster", ".py");
    try (InputStream in = ScikitLearn.class.getResourceAsStream("cluster.py")) {
      if (in == null) {
        throw new IllegalStateException("The jar of the samples lacks cluster.py");
      }
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
      Process process =
          new ProcessBuilder(
                  python.get(),
                  script.toString(),
                  posts.toString(),
                  String.valueOf(k),
                  String.valueOf(iterations),
                  String.valueOf(rounds))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("scikit-learn failed; see what it said above");
      }
      return Optional.of(new ObjectMapper().readTree(printed));
    } finally {
      Files.delete(script);
    }
  }

  private static Optional<String> python() throws InterruptedException {
    for (String python : PYTHONS) {
      try {
        Process process =
            new ProcessBuilder(python, "-c", "import sklearn")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() == 0) {
          return Optional.of(python);
        }
      } catch (IOException e) {
        // not installed under this name; the next may be
      }
    }
    return Optional.empty();
  }
}
