package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.StoreProvider;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;

/**
 * Opens tables of SQL databases as stores, by the URL of the driver and the table after two colons:
 *
 * <ul>
 *   <li>{@code jdbc:postgresql://host:port/database::table}
 *   <li>{@code jdbc:mariadb://host:port/database::table}, and {@code jdbc:mysql:} by the same
 *       driver
 *   <li>{@code jdbc:sqlite:/path/of/file.db::table}
 *   <li>{@code jdbc:h2:/path/of/database::table}, {@code jdbc:h2:mem:name;DB_CLOSE_DELAY=-1::table}
 * </ul>
 *
 * <p>The user is {@code ?user=} ({@code ;USER=} with H2), as the driver has it; the password is
 * that of the environment variable {@code JDBC_PASSWORD}, with PostgreSQL also {@code PGPASSWORD},
 * unless the URL has one. A table of another schema is {@code ::schema.table}; a name with a dot in
 * it goes into double quotes.
 *
 * <p>A table keeps all kinds of record: {@code record_key}, the {@linkplain
 * io.github.sparkpysocial.model.RecordKey#toString() key}, is its primary key, {@code content} the
 * {@linkplain io.github.sparkpysocial.spi.Fingerprint fingerprint} by which a write tells what has
 * changed, and the other columns are {@linkplain
 * io.github.sparkpysocial.model.RecordSchema#union(java.util.Collection) those of all kinds}. Lists
 * are JSON texts. Times are UTC, to the microsecond in PostgreSQL and MariaDB, and lie between the
 * years 1 and 9999. A batch is one transaction, and writers of one table take turns. The version of
 * the schema is kept in the table {@code sparkpy_social_schema} beside it. A table that another
 * program made is {@linkplain io.github.sparkpysocial.spi.ForeignRecords read as posts} and never
 * written.
 */
public final class JdbcStoreProvider implements StoreProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public JdbcStoreProvider() {}

  @Override
  public String scheme() {
    return "jdbc";
  }

  @Override
  public RecordStore open(PlaceUri uri, StoreOptions options) {
    return JdbcStore.open(uri, options, System.getenv());
  }

  @Override
  public boolean isReadInParts(PlaceUri uri) {
    return !uri.location().startsWith("sqlite:"); // it has no hash of a text
  }
}
