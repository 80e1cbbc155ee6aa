package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Exchanges with a real server, in the order in which they were made. A {@link Recorder} writes
 * them down; {@link #load} reads its files and those of other tools:
 *
 * <ul>
 *   <li>fixtures of octokit and nock: a JSON array of objects with {@code scope}, {@code path},
 *       {@code status}, {@code response}; also a folder with a {@code normalized-fixture.json}
 *   <li>WireMock: a folder with {@code mappings} and {@code __files}. Times in templates such as
 *       {@code {{now offset='3 seconds' format='unix'}}} are filled in when they are played
 *   <li>VCR: a cassette in YAML with {@code http_interactions}, of Ruby or of R; needs {@code
 *       com.fasterxml.jackson.dataformat:jackson-dataformat-yaml} on the class path
 *   <li>its own: a JSON object with {@code "recording": 1} and {@code exchanges}, each with {@code
 *       method}, {@code uri}, {@code requestBody}, {@code status}, {@code headers} (lists) and
 *       {@code body}, or {@code bodyBase64} for what is no text
 * </ul>
 *
 * <p>{@link RecordingServer} plays it back. Immutable and thread-safe.
 */
public final class Recording {
  private final List<Exchange> exchanges;

  Recording(List<Exchange> exchanges) {
    this.exchanges = List.copyOf(exchanges);
  }

  /**
   * Reads a recording, whichever of the known styles it is in.
   *
   * @throws IllegalArgumentException if it is in none of them, or broken; the message names the
   *     file
   * @throws UncheckedIOException if it cannot be read
   */
  public static Recording load(Path path) {
    try {
      if (Files.isDirectory(path)) {
        return ofFolder(path);
      }
      String name = path.toString().toLowerCase(Locale.ROOT);
      if (name.endsWith(".yml") || name.endsWith(".yaml")) {
        return new Recording(VcrCassette.read(path));
      }
      JsonNode root = Json.parse(Files.readAllBytes(path));
      if (root != null && root.path("recording").isInt()) {
        return new Recording(RecordingJson.read(root, path));
      }
      if (root != null && root.isArray() && root.path(0).has("path")) {
        return new Recording(NockFixture.read(root));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The recording in " + path + " cannot be read", e);
    }
    throw unknown(path);
  }

  private static Recording ofFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder.resolve("mappings"))) {
      return new Recording(WireMockMappings.read(folder));
    }
    if (Files.exists(folder.resolve("normalized-fixture.json"))) {
      return load(folder.resolve("normalized-fixture.json"));
    }
    throw unknown(folder);
  }

  private static IllegalArgumentException unknown(Path path) {
    return new IllegalArgumentException(
        path
            + " is no recording: known are a folder with WireMock's mappings, a fixture of octokit"
            + " or nock (.json), a cassette of VCR (.yml) and the files of Recorder (.json)");
  }

  /** Returns how many exchanges it has. */
  public int size() {
    return exchanges.size();
  }

  /**
   * Writes it to a file in its own style.
   *
   * @throws UncheckedIOException if it cannot be written
   */
  public void save(Path file) {
    try {
      Files.writeString(file, RecordingJson.write(exchanges), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The recording cannot be written to " + file, e);
    }
  }

  List<Exchange> exchanges() {
    return exchanges;
  }

  /** Shows how many exchanges it has. */
  @Override
  public String toString() {
    return "Recording[" + size() + ']';
  }
}
