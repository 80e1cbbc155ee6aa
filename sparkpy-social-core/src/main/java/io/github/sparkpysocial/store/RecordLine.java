package io.github.sparkpysocial.store;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.github.sparkpysocial.model.SocialRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;

/**
 * A record as one JSON object, spelled as in a line of a JSON Lines file: what logs and queues
 * carry. {@code docs/schema.md} has the fields.
 */
public final class RecordLine {
  private RecordLine() {}

  /** Returns the record as JSON in UTF-8, without a line feed. Equal records give equal bytes. */
  public static byte[] of(SocialRecord record) {
    LineEncoder encoder = new LineEncoder();
    encoder.add(record, true);
    encoder.truncate(encoder.size() - 1);
    return encoder.toArray();
  }

  /**
   * Reads a record. Fields that the schema does not know are kept in the raw JSON.
   *
   * @param json one object in UTF-8 whose first field is {@code record}
   * @throws IllegalArgumentException if it is none; the message says why, and holds no content
   */
  public static SocialRecord parse(byte[] json) {
    try {
      return parse(new Utf8().decode(json));
    } catch (BadItemException e) {
      String field = e.field();
      throw new IllegalArgumentException(
          "The record" + (field == null ? " " : "'s field '" + field + "' ") + e.reason(), e);
    }
  }

  private static SocialRecord parse(String text) throws BadItemException {
    try (JsonParser parser = RecordJson.FACTORY.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT
          || !"record".equals(parser.nextFieldName())
          || parser.nextToken() != JsonToken.VALUE_STRING) {
        throw new BadItemException(null, "is no JSON object that begins with the field 'record'");
      }
      SocialRecord record = RecordJson.read(parser, text, new ArrayList<>());
      if (parser.nextToken() != null) {
        throw new BadItemException(null, "is followed by something else");
      }
      return record;
    } catch (JsonProcessingException e) {
      throw new BadItemException(null, "is not valid JSON");
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
  }
}
