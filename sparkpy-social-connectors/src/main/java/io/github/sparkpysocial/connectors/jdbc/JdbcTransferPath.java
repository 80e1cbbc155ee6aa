package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.spi.TransferPath;
import org.jspecify.annotations.Nullable;

/**
 * The short way between two tables of one database: the rows never leave it. Serves when both URIs
 * have the same URL, the tables have the same columns and raw JSON is kept. Each part of the rows
 * is one transaction, tombstones first.
 */
public final class JdbcTransferPath implements TransferPath {

  /** Called by {@link java.util.ServiceLoader}. */
  public JdbcTransferPath() {}

  @Override
  public @Nullable Route route(Task task) {
    return task.from() instanceof JdbcStore from
            && task.to() instanceof JdbcStore to
            && task.options().keepRaw()
        ? from.routeTo(to, task.filter())
        : null;
  }
}
