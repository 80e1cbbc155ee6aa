package io.github.sparkpysocial.spi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Takes fields out of a JSON object, each with its very characters.
 *
 * @param rest the object without them
 * @param taken from the name of each to an object that holds it alone
 */
record RawFields(String rest, Map<String, String> taken) {
  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * Takes these fields out of an object.
   *
   * @throws IllegalArgumentException if it is no JSON object
   */
  static RawFields take(String json, Set<String> names) {
    StringBuilder rest = new StringBuilder("{");
    Map<String, String> taken = new LinkedHashMap<>();
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      String name;
      while ((name = parser.nextFieldName()) != null) {
        int start = (int) parser.currentTokenLocation().getCharOffset();
        parser.nextToken();
        parser.skipChildren();
        parser.finishToken();
        String field = json.substring(start, (int) parser.currentLocation().getCharOffset());
        if (names.contains(name)) {
          taken.put(name, "{" + field.strip() + "}");
        } else {
          rest.append(rest.length() > 1 ? "," : "").append(field.strip());
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("is not valid JSON", e);
    }
    return new RawFields(rest.append('}').toString(), taken);
  }
}
