package io.github.sparkpysocial.ml.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;

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

  private final ModelPlace place;
  private final JsonNode model;

  private ModelDirectory(ModelPlace place, JsonNode model) {
    this.place = place;
    this.model = model;
  }

  /** Puts the files of a model into a directory. */
  @FunctionalInterface
  public interface Content {
    void write(Output files) throws IOException;
  }

  /** The files of a model that is being saved. */
  public static final class Output {
    private final ModelPlace.NewFiles files;

    public Output(ModelPlace.NewFiles files) {
      this.files = files;
    }

    /** Writes a value of records, maps, lists, texts and numbers. */
    public void json(String name, Object value) throws IOException {
      try (OutputStream out = files.create(name)) {
        out.write(JSON.writeValueAsBytes(value));
      }
    }

    public void array(String name, double[] values, int... shape) throws IOException {
      try (OutputStream out = files.create(name)) {
        NpyFile.write(out, values, shape);
      }
    }

    public void array(String name, int[] values, int... shape) throws IOException {
      try (OutputStream out = files.create(name)) {
        NpyFile.write(out, values, shape);
      }
    }

    /** Writes what says what the model is. */
    public void model(Kind kind, Map<String, ?> model) throws IOException {
      Map<String, Object> said = new LinkedHashMap<>(model);
      said.put("kind", kind.name);
      said.put("schemaVersion", kind.schemaVersion);
      json(MODEL, said);
    }
  }

  /**
   * What a model is.
   *
   * @param name such as {@code text-classification}
   * @param schemaVersion of what is in the files
   */
  public record Kind(String name, int schemaVersion) {}

  /**
   * Saves a model. The directory appears when all is written, or not at all.
   *
   * @param model more of what {@code model.json} says
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  public static void save(ModelPlace place, Kind kind, Map<String, ?> model, Content content)
      throws IOException {
    place.fill(
        files -> {
          Output output = new Output(files);
          content.write(output);
          output.model(kind, model);
        });
  }

  /**
   * Opens a saved model.
   *
   * @throws IllegalArgumentException if there is no model, or one of another kind or schema version
   */
  public static ModelDirectory open(ModelPlace place, Kind kind) throws IOException {
    JsonNode model;
    try {
      model = JSON.readTree(place.read(MODEL));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(place + " holds no saved model; there is no " + MODEL, e);
    } catch (JsonProcessingException e) {
      throw new IOException(MODEL + " in " + place + " is no JSON; copy the model again", e);
    }
    String found = model.path("kind").asText("");
    if (!found.equals(kind.name)) {
      throw new IllegalArgumentException(
          place + " holds a model of kind '" + found + "', not '" + kind.name + "'");
    }
    int version = model.path("schemaVersion").asInt(0);
    if (version != kind.schemaVersion) {
      throw new IllegalArgumentException(
          place
              + " has schema version "
              + version
              + "; this version of sparkpy-social reads "
              + kind.schemaVersion
              + ". "
              + (version > kind.schemaVersion
                  ? "Use the newer version that saved it"
                  : "Train the model again")
              + ", or use the version that its card names");
    }
    return new ModelDirectory(place, model);
  }

  /** Returns what {@code model.json} says. */
  public JsonNode model() {
    return model;
  }

  /** Reads a file as a value of this type. */
  public <T> T json(String name, Class<T> type) throws IOException {
    try {
      return JSON.readValue(place.read(name), type);
    } catch (JsonProcessingException e) {
      throw new IOException(name + " in " + place + " is damaged; copy the model again", e);
    }
  }

  public double[] doubles(String name) throws IOException {
    return NpyFile.doubles(name + " in " + place, place.read(name));
  }

  public int[] ints(String name) throws IOException {
    return NpyFile.ints(name + " in " + place, place.read(name));
  }

  /** Returns the error of files that do not fit together. */
  public IOException damaged(String how) {
    return new IOException(place + " is damaged: " + how + "; copy the model again");
  }
}
