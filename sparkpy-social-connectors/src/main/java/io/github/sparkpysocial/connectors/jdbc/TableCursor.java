package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.Quarantine;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads a table of this library. Its keys are unique, and its tombstones were carried out. */
final class TableCursor extends JdbcCursor {
  private final Select select;
  private final RowReader reader;

  TableCursor(
      Connections connections,
      Dialect dialect,
      JdbcFailures failures,
      Quarantine quarantine,
      Select select) {
    super(connections, dialect, failures, quarantine);
    this.select = select;
    this.reader = new RowReader(dialect, select.columns(), select.projection());
    open(select.rows(), statement -> select.bind(statement));
  }

  @Override
  @Nullable SocialRecord record(ResultSet row) throws SQLException {
    SocialRecord record = reader.read(row);
    return select.passes(record.id()) ? record : null;
  }

  @Override
  String raw(ResultSet row) throws SQLException {
    // Kind, network and id are the first columns of every query.
    return row.getString(2) + '/' + row.getString(1) + '/' + row.getString(3);
  }
}
