package io.github.sparkpysocial.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.RoundedIds;
import io.github.sparkpysocial.spi.SchemaVersion;
import io.github.sparkpysocial.spi.UtcTimes;
import io.github.sparkpysocial.spi.WellFormed;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads records from JSON objects: one field for each column of the {@link RecordSchema} that has a
 * value, {@code record} first; the others may come in any order. {@link LineEncoder} writes them.
 */
final class RecordJson {
  static final JsonFactory FACTORY =
      JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

  private static final Pattern COLUMN_IN_MESSAGE = Pattern.compile("'([a-z_]+)'");

  /** The field with the version of the schema; a record without it is of the first. */
  static final String SCHEMA = "schema";

  private static final int ESCAPES = 1;
  private static final int REPAIR = 2;
  private static final CharacterEscapes LINE_SEPARATORS = new LineSeparatorEscapes();

  private RecordJson() {}

  /** Returns a value of a schema as JSON. */
  static String toJson(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(json, value);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof String text) {
      writeText(json, text);
    } else if (value instanceof Instant time) {
      json.writeString(time.toString());
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> struct) {
      json.writeStartObject();
      for (Map.Entry<?, ?> field : struct.entrySet()) {
        if (field.getValue() != null) {
          json.writeFieldName(String.valueOf(field.getKey()));
          write(json, field.getValue());
        }
      }
      json.writeEndObject();
    } else {
      throw new IllegalStateException("No schema has values of " + value.getClass());
    }
  }

  /** Most texts need nothing; what the few others need slows all down, so that it is looked for. */
  private static void writeText(JsonGenerator json, String text) throws IOException {
    int need = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x85) {
        if (c == 0x85 || c == 0x2028 || c == 0x2029) {
          need |= ESCAPES;
        } else if (Character.isSurrogate(c)) {
          need |= REPAIR;
        }
      }
    }
    String shown = (need & REPAIR) == 0 ? text : WellFormed.text(text);
    if ((need & ESCAPES) == 0) {
      json.writeString(shown);
    } else {
      json.setCharacterEscapes(LINE_SEPARATORS);
      json.writeString(shown);
      json.setCharacterEscapes(null);
    }
  }

  /**
   * Reads the rest of an object whose first field is {@code record}.
   *
   * @param json stands on the value of {@code record}
   * @param text the whole object
   * @param unknownFields gets the names that the schema does not know
   */
  static SocialRecord read(JsonParser json, String text, List<String> unknownFields)
      throws IOException, BadItemException {
    RecordSchema schema = schema(json.getText());
    Map<String, @Nullable Object> values = new HashMap<>(2 * schema.columns().size());
    String field;
    while ((field = json.nextFieldName()) != null) {
      json.nextToken();
      Column column = schema.column(field);
      if (column == null) {
        if (!field.equals(SCHEMA) || isNewer(json)) {
          unknownFields.add(field);
        }
        json.skipChildren();
      } else {
        values.put(field, value(json, column, unknownFields));
      }
    }
    if (!unknownFields.isEmpty() && values.get("raw") == null) {
      values.put("raw", text);
    }
    return record(schema, values);
  }

  private static boolean isNewer(JsonParser json) throws IOException {
    return json.currentToken() != JsonToken.VALUE_NUMBER_INT
        || json.getNumberType() != JsonParser.NumberType.INT
        || json.getIntValue() > RecordSchema.VERSION;
  }

  /**
   * Refuses to write beside a record of a newer schema than this library knows.
   *
   * @param item a record in whose {@code schema} something unknown was found
   * @throws io.github.sparkpysocial.StoreException if it is newer
   */
  static void requireKnownVersion(Item item, String place) throws IOException {
    try (JsonParser json = FACTORY.createParser(item.raw())) {
      json.nextToken();
      String field;
      while ((field = json.nextFieldName()) != null) {
        json.nextToken();
        if (field.equals(SCHEMA)) {
          SchemaVersion.isOlder(place, json.getValueAsInt());
        }
        json.skipChildren();
      }
    }
  }

  /** Returns the schema of the kind with this name. */
  static RecordSchema schema(String wireName) throws BadItemException {
    try {
      return RecordSchema.of(RecordKind.ofWireName(wireName));
    } catch (IllegalArgumentException e) {
      throw new BadItemException(
          "record",
          "is no kind of record; known are post, account, repository, event, group, interaction,"
              + " tombstone");
    }
  }

  /** Makes a record, turning every complaint into one that names the column and no value. */
  static SocialRecord record(RecordSchema schema, Map<String, @Nullable Object> values)
      throws BadItemException {
    Object id = values.get("id");
    String suspicion = id instanceof String text ? RoundedIds.suspicion(text) : null;
    if (suspicion != null) {
      throw new BadItemException("id", suspicion);
    }
    try {
      return schema.record(values);
    } catch (IllegalArgumentException | ArithmeticException e) {
      String message = String.valueOf(e.getMessage());
      if (message.startsWith("A network's name")) {
        throw new BadItemException("network", "must be a lower-case word such as x or github");
      }
      Matcher column = COLUMN_IN_MESSAGE.matcher(message);
      throw new BadItemException(column.find() ? column.group(1) : null, message);
    }
  }

  /** Reads a list as it stands in a cell of a table. */
  static @Nullable Object list(String text, Column column, List<String> unknownFields)
      throws BadItemException {
    try (JsonParser json = FACTORY.createParser(text)) {
      json.nextToken();
      Object value = value(json, column, unknownFields);
      if (json.nextToken() != null) {
        throw new BadItemException(column.name(), "must be one JSON array");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new BadItemException(column.name(), "must be a JSON array, and is no valid JSON");
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }

  private static @Nullable Object value(JsonParser json, Column column, List<String> unknownFields)
      throws IOException, BadItemException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    switch (column.type()) {
      case STRING -> {
        expect(token == JsonToken.VALUE_STRING, column, "a text");
        return json.getText();
      }
      case LONG -> {
        expect(
            token == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER,
            column,
            "a whole number of at most 64 bits");
        return json.getLongValue();
      }
      case DOUBLE -> {
        expect(
            token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT,
            column,
            "a number");
        return json.getDoubleValue();
      }
      case BOOLEAN -> {
        expect(
            token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE,
            column,
            "true or false");
        return json.getBooleanValue();
      }
      case TIMESTAMP -> {
        expect(token == JsonToken.VALUE_STRING, column, "an ISO-8601 time");
        return instant(json.getText(), column);
      }
      case STRING_LIST -> {
        expect(token == JsonToken.START_ARRAY, column, "an array of texts");
        List<String> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          expect(json.currentToken() == JsonToken.VALUE_STRING, column, "an array of texts");
          list.add(json.getText());
        }
        return list;
      }
      case STRUCT_LIST -> {
        expect(token == JsonToken.START_ARRAY, column, "an array of objects");
        List<Map<String, @Nullable Object>> list = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          expect(json.currentToken() == JsonToken.START_OBJECT, column, "an array of objects");
          list.add(struct(json, column, unknownFields));
        }
        return list;
      }
    }
    throw new IllegalStateException("No reader for columns of type " + column.type());
  }

  private static Map<String, @Nullable Object> struct(
      JsonParser json, Column column, List<String> unknownFields)
      throws IOException, BadItemException {
    Map<String, @Nullable Object> struct = new LinkedHashMap<>();
    String name;
    while ((name = json.nextFieldName()) != null) {
      json.nextToken();
      Column field = null;
      for (Column candidate : column.fields()) {
        if (candidate.name().equals(name)) {
          field = candidate;
        }
      }
      if (field == null) {
        unknownFields.add(column.name() + '.' + name);
        json.skipChildren();
      } else {
        struct.put(name, value(json, field, unknownFields));
      }
    }
    return struct;
  }

  /** Reads a time as this library writes it. */
  static Instant instant(String text, Column column) throws BadItemException {
    Instant usual = UtcTimes.parse(text);
    if (usual != null) {
      return usual;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new BadItemException(
          column.name(), "must be an ISO-8601 time in UTC such as 2026-11-01T12:00:00Z");
    }
  }

  private static void expect(boolean holds, Column column, String expected)
      throws BadItemException {
    if (!holds) {
      throw new BadItemException(column.name(), "must be " + expected);
    }
  }

  /**
   * Writes U+0085, U+2028 and U+2029 as escapes: they are legal in JSON, but many tools end a line
   * there.
   */
  private static final class LineSeparatorEscapes extends CharacterEscapes {
    private static final long serialVersionUID = 1L;
    private static final SerializedString NEXT_LINE = new SerializedString("\\u0085");
    private static final SerializedString LINE = new SerializedString("\\u2028");
    private static final SerializedString PARAGRAPH = new SerializedString("\\u2029");

    @Override
    public int[] getEscapeCodesForAscii() {
      return CharacterEscapes.standardAsciiEscapesForJSON();
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int character) {
      return switch (character) {
        case 0x85 -> NEXT_LINE;
        case 0x2028 -> LINE;
        case 0x2029 -> PARAGRAPH;
        default -> null;
      };
    }
  }
}
