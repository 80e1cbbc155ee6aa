package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs a script of this package, if a Python with the module that it needs is there. */
final class PythonScript {
  private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

  private final String python;
  private final String name;

  private PythonScript(String python, String name) {
    this.python = python;
    this.name = name;
  }

  /** Returns the script, or nothing if no Python of this machine has the module. */
  static Optional<PythonScript> find(String name, String module) throws InterruptedException {
    for (String python : PYTHONS) {
      try {
        Process process =
            new ProcessBuilder(python, "-c", "import " + module)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() == 0) {
          return Optional.of(new PythonScript(python, name));
        }
      } catch (IOException e) {
        // not installed under this name; the next may be
      }
    }
    return Optional.empty();
  }

  /** Returns what the script printed as JSON. */
  JsonNode run(Object... arguments) throws IOException, InterruptedException {
    Path script = Files.createTempFile("sparkpy", ".py");
    try (InputStream in = PythonScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar of the samples lacks " + name);
      }
      Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
      List<String> command = new ArrayList<>(List.of(python, script.toString()));
      for (Object argument : arguments) {
        command.add(String.valueOf(argument));
      }
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(name + " failed; see what it said above");
      }
      return new ObjectMapper().readTree(printed);
    } finally {
      Files.delete(script);
    }
  }
}
