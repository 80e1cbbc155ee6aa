package io.github.sparkpysocial.connectors.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
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
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text as a tree that remembers where each object stood, so that the text of one item can be
 * kept character by character.
 */
public final class JsonDocument {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** How much more memory a tree takes than its text. */
  private static final int TREE_TO_TEXT = 4;

  private final @Nullable String text;
  private final byte[] bytes;
  private final JsonNode root;

  private JsonDocument(String text) throws IOException {
    this.text = text;
    this.bytes = new byte[0];
    try (JsonParser parser = FACTORY.createParser(text)) {
      root = whole(parser);
    }
  }

  private JsonDocument(byte[] utf8) throws IOException {
    this.text = null;
    this.bytes = utf8;
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      root = whole(parser);
    }
  }

  private JsonNode whole(JsonParser parser) throws IOException {
    return parser.nextToken() == null ? NODES.missingNode() : read(parser);
  }

  /** An object that remembers where it stood. */
  @SuppressWarnings("unchecked") // of Jackson's own deepCopy
  private static final class Spanned extends ObjectNode {
    private static final long serialVersionUID = 1L;

    private final transient JsonDocument document;
    private final int start;
    private int end;

    Spanned(JsonDocument document, int start) {
      super(NODES);
      this.document = document;
      this.start = start;
    }
  }

  /**
   * Reads the body of an answer.
   *
   * @throws TransportException if it is no JSON; the message never holds the body
   */
  public static JsonDocument of(HttpResponse response) {
    try {
      return read(response);
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

  /** Reads bytes, which is faster; text if they are not UTF-8 in every place. */
  private static JsonDocument read(HttpResponse response) throws IOException {
    try {
      return new JsonDocument(response.bytes());
    } catch (IOException broken) {
      return new JsonDocument(response.text());
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

  /** Returns about how many bytes of memory it takes. */
  public long size() {
    return (text == null ? bytes.length : text.length()) * (1L + TREE_TO_TEXT);
  }

  /** Returns the text of an object of this document as it was received. */
  public String raw(JsonNode object) {
    if (!(object instanceof Spanned spanned) || spanned.document != this) {
      throw new IllegalArgumentException("Not an object of this document");
    }
    return text == null
        ? new String(bytes, spanned.start, spanned.end - spanned.start, StandardCharsets.UTF_8)
        : text.substring(spanned.start, spanned.end);
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
    Spanned object = new Spanned(this, offset(parser.currentTokenLocation()));
    String name;
    while ((name = parser.nextFieldName()) != null) {
      parser.nextToken();
      object.set(name, read(parser));
    }
    object.end = offset(parser.currentLocation());
    return object;
  }

  private int offset(JsonLocation location) throws IOException {
    long offset = text == null ? location.getByteOffset() : location.getCharOffset();
    if (offset < 0) {
      throw new IOException("The bytes are not UTF-8");
    }
    return (int) offset;
  }
}
