package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.Rejected;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a query as the database sends them, on a connection of its own. */
abstract class JdbcCursor implements RecordCursor {
  private static final int FETCH_SIZE = 500;

  private final Connections connections;
  private final Dialect dialect;
  private final JdbcFailures failures;
  private final Quarantine quarantine;
  private @Nullable Connection connection;
  private @Nullable PreparedStatement statement;
  private @Nullable ResultSet rows;
  private @Nullable SocialRecord next;
  private long quarantined;

  JdbcCursor(
      Connections connections, Dialect dialect, JdbcFailures failures, Quarantine quarantine) {
    this.connections = connections;
    this.dialect = dialect;
    this.failures = failures;
    this.quarantine = quarantine;
  }

  /** Binds the parameters of a query that was prepared. */
  interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  /** Asks the database; called once. */
  final void open(String sql, Binder binder) {
    try {
      Connection own = connections.reading();
      connection = own;
      PreparedStatement query = own.prepareStatement(sql);
      statement = query;
      query.setFetchSize(FETCH_SIZE);
      binder.bind(query);
      rows = query.executeQuery();
    } catch (SQLException e) {
      end(false);
      throw failures.of(e);
    }
  }

  /**
   * Makes a record of the row that the result set is at, or {@code null} to pass it over.
   *
   * @throws IllegalArgumentException if it cannot be read; the message holds no content
   */
  abstract @Nullable SocialRecord record(ResultSet row) throws SQLException;

  /** Returns what a row that cannot be read is known by. */
  abstract String raw(ResultSet row) throws SQLException;

  @Override
  public final boolean hasNext() {
    ResultSet open = rows;
    try {
      while (next == null && open != null) {
        if (!open.next()) {
          end(true);
          return false;
        }
        take(open);
      }
      return next != null;
    } catch (SQLException e) {
      end(false);
      throw failures.of(e);
    }
  }

  private void take(ResultSet row) throws SQLException {
    try {
      next = record(row);
    } catch (IllegalArgumentException | DateTimeException e) {
      String reason =
          e instanceof DateTimeException
              ? "holds a time that is none"
              : String.valueOf(e.getMessage());
      quarantined++;
      quarantine.setAside(
          new Rejected(
              failures.address().toString(),
              0,
              null,
              reason,
              raw(row).getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Override
  public final SocialRecord next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("All records were read");
    }
    SocialRecord record = next;
    next = null;
    return record;
  }

  private void end(boolean exhausted) {
    Connection own = connection;
    PreparedStatement query = statement;
    connection = null;
    statement = null;
    rows = null;
    if (own == null) {
      return;
    }
    if (!exhausted && dialect.drainsOnClose()) {
      Connections.discard(own);
      return;
    }
    try {
      if (query != null) {
        query.close();
      }
      connections.giveBack(own);
    } catch (SQLException e) {
      Connections.discard(own);
    }
  }

  @Override
  public final long quarantined() {
    return quarantined;
  }

  @Override
  public long duplicates() {
    return 0;
  }

  @Override
  public Map<String, Long> unknownFields() {
    return Map.of();
  }

  @Override
  public final void close() {
    next = null;
    end(false);
  }
}
