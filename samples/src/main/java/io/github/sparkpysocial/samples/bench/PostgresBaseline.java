package io.github.sparkpysocial.samples.bench;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies all rows into a temporary table, and from there into a table with the columns of a post
 * and a primary key, in one transaction: the usual way to load much into PostgreSQL more than once.
 */
final class PostgresBaseline implements BulkBaseline {
  private static final int FLUSH_AT = 1 << 16;

  private final List<Column> columns = RecordSchema.of(RecordKind.POST).columns();

  @Override
  public String name() {
    return "pgjdbc: COPY into a temporary table, INSERT ON CONFLICT, Jackson streaming";
  }

  @Override
  public String target(String name) {
    return PostgresServer.shared().uri(name);
  }

  @Override
  public long load(Path jsonLines, String targetUri) throws Exception {
    String table = table(targetUri);
    String types =
        columns.stream()
            .map(column -> column.name() + ' ' + type(column))
            .collect(Collectors.joining(", "));
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    String updates =
        columns.stream()
            .map(column -> column.name() + " = excluded." + column.name())
            .collect(Collectors.joining(", "));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute(
          "CREATE TABLE " + table + " (record_key text COLLATE \"C\" PRIMARY KEY, " + types + ")");
      statement.execute("CREATE TEMPORARY TABLE loaded (LIKE " + table + ") ON COMMIT DROP");
      copy(connection, jsonLines, names);
      long records =
          statement.executeLargeUpdate(
              "INSERT INTO "
                  + table
                  + " SELECT * FROM loaded ON CONFLICT (record_key) DO UPDATE SET "
                  + updates);
      connection.commit();
      return records;
    }
  }

  private void copy(Connection connection, Path jsonLines, String names)
      throws SQLException, IOException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY loaded (record_key, " + names + ") FROM STDIN");
    List<String> fields = columns.stream().map(Column::name).toList();
    int network = fields.indexOf("network");
    int record = fields.indexOf("record");
    int id = fields.indexOf("id");
    StringBuilder lines = new StringBuilder();
    try (JsonRows rows = new JsonRows(jsonLines, fields)) {
      for (Object[] row = rows.next(); row != null; row = rows.next()) {
        append(lines, row[network] + "/" + row[record] + "/" + row[id]);
        for (Object value : row) {
          lines.append('\t');
          append(lines, value);
        }
        lines.append('\n');
        if (lines.length() >= FLUSH_AT) {
          flush(copy, lines);
        }
      }
    }
    flush(copy, lines);
    copy.endCopy();
  }

  private static void append(StringBuilder line, @Nullable Object value) {
    if (value == null) {
      line.append("\\N");
    } else if (value instanceof String text) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '\\' -> line.append("\\\\");
          case '\n' -> line.append("\\n");
          case '\r' -> line.append("\\r");
          case '\t' -> line.append("\\t");
          default -> line.append(c);
        }
      }
    } else {
      line.append(value);
    }
  }

  private static void flush(CopyIn copy, StringBuilder lines) throws SQLException {
    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    lines.setLength(0);
  }

  private static String type(Column column) {
    return switch (column.type()) {
      case LONG -> "bigint";
      case DOUBLE -> "double precision";
      case BOOLEAN -> "boolean";
      case TIMESTAMP -> "timestamptz";
      case STRING, STRING_LIST, STRUCT_LIST -> "text";
    };
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(PostgresServer.shared().url());
  }

  private static String table(String targetUri) {
    return targetUri.substring(targetUri.indexOf("::") + 2);
  }

  @Override
  public void remove(String targetUri) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE IF EXISTS " + table(targetUri));
    }
  }

  /** The server ends with this process. */
  @Override
  public void close() {}
}
