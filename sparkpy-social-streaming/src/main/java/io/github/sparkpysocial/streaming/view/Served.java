package io.github.sparkpysocial.streaming.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a view is served: a small file that is replaced as a whole, so that a reader
 * sees the one or the other.
 *
 * @param version its name
 * @param until the cut-over of a lambda view, else {@code null}
 */
record Served(String version, @Nullable Instant until) {
  private static final String FILE = "served.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  static @Nullable Served read(Path directory) {
    Path file = directory.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        return null;
      }
      JsonNode json = JSON.readTree(file.toFile());
      JsonNode until = json.get("until");
      return new Served(
          json.required("version").asText(), until == null ? null : Instant.parse(until.asText()));
    } catch (IOException | IllegalArgumentException e) {
      throw new StoreException(
          file + " does not tell which version is served: " + e.getMessage(), e);
    }
  }

  void write(Path directory) {
    ObjectNode json = JSON.createObjectNode().put("version", version);
    if (until != null) {
      json.put("until", until.toString());
    }
    Path unfinished = directory.resolve(FILE + ".unfinished");
    try {
      Files.write(unfinished, JSON.writeValueAsBytes(json));
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Path unused =
          Files.move(
              unfinished,
              directory.resolve(FILE),
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StoreException("The version " + version + " cannot be served: " + e, e);
    }
  }
}
