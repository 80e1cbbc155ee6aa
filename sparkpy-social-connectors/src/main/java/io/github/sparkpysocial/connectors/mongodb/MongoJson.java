package io.github.sparkpysocial.connectors.mongodb;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;

/**
 * Documents as the JSON that a network would have sent: what BSON has and JSON has not becomes a
 * plain text or number, so that readers of raw answers understand it, whichever tool stored it.
 */
final class MongoJson {
  private static final double EXACT_AS_DOUBLE = 1L << 53;

  private static final JsonWriterSettings PLAIN =
      JsonWriterSettings.builder()
          .outputMode(JsonMode.RELAXED)
          .dateTimeConverter((time, out) -> out.writeString(Instant.ofEpochMilli(time).toString()))
          .objectIdConverter((id, out) -> out.writeString(id.toHexString()))
          .decimal128Converter((number, out) -> writeDecimal(number, out))
          .doubleConverter((number, out) -> writeDouble(number, out))
          .binaryConverter(
              (binary, out) ->
                  out.writeString(Base64.getEncoder().encodeToString(binary.getData())))
          .undefinedConverter((none, out) -> out.writeNull())
          .symbolConverter((symbol, out) -> out.writeString(symbol))
          .build();

  private MongoJson() {}

  private static void writeDecimal(Decimal128 number, org.bson.json.StrictJsonWriter out) {
    if (number.isNaN() || number.isInfinite()) {
      out.writeString(number.toString());
    } else {
      out.writeNumber(plain(number));
    }
  }

  /** The shell of MongoDB stores every number as a double: 5 is not to come back as 5.0. */
  private static void writeDouble(double number, org.bson.json.StrictJsonWriter out) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      out.writeString(Double.toString(number));
    } else {
      out.writeNumber(plain(number));
    }
  }

  private static String plain(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) <= EXACT_AS_DOUBLE;
    return whole ? Long.toString((long) number) : Double.toString(number);
  }

  private static String plain(Decimal128 number) {
    if (number.equals(Decimal128.NEGATIVE_ZERO)) {
      return "0";
    }
    BigDecimal value = number.bigDecimalValue();
    return Math.abs(value.scale()) > 100 ? value.toString() : value.toPlainString();
  }

  /** Returns a document as JSON, without an id that only the database gave it. */
  static String of(Document document) {
    Document shown = document;
    if (!(document.get(MongoDocuments.ID) instanceof String)) {
      shown = new Document(document);
      shown.remove(MongoDocuments.ID);
    }
    return shown.toJson(PLAIN);
  }

  /** Returns a value as text, or {@code null} if it is a list, a document or nothing. */
  static @Nullable String text(@Nullable Object value) {
    if (value == null || value instanceof List<?> || value instanceof Document) {
      return null;
    }
    if (value instanceof Date time) {
      return time.toInstant().toString();
    }
    if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      return plain(number);
    }
    if (value instanceof Decimal128 number && !number.isNaN() && !number.isInfinite()) {
      return plain(number);
    }
    return value.toString();
  }
}
