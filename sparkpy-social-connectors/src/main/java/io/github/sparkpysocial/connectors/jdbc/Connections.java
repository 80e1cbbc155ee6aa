package io.github.sparkpysocial.connectors.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one store: one that writes, and one for each cursor that is open, used again
 * by the next. A store belongs to one thread and rarely needs more than two, so there is no pool.
 */
final class Connections implements AutoCloseable {
  private final JdbcAddress address;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private @Nullable Connection writing;
  private boolean closed;

  Connections(JdbcAddress address) {
    this.address = address;
  }

  /** Returns the connection that writes, ready for a transaction. */
  Connection writing() throws SQLException {
    Connection connection = writing;
    if (connection == null || connection.isClosed()) {
      connection = open();
      address.dialect().prepareWriting(connection);
      writing = connection;
    }
    return connection;
  }

  /** Returns a connection to read with, to be given back. */
  Connection reading() throws SQLException {
    Connection connection = idle.poll();
    if (connection == null || connection.isClosed()) {
      connection = open();
      address.dialect().prepareReading(connection);
    }
    return connection;
  }

  private Connection open() throws SQLException {
    if (closed) {
      throw new IllegalStateException("The store " + address + " was closed");
    }
    return address.connect();
  }

  /** Takes back a connection that read to the end. */
  void giveBack(Connection connection) {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
      if (closed) {
        connection.close();
      } else {
        idle.push(connection);
      }
    } catch (SQLException e) {
      discard(connection);
    }
  }

  /** Drops a connection, whatever it is doing. */
  static void discard(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException | RuntimeException unusable) {
      // It is not used any more, whether it could be told so or not.
    }
  }

  /** Undoes what was written since the last commit. */
  void rollBack() {
    Connection connection = writing;
    if (connection != null) {
      try {
        address.dialect().rollBack(connection);
      } catch (SQLException e) {
        discard(connection);
        writing = null;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    Connection last = writing;
    writing = null;
    if (last != null) {
      idle.push(last);
    }
    while (!idle.isEmpty()) {
      Connection connection = idle.pop();
      try {
        if (!connection.getAutoCommit()) {
          connection.rollback();
        }
        connection.close();
      } catch (SQLException e) {
        discard(connection);
      }
    }
  }
}
