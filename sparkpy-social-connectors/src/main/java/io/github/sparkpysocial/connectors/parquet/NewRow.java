package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.WellFormed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row that is to be written: a record, or that there is one no longer. */
final class NewRow {
  private final RecordKey key;
  private final long content;
  private final @Nullable Object[] values;
  private final long characters;

  private NewRow(RecordKey key, long content, @Nullable Object[] values, long characters) {
    this.key = key;
    this.content = content;
    this.values = values;
    this.characters = characters;
  }

  /**
   * Makes the row of a record.
   *
   * @param keepRaw whether it has its raw JSON
   * @return {@code null} if it has a time that Parquet cannot hold
   */
  static @Nullable NewRow of(SocialRecord record, boolean keepRaw) {
    RecordSchema schema = RecordSchema.of(record.recordKind());
    List<@Nullable Object> values = schema.values(record);
    Fingerprint content = Fingerprint.ofContent(schema, values, keepRaw);
    @Nullable Object[] row = new @Nullable Object[TableLayout.WIDTH];
    row[0] = WellFormed.text(record.key().toString());
    row[1] = content.toString();
    int[] positions = TableLayout.positions(record.recordKind());
    long characters = 0;
    for (int i = 0; i < positions.length; i++) {
      Object value = values.get(i);
      if (value instanceof Instant time && !Micros.holds(time)) {
        return null;
      }
      characters += value instanceof String text ? text.length() : Long.BYTES;
      row[positions[i]] = value instanceof String text ? ColumnSink.utf8(text) : value;
    }
    if (!keepRaw) {
      row[TableLayout.RAW] = null;
    }
    return new NewRow(record.key(), Keys.content(content), row, characters);
  }

  /** Makes the row that takes a record away. */
  static NewRow gone(RecordKey key) {
    @Nullable Object[] row = new @Nullable Object[TableLayout.WIDTH];
    row[0] = WellFormed.text(key.toString());
    row[1] = Overlay.NO_CONTENT;
    row[TableLayout.FIRST] = key.kind().wireName();
    row[TableLayout.FIRST + 1] = key.network().name();
    row[TableLayout.FIRST + 2] = key.id();
    return new NewRow(key, 0, row, 0);
  }

  RecordKey key() {
    return key;
  }

  /** Returns the content's fingerprint as an index keeps it. */
  long content() {
    return content;
  }

  /** Returns the values of all columns of {@link TableLayout}, texts in UTF-8. */
  @Nullable Object[] values() {
    return values;
  }

  /** Returns about how many characters of text the row has. */
  long characters() {
    return characters;
  }
}
