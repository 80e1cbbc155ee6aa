package io.github.sparkpysocial.ml.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A saved model that needs no Spark to be read: JSON, and arrays in NumPy's format. {@code
 * model.json} says what it is and of which schema version.
 */
public final class ModelDirectory {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
  private static final String MODEL = "model.json";

  private final Path directory;
  private final JsonNode model;

  private ModelDirectory(Path directory, JsonNode model) {
    this.directory = directory;
    this.model = model;
  }

  /** Puts the files of a model into a directory. */
  @FunctionalInterface
  public interface Content {
    void write(Output files) throws IOException;
  }

  /** The files of a model that is being saved. */
  public static final class Output {
    private final Path directory;

    private Output(Path directory) {
      this.directory = directory;
    }

    /** Writes a value of records, maps, lists, texts and numbers. */
    public void json(String name, Object value) throws IOException {
      Files.write(directory.resolve(name), JSON.writeValueAsBytes(value));
    }

    public void array(String name, double[] values, int... shape) throws IOException {
      NpyFile.write(directory.resolve(name), values, shape);
    }

    public void array(String name, int[] values, int... shape) throws IOException {
      NpyFile.write(directory.resolve(name), values, shape);
    }
  }

  /**
   * Saves a model. The directory appears when all is written, or not at all.
   *
   * @param kind what it is, such as {@code text-classification}
   * @param schemaVersion of what is in the files
   * @param model more of what {@code model.json} says
   * @throws FileAlreadyExistsException if something is there already
   */
  public static void save(
      Path directory, String kind, int schemaVersion, Map<String, ?> model, Content content)
      throws IOException {
    Path target = directory.toAbsolutePath().normalize();
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          directory.toString(), null, "is there already; name another directory, or remove it");
    }
    Path parent = target.getParent();
    if (parent == null) {
      throw new IOException(directory + " cannot hold a model; name a directory below it");
    }
    Files.createDirectories(parent);
    Path unfinished = Files.createTempDirectory(parent, ".model-");
    try {
      Output files = new Output(unfinished);
      content.write(files);
      Map<String, Object> said = new java.util.LinkedHashMap<>(model);
      said.put("kind", kind);
      said.put("schemaVersion", schemaVersion);
      files.json(MODEL, said);
      Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      delete(unfinished);
      throw e;
    }
  }

  private static void delete(Path directory) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }

  /**
   * Opens a saved model.
   *
   * @throws IllegalArgumentException if there is no model, or one of another kind or schema version
   */
  public static ModelDirectory open(Path directory, String kind, int schemaVersion)
      throws IOException {
    JsonNode model;
    try {
      model = JSON.readTree(Files.readAllBytes(directory.resolve(MODEL)));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          directory + " holds no saved model; there is no " + MODEL, e);
    } catch (JsonProcessingException e) {
      throw new IOException(directory.resolve(MODEL) + " is no JSON; copy the model again", e);
    }
    String found = model.path("kind").asText("");
    if (!found.equals(kind)) {
      throw new IllegalArgumentException(
          directory + " holds a model of kind '" + found + "', not '" + kind + "'");
    }
    int version = model.path("schemaVersion").asInt(0);
    if (version != schemaVersion) {
      throw new IllegalArgumentException(
          directory
              + " has schema version "
              + version
              + "; this version of sparkpy-social reads "
              + schemaVersion
              + ". "
              + (version > schemaVersion
                  ? "Use the newer version that saved it"
                  : "Train the model again")
              + ", or use the version that its card names");
    }
    return new ModelDirectory(directory, model);
  }

  /** Returns what {@code model.json} says. */
  public JsonNode model() {
    return model;
  }

  /** Reads a file as a value of this type. */
  public <T> T json(String name, Class<T> type) throws IOException {
    Path file = directory.resolve(name);
    try {
      return JSON.readValue(Files.readAllBytes(file), type);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is damaged; copy the model again", e);
    }
  }

  public double[] doubles(String name) throws IOException {
    return NpyFile.doubles(directory.resolve(name));
  }

  public int[] ints(String name) throws IOException {
    return NpyFile.ints(directory.resolve(name));
  }

  /** Returns the error of files that do not fit together. */
  public IOException damaged(String how) {
    return new IOException(directory + " is damaged: " + how + "; copy the model again");
  }
}
