package io.github.sparkpysocial.connectors.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.http.HttpResponse;
import java.io.IOException;
import java.util.IdentityHashMap;

/**
 * A JSON text as a tree that remembers where each object stood, so that the text of one item can be
 * kept character by character.
 */
public final class JsonDocument {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String text;
  private final IdentityHashMap<JsonNode, long[]> spans = new IdentityHashMap<>();
  private final JsonNode root;

  private JsonDocument(String text) throws IOException {
    this.text = text;
    try (JsonParser parser = FACTORY.createParser(text)) {
      root = parser.nextToken() == null ? NODES.missingNode() : read(parser);
    }
  }

  /**
   * Reads the body of an answer.
   *
   * @throws TransportException if it is no JSON; the message never holds the body
   */
  public static JsonDocument of(HttpResponse response) {
    try {
      return new JsonDocument(response.text());
    } catch (IOException e) {
      throw new TransportException(
          response.uri().getHost()
              + " answered "
              + response.status()
              + " with something that is no JSON"
              + (e instanceof JsonProcessingException broken && broken.getLocation() != null
                  ? ", at line "
                      + broken.getLocation().getLineNr()
                      + ", column "
                      + broken.getLocation().getColumnNr()
                  : ""));
    }
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException if it is no JSON
   */
  public static JsonDocument of(String text) {
    try {
      return new JsonDocument(text);
    } catch (IOException e) {
      throw new IllegalArgumentException("The text is no JSON", e);
    }
  }

  /** Returns the whole. */
  public JsonNode root() {
    return root;
  }

  /** Returns the text of an object of this document as it was received. */
  public String raw(JsonNode object) {
    long[] span = spans.get(object);
    if (span == null) {
      throw new IllegalArgumentException("Not an object of this document");
    }
    return text.substring((int) span[0], (int) span[1]);
  }

  private JsonNode read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case START_OBJECT -> readObject(parser);
      case START_ARRAY -> {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          array.add(read(parser));
        }
        yield array;
      }
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case VALUE_NUMBER_INT ->
          switch (parser.getNumberType()) {
            case INT, LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
          };
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      default -> throw new IOException("Unexpected token " + token);
    };
  }

  private ObjectNode readObject(JsonParser parser) throws IOException {
    long start = parser.currentTokenLocation().getCharOffset();
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      object.set(name, read(parser));
    }
    spans.put(object, new long[] {start, parser.currentLocation().getCharOffset()});
    return object;
  }
}
