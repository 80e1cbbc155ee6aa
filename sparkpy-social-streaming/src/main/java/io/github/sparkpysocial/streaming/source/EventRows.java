package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.streaming.journal.JournalEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Turns what is no record into rows of {@link SocialStreams#EVENTS}. */
final class EventRows {
  private final String[] columns;

  EventRows(StructType columns) {
    this.columns = columns.fieldNames();
  }

  /** Returns the row of an entry, or {@code null} if it is a record or a state. */
  @Nullable InternalRow row(JournalEntry entry) {
    if (entry.kind() == JournalEntry.Kind.RECORD || entry.kind() == JournalEntry.Kind.STATE) {
      return null;
    }
    StreamEvent event =
        entry.kind() == JournalEntry.Kind.LOST
            ? StreamEvent.said(entry.count() + " entries are lost; " + entry.text())
            : StreamEvent.parse(entry.payload());
    @Nullable Object[] row = new Object[columns.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = value(columns[i], entry, event);
    }
    return new GenericInternalRow(row);
  }

  private static @Nullable Object value(String column, JournalEntry entry, StreamEvent event) {
    return switch (column) {
      case "offset" -> entry.offset();
      case "at" -> micros(entry.at());
      case "event" -> UTF8String.fromString(entry.kind().name().toLowerCase(Locale.ROOT));
      case "hole_from" -> micros(event.from());
      case "hole_to" -> micros(event.to());
      case "reason" -> UTF8String.fromString(event.reason());
      case "place" -> UTF8String.fromString(event.place());
      case "field" -> UTF8String.fromString(event.field());
      case "raw" -> event.raw();
      default -> throw new IllegalArgumentException("Events have no column " + column);
    };
  }

  private static @Nullable Long micros(@Nullable Instant time) {
    return time == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
