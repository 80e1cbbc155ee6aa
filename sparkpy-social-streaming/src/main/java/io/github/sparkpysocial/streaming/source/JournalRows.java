package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.ml.frame.InternalRows;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.streaming.journal.JournalCursor;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalPosition;
import io.github.sparkpysocial.streaming.journal.JournalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a part of a journal as rows, in one task. */
final class JournalRows implements PartitionReader<InternalRow> {
  /** Fewer are not worth another task. */
  private static final long ENTRIES_A_TASK = 10_000;

  private final JournalCursor cursor;
  private final Set<RecordKind> kinds;
  private final @Nullable InternalRows records;
  private final @Nullable EventRows events;
  private @Nullable InternalRow row;

  private JournalRows(Part part, Factory factory) {
    this.cursor = JournalReader.of(Path.of(part.directory())).read(part.from(), part.to());
    this.kinds = factory.kinds();
    boolean wantsRecords = factory.rows() == StreamOptions.Rows.RECORDS;
    this.records = wantsRecords ? InternalRows.of(factory.columns()) : null;
    this.events = wantsRecords ? null : new EventRows(factory.columns());
  }

  /** Returns the parts of a journal that are read at once, by several tasks if it is much. */
  static InputPartition[] split(JournalReader reader, JournalPosition from, JournalPosition to) {
    List<InputPartition> parts = new ArrayList<>();
    String directory = reader.directory().toString();
    JournalPosition at = from;
    while (to.offset() - at.offset() > ENTRIES_A_TASK * 3 / 2) {
      JournalPosition next = reader.advance(at, to, ENTRIES_A_TASK);
      parts.add(new Part(directory, at, next));
      at = next;
    }
    if (to.offset() > at.offset()) {
      parts.add(new Part(directory, at, to));
    }
    return parts.toArray(InputPartition[]::new);
  }

  @Override
  public boolean next() {
    while (cursor.hasNext()) {
      row = row(cursor.next());
      if (row != null) {
        return true;
      }
    }
    return false;
  }

  private @Nullable InternalRow row(JournalEntry entry) {
    if (records == null) {
      return events == null ? null : events.row(entry);
    }
    if (entry.kind() != JournalEntry.Kind.RECORD) {
      return null;
    }
    SocialRecord record = RecordLine.parse(entry.payload());
    return kinds.contains(record.recordKind()) ? records.row(record) : null;
  }

  @Override
  public InternalRow get() {
    return Objects.requireNonNull(row, "get() comes after next()");
  }

  @Override
  public void close() {
    cursor.close();
  }

  /** What one task reads. */
  private record Part(String directory, JournalPosition from, JournalPosition to)
      implements InputPartition {}

  /** Makes readers on the executors. */
  record Factory(StructType columns, Set<RecordKind> kinds, StreamOptions.Rows rows)
      implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new JournalRows((Part) partition, this);
    }
  }
}
