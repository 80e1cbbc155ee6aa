package io.github.sparkpysocial.connectors.mongodb;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.WellFormed;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A record that is to be written.
 *
 * @param values in the order of its schema
 * @param id of its document
 * @param counterpart the id of what stands against it: the tombstone that would keep it away, or
 *     what a tombstone removes
 * @param content its fingerprint
 */
record Wanted(
    SocialRecord record,
    List<@Nullable Object> values,
    String id,
    String counterpart,
    String content) {

  static Wanted of(SocialRecord record, boolean keepRaw) {
    RecordSchema schema = RecordSchema.of(record.recordKind());
    List<@Nullable Object> values = schema.values(record);
    String counterpart =
        record instanceof Tombstone tombstone
            ? tombstone.target().toString()
            : record.network().name()
                + '/'
                + RecordKind.TOMBSTONE.wireName()
                + '/'
                + record.recordKind().wireName()
                + '/'
                + record.id();
    return new Wanted(
        record,
        values,
        MongoDocuments.id(record),
        WellFormed.text(counterpart),
        Fingerprint.ofContent(schema, values, keepRaw).toString());
  }

  RecordSchema schema() {
    return RecordSchema.of(record.recordKind());
  }

  Document document(boolean keepRaw) {
    return MongoDocuments.write(id, schema(), values, content, keepRaw);
  }

  /** Returns about how many characters it has. */
  long characters() {
    long characters = 0;
    for (Object value : values) {
      characters += value instanceof String text ? text.length() : Long.BYTES;
    }
    return characters;
  }
}
