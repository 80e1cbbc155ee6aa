package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** H2, in memory, in a file of this process, or on a server. */
final class H2Dialect extends Dialect {
  private static final int MAX_CHARACTERS = 1_048_576;
  private static final int IN_USE = 90020;
  private static final int LOCK_TIMEOUT = 50200;

  @Override
  String product() {
    return "H2";
  }

  @Override
  String driverClass() {
    return "org.h2.Driver";
  }

  @Override
  String artifact() {
    return "com.h2database:h2";
  }

  @Override
  String example() {
    return "jdbc:h2:./social::posts";
  }

  @Override
  String hash(String quotedKey) {
    return "ORA_HASH(" + quotedKey + ", 1073741823)";
  }

  @Override
  void prepareReading(Connection connection) throws SQLException {
    execute(connection, List.of("SET LAZY_QUERY_EXECUTION 1"));
  }

  @Override
  String type(ColumnType type) {
    return switch (type) {
      case LONG -> "BIGINT";
      case DOUBLE -> "DOUBLE PRECISION";
      case BOOLEAN -> "BOOLEAN";
      case TIMESTAMP -> "TIMESTAMP(9) WITH TIME ZONE";
      case STRING, STRING_LIST, STRUCT_LIST -> "CHARACTER VARYING";
    };
  }

  @Override
  @Nullable Refusal refusal(Row row) {
    Refusal refusal = super.refusal(row);
    return refusal != null || row.characters() <= MAX_CHARACTERS
        ? refusal
        : Refusal.ofLength(row, MAX_CHARACTERS, product());
  }

  @Override
  String upsert(TableName table, List<String> columns, String rows) {
    return "MERGE INTO "
        + quote(table)
        + " ("
        + quoted(columns)
        + ") KEY ("
        + quote(Layout.KEY)
        + ") "
        + rows;
  }

  @Override
  boolean isConflict(SQLException e) {
    return super.isConflict(e) || e.getErrorCode() == LOCK_TIMEOUT;
  }

  @Override
  @Nullable String explain(SQLException e) {
    return e.getErrorCode() == IN_USE
        ? "is open in another process; close it there, or run H2 as a server"
        : null;
  }
}
