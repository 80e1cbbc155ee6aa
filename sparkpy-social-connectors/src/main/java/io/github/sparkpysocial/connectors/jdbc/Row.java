package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.WellFormed;
import io.github.sparkpysocial.store.ListColumns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A record as the values of a table's row. */
final class Row {
  private final SocialRecord record;
  private final @Nullable Object[] values;
  private final long characters;

  private Row(SocialRecord record, @Nullable Object[] values, long characters) {
    this.record = record;
    this.values = values;
    this.characters = characters;
  }

  /**
   * Makes a row.
   *
   * @param precision of the database's times; what is finer is cut off
   */
  static Row of(SocialRecord record, boolean keepRaw, ChronoUnit precision) {
    RecordSchema schema = RecordSchema.of(record.recordKind());
    List<Column> columns = schema.columns();
    List<@Nullable Object> unknown = schema.values(record);
    @Nullable Object[] values = new @Nullable Object[2 + columns.size()];
    values[0] = text(record.key());
    values[1] = Fingerprint.ofContent(schema, unknown, keepRaw).toString();
    long characters = 0;
    for (int i = 0; i < columns.size(); i++) {
      Object value = cell(unknown.get(i), precision);
      if (!keepRaw && columns.get(i).name().equals("raw")) {
        value = null;
      }
      characters += value instanceof String text ? text.length() : 8;
      values[2 + i] = value;
    }
    return new Row(record, values, characters);
  }

  private static @Nullable Object cell(@Nullable Object value, ChronoUnit precision) {
    if (value instanceof String text) {
      return WellFormed.text(text);
    }
    if (value instanceof List<?> list) {
      return list.isEmpty() ? null : WellFormed.text(ListColumns.toJson(list));
    }
    return value instanceof Instant time ? time.truncatedTo(precision) : value;
  }

  /** Returns a key as the column of keys has it. */
  static String text(RecordKey key) {
    return WellFormed.text(key.toString());
  }

  SocialRecord record() {
    return record;
  }

  RecordKind kind() {
    return record.recordKind();
  }

  String key() {
    return (String) Objects.requireNonNull(values[0]);
  }

  String content() {
    return (String) Objects.requireNonNull(values[1]);
  }

  /** Returns the key of the tombstone that would keep this record away; its own for a tombstone. */
  String tombstone() {
    return record instanceof Tombstone
        ? key()
        : record.network().name()
            + '/'
            + RecordKind.TOMBSTONE.wireName()
            + '/'
            + record.recordKind().wireName()
            + '/'
            + WellFormed.text(record.id());
  }

  /** Returns the key of the record that this tombstone removes, or {@code null}. */
  @Nullable String target() {
    return record instanceof Tombstone tombstone ? text(tombstone.target()) : null;
  }

  /** Returns key, content, and the values in the order of the record's own schema. */
  @Nullable Object[] values() {
    return values;
  }

  /** Returns about how many characters the row has. */
  long characters() {
    return characters;
  }
}
