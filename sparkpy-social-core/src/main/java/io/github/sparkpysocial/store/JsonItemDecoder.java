package io.github.sparkpysocial.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.ForeignRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON objects of one file: records of this library, raw answers of a network, or objects
 * of another tool that have an id and a text. Used by one thread.
 */
final class JsonItemDecoder {
  private static final int NAMES_TO_RECOGNIZE_BY = 64;

  private final List<FileFormat> formats;
  private final ForeignRecords foreign;
  private final Provenance provenance;
  private @Nullable FileFormat format;
  private final boolean formatGiven;

  /**
   * Makes a decoder for one file.
   *
   * @param format the one that the URI names, or {@code null} to recognise it
   * @param formats those to recognise
   */
  JsonItemDecoder(
      @Nullable FileFormat format,
      List<FileFormat> formats,
      ForeignRecords foreign,
      Provenance provenance) {
    this.format = format;
    this.formatGiven = format != null;
    this.formats = formats;
    this.foreign = foreign;
    this.provenance = provenance;
  }

  /** Returns whether it reads records of this library as such. */
  boolean readsRecords() {
    return !formatGiven;
  }

  /**
   * Reads one object.
   *
   * @param line where it starts, for messages
   */
  Item.Content decode(String text, long line) throws BadItemException {
    try (JsonParser json = RecordJson.FACTORY.createParser(text)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new BadItemException(null, "is not a JSON object");
      }
      String first = json.nextFieldName();
      if (!formatGiven && "record".equals(first) && json.nextToken() == JsonToken.VALUE_STRING) {
        List<String> unknownFields = new ArrayList<>();
        var record = RecordJson.read(json, text, unknownFields);
        requireEnd(json);
        return new Item.Content(Item.Layout.CANONICAL, List.of(record), List.of(), unknownFields);
      }
    } catch (JsonProcessingException e) {
      throw broken(e);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
    return decodeOther(text, line);
  }

  private Item.Content decodeOther(String text, long line) throws BadItemException {
    Scalars scalars = null;
    FileFormat known = format;
    if (known == null) {
      scalars = scalars(text);
      List<String> names = scalars.names();
      known = formats.stream().filter(f -> f.recognizes(names)).findFirst().orElse(null);
      format = known;
    }
    try {
      if (known != null) {
        FileFormat.Reading reading = known.read(text, provenance);
        return new Item.Content(
            Item.Layout.RAW_FORMAT,
            reading.records(),
            reading.notices(),
            reading.unknownFields(),
            reading.rejected());
      }
      return Item.Content.foreign(
          foreign.read(
              (scalars == null ? scalars(text) : scalars).fields(), text, provenance, line));
    } catch (IllegalArgumentException e) {
      scalars(text); // broken JSON is told with its column
      throw new BadItemException(null, String.valueOf(e.getMessage()));
    }
  }

  /**
   * The fields of an object.
   *
   * @param names the first of them, also of those that are null
   * @param fields their values as text; {@code null} for an object or array
   */
  private record Scalars(List<String> names, Map<String, @Nullable String> fields) {}

  private static Scalars scalars(String text) throws BadItemException {
    List<String> names = new ArrayList<>();
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    try (JsonParser json = RecordJson.FACTORY.createParser(text)) {
      json.nextToken();
      String name;
      while ((name = json.nextFieldName()) != null) {
        if (names.size() < NAMES_TO_RECOGNIZE_BY) {
          names.add(name);
        }
        JsonToken value = json.nextToken();
        if (value != JsonToken.VALUE_NULL) {
          fields.put(name, value.isScalarValue() ? json.getText() : null);
        }
        json.skipChildren();
      }
      requireEnd(json);
    } catch (JsonProcessingException e) {
      throw broken(e);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
    return new Scalars(names, fields);
  }

  private static void requireEnd(JsonParser json) throws IOException, BadItemException {
    if (json.nextToken() != null) {
      throw new BadItemException(null, "holds more than one JSON value");
    }
  }

  private static BadItemException broken(JsonProcessingException e) {
    return new BadItemException(
        null,
        "is not valid JSON"
            + (e.getLocation() == null ? "" : ", near column " + e.getLocation().getColumnNr()));
  }
}
