package io.github.sparkpysocial.streaming.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What makes a query the one whose state a checkpoint holds, kept beside it. Spark refuses another
 * schema of the state; it does not notice that windows have another length, or that words are
 * counted where hashtags were.
 */
record QueryDefinition(Map<String, String> settings) {
  private static final String FILE = "definition.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  QueryDefinition {
    settings = Map.copyOf(settings);
  }

  /**
   * Compares with what the checkpoint was begun with, or writes it down.
   *
   * @throws StreamFailedException if it is another one
   * @throws StoreException if it cannot be read or written
   */
  void check(Path checkpoint) {
    Path file = checkpoint.resolve(FILE);
    try {
      if (Files.exists(file)) {
        compare(checkpoint, JSON.readValue(file.toFile(), new TypeReference<>() {}));
        return;
      }
      Files.createDirectories(checkpoint);
      Path unfinished = checkpoint.resolve(FILE + ".unfinished");
      JSON.writeValue(unfinished.toFile(), new TreeMap<>(settings));
      Path unused = Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StoreException("The definition of the query, " + file + ", failed: " + e, e);
    }
  }

  private void compare(Path checkpoint, Map<String, String> before) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(settings.keySet());
    String changed =
        names.stream()
            .filter(name -> !Objects.equals(before.get(name), settings.get(name)))
            .map(name -> name + " is " + before.get(name) + ", not " + settings.get(name))
            .collect(Collectors.joining(", and whose "));
    if (!changed.isEmpty()) {
      throw new StreamFailedException(
          "The checkpoint "
              + checkpoint
              + " is of a query whose "
              + changed
              + ". Go back to that, or begin with another checkpoint: what is in a journal or a"
              + " topic is then counted again.",
          0,
          null);
    }
  }
}
