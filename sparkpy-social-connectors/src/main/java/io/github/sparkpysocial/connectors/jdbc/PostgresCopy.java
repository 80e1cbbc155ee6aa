package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordSchema.Column;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows in the binary format of PostgreSQL's <a
 * href="https://www.postgresql.org/docs/current/sql-copy.html">COPY</a>, which the server stores
 * without parsing them.
 */
final class PostgresCopy {
  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };
  private static final int FLUSH_AT = 1 << 16;
  private static final long SECONDS_TO_2000 = 946_684_800;

  private final CopyIn copy;
  private byte[] bytes = new byte[FLUSH_AT * 2];
  private int size;

  private PostgresCopy(CopyIn copy) {
    this.copy = copy;
  }

  /** Adds rows whose keys are not there; one that is fails the transaction. */
  static void write(
      Connection connection, Dialect dialect, TableName table, Layout layout, List<Row> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY "
                    + dialect.quote(table)
                    + " ("
                    + dialect.quoted(layout.names())
                    + ") FROM STDIN (FORMAT binary)");
    try {
      new PostgresCopy(copy).write(layout, rows);
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private void write(Layout layout, List<Row> rows) throws SQLException {
    List<Column> columns = layout.columns();
    add(SIGNATURE);
    for (Row row : rows) {
      int[] sources = layout.sources(row.kind());
      number(columns.size(), Short.BYTES);
      for (int source : sources) {
        field(source < 0 ? null : row.values()[source]);
      }
      if (size >= FLUSH_AT) {
        flush();
      }
    }
    number(-1, Short.BYTES);
    flush();
    copy.endCopy();
  }

  private void field(@Nullable Object value) {
    if (value == null) {
      number(-1, Integer.BYTES);
    } else if (value instanceof String text) {
      text(text);
    } else if (value instanceof Boolean flag) {
      number(1, Integer.BYTES);
      number(flag ? 1 : 0, 1);
    } else if (value instanceof Instant time) {
      number(Long.BYTES, Integer.BYTES);
      number(
          Math.multiplyExact(time.getEpochSecond() - SECONDS_TO_2000, 1_000_000L)
              + time.getNano() / 1_000,
          Long.BYTES);
    } else {
      number(Long.BYTES, Integer.BYTES);
      number(
          value instanceof Double real ? Double.doubleToRawLongBits(real) : (Long) value,
          Long.BYTES);
    }
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(utf8.length, Integer.BYTES);
    add(utf8);
  }

  private void number(long number, int length) {
    reserve(length);
    for (int shift = 8 * (length - 1); shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (number >>> shift);
    }
  }

  private void add(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  private void flush() throws SQLException {
    copy.writeToCopy(bytes, 0, size);
    size = 0;
  }
}
