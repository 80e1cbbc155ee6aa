package io.github.sparkpysocial.samples.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON Lines as rows, read the way somebody reads them by hand, for baselines of tables. */
final class JsonRows implements Closeable {
  private static final JsonFactory JSON = new JsonFactory();

  private final InputStream in;
  private final JsonParser json;
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * Opens a file.
   *
   * @param columns the names of the fields to read; others are passed over
   */
  JsonRows(Path file, List<String> columns) throws IOException {
    in = Files.newInputStream(file);
    json = JSON.createParser(in);
    for (String column : columns) {
      positions.put(column, positions.size());
    }
  }

  /**
   * Returns the next row, in the order of the columns: texts and times as {@link String}, numbers
   * as {@link Long} and {@link Double}, {@link Boolean}, arrays as JSON text, {@code null} where
   * there is nothing; or {@code null} after the last.
   */
  @Nullable Object @Nullable [] next() throws IOException {
    if (json.nextToken() == null) {
      return null;
    }
    @Nullable Object[] row = new @Nullable Object[positions.size()];
    String field;
    while ((field = json.nextFieldName()) != null) {
      JsonToken token = json.nextToken();
      Integer position = positions.get(field);
      if (position == null) {
        json.skipChildren();
      } else {
        row[position] = value(token);
      }
    }
    return row;
  }

  private @Nullable Object value(JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case START_ARRAY, START_OBJECT -> {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(text)) {
          copy.copyCurrentStructure(json);
        }
        yield text.toString();
      }
      default -> null;
    };
  }

  @Override
  public void close() throws IOException {
    json.close();
    in.close();
  }
}
