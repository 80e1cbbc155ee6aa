package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.StoreException;
import java.sql.SQLException;

/**
 * Says what a driver's exception means. A driver quotes rows and sometimes passwords, so neither
 * its message nor the exception itself is passed on, but its codes and where it was thrown.
 */
record JdbcFailures(JdbcAddress address) {

  SocialException of(SQLException e) {
    Dialect dialect = address.dialect();
    String state = String.valueOf(e.getSQLState());
    SQLException cause = withoutContent(e);
    if (state.startsWith("28")) {
      return new AuthenticationException(
          dialect.product() + " refused the user or password of " + address, cause);
    }
    String known = dialect.explain(e);
    if (known == null && state.startsWith("08")) {
      known = "is not reached; is the server running, and are host and port right?";
    }
    if (known == null) {
      known =
          switch (state) {
            case "42501", "42000" -> "is not allowed to this user, or not to be had";
            case "3D000" -> "names a database that is not there";
            case "3F000", "90079" -> "names a schema that is not there";
            case "42P10" -> "has no primary key on " + Layout.KEY + ", which a write needs";
            case "53100" -> "has no room left on its disk";
            case "53300" -> "has no connection left; close other clients";
            default -> "failed";
          };
    }
    return new StoreException(
        dialect.product()
            + " table "
            + address
            + " "
            + known
            + " (SQLSTATE "
            + state
            + ", error "
            + e.getErrorCode()
            + ")",
        cause);
  }

  private static SQLException withoutContent(SQLException e) {
    SQLException cause =
        new SQLException(
            "The message of " + e.getClass().getName() + " is left out, since it may hold content",
            e.getSQLState(),
            e.getErrorCode());
    cause.setStackTrace(e.getStackTrace());
    return cause;
  }
}
