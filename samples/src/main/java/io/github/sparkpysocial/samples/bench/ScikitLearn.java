package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Runs the clustering of {@code cluster.py}, if a Python with scikit-learn is there. */
final class ScikitLearn {
  private ScikitLearn() {}

  /** Returns what the script printed, or nothing if there is no scikit-learn. */
  static Optional<JsonNode> run(Path posts, int k, int iterations, int rounds)
      throws IOException, InterruptedException {
    Optional<PythonScript> script = PythonScript.find("cluster.py", "sklearn");
    return script.isEmpty()
        ? Optional.empty()
        : Optional.of(script.get().run(posts, k, iterations, rounds));
  }
}
