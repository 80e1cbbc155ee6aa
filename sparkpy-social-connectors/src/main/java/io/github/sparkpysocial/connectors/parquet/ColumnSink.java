package io.github.sparkpysocial.connectors.parquet;

import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import io.github.sparkpysocial.spi.WellFormed;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of one column. A Parquet file knows nothing but leaves: each value has a
 * repetition level (0 begins a row, 1 goes on with its list) and a definition level (how much of
 * the path to it is there). With one level of lists both are plain to see, and are written here
 * without the detour over a record's structure.
 */
abstract class ColumnSink {
  private static final int NO_LIST = 0;
  private static final int EMPTY_LIST = 1;
  private static final int ELEMENT = 2;
  private static final int FIELD_OF_ELEMENT = 3;

  /** Writes the value of the next row. */
  abstract void write(@Nullable Object value);

  /** Writes the values of the next rows. */
  final void write(@Nullable Object[][] rows, int count, int column) {
    for (int row = 0; row < count; row++) {
      write(rows[row][column]);
    }
  }

  /** Returns the sinks of {@link TableLayout#SCHEMA}, in the order of a row. */
  static ColumnSink[] of(ColumnWriteStore store) {
    MessageType schema = TableLayout.SCHEMA;
    ColumnSink[] sinks = new ColumnSink[TableLayout.WIDTH];
    for (int i = 0; i < sinks.length; i++) {
      List<ColumnWriter> leaves = new ArrayList<>();
      List<ColumnDescriptor> descriptors = new ArrayList<>();
      for (ColumnDescriptor leaf : schema.getColumns()) {
        if (leaf.getPath()[0].equals(schema.getFieldName(i))) {
          descriptors.add(leaf);
          leaves.add(store.getColumnWriter(leaf));
        }
      }
      Column column = i < TableLayout.FIRST ? null : TableLayout.COLUMNS.get(i - TableLayout.FIRST);
      if (column == null || column.fields().isEmpty()) {
        sinks[i] =
            column != null && column.type() == ColumnType.STRING_LIST
                ? new Texts(leaves.get(0))
                : new Scalar(leaves.get(0), descriptors.get(0).getMaxDefinitionLevel());
      } else {
        sinks[i] = new Structs(column.fields(), leaves);
      }
    }
    return sinks;
  }

  static void put(ColumnWriter leaf, Object value, int repetition, int definition) {
    if (value instanceof byte[] text) {
      leaf.write(Binary.fromConstantByteArray(text), repetition, definition);
    } else if (value instanceof String text) {
      leaf.write(Binary.fromConstantByteArray(utf8(text)), repetition, definition);
    } else if (value instanceof Long number) {
      leaf.write(number.longValue(), repetition, definition);
    } else if (value instanceof Instant time) {
      leaf.write(Micros.of(time), repetition, definition);
    } else if (value instanceof Double number) {
      leaf.write(number.doubleValue(), repetition, definition);
    } else if (value instanceof Boolean flag) {
      leaf.write(flag.booleanValue(), repetition, definition);
    } else {
      throw new IllegalStateException("No schema has values of " + value.getClass());
    }
  }

  /**
   * Returns a text as files have it. Half a character is encoded as a question mark, so that few
   * texts must be looked through.
   */
  static byte[] utf8(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (byte each : bytes) {
      if (each == '?') {
        String wellFormed = WellFormed.text(text);
        return wellFormed.equals(text) ? bytes : wellFormed.getBytes(StandardCharsets.UTF_8);
      }
    }
    return bytes;
  }

  private static final class Scalar extends ColumnSink {
    private final ColumnWriter leaf;
    private final int definition;

    Scalar(ColumnWriter leaf, int definition) {
      this.leaf = leaf;
      this.definition = definition;
    }

    @Override
    void write(@Nullable Object value) {
      if (value == null) {
        leaf.writeNull(0, 0);
      } else {
        put(leaf, value, 0, definition);
      }
    }
  }

  private static final class Texts extends ColumnSink {
    private final ColumnWriter leaf;

    Texts(ColumnWriter leaf) {
      this.leaf = leaf;
    }

    @Override
    void write(@Nullable Object value) {
      if (!(value instanceof List<?> list) || list.isEmpty()) {
        leaf.writeNull(0, value == null ? NO_LIST : EMPTY_LIST);
        return;
      }
      int repetition = 0;
      for (Object element : list) {
        put(leaf, element, repetition, ELEMENT);
        repetition = 1;
      }
    }
  }

  private static final class Structs extends ColumnSink {
    private final List<Column> fields;
    private final List<ColumnWriter> leaves;

    Structs(List<Column> fields, List<ColumnWriter> leaves) {
      this.fields = fields;
      this.leaves = leaves;
    }

    @Override
    void write(@Nullable Object value) {
      if (!(value instanceof List<?> list) || list.isEmpty()) {
        for (ColumnWriter leaf : leaves) {
          leaf.writeNull(0, value == null ? NO_LIST : EMPTY_LIST);
        }
        return;
      }
      int repetition = 0;
      for (Object element : list) {
        Map<?, ?> struct = (Map<?, ?>) element;
        for (int i = 0; i < leaves.size(); i++) {
          Object field = struct.get(fields.get(i).name());
          if (field == null) {
            leaves.get(i).writeNull(repetition, ELEMENT);
          } else {
            int definition = fields.get(i).required() ? ELEMENT : FIELD_OF_ELEMENT;
            put(leaves.get(i), field, repetition, definition);
          }
        }
        repetition = 1;
      }
    }
  }
}
