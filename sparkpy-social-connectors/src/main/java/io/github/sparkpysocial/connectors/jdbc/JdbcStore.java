package io.github.sparkpysocial.connectors.jdbc;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.Batches;
import io.github.sparkpysocial.spi.ForeignRecords;
import io.github.sparkpysocial.spi.PartReader;
import io.github.sparkpysocial.spi.TransferPath;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A table of an SQL database as a store; see {@link JdbcStoreProvider}. */
final class JdbcStore implements RecordStore, PartReader {
  private final JdbcAddress address;
  private final Dialect dialect;
  private final StoreOptions options;
  private final Connections connections;
  private final JdbcFailures failures;
  private @Nullable FoundTable table;
  private @Nullable JdbcWriter writer;

  private JdbcStore(
      JdbcAddress address, StoreOptions options, Connections connections, JdbcFailures failures) {
    this.address = address;
    this.dialect = address.dialect();
    this.options = options;
    this.connections = connections;
    this.failures = failures;
  }

  /**
   * Connects, looks for the table and checks the version of its schema.
   *
   * @param environment where passwords are found that the URI has not
   */
  static JdbcStore open(PlaceUri uri, StoreOptions options, Map<String, String> environment) {
    JdbcAddress address = JdbcAddress.of(uri, environment);
    JdbcStore store =
        new JdbcStore(address, options, new Connections(address), new JdbcFailures(address));
    try {
      store.look();
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  /** Looks for the table, which another may have made meanwhile. */
  private @Nullable FoundTable look() {
    FoundTable written = writer == null ? null : writer.table();
    FoundTable known = written == null ? table : written;
    if (known != null) {
      return known;
    }
    FoundTable found =
        reading(
                connection -> {
                  FoundTable there = FoundTable.find(connection, dialect, address.table());
                  if (there != null && there.isOurs()) {
                    new SchemaTable(dialect, there.name(), address.toString()).check(connection);
                  }
                  return Optional.ofNullable(there);
                })
            .orElse(null);
    if (found != null && !found.isOurs()) {
      try {
        ForeignRecords.of(options).requireColumns(found.columns().keySet());
      } catch (IllegalArgumentException e) {
        throw new StoreException(address + " " + e.getMessage(), e);
      }
    }
    table = found;
    return found;
  }

  private interface Query<T> {
    T run(Connection connection) throws SQLException;
  }

  private <T> T reading(Query<T> query) {
    Connection connection = null;
    try {
      connection = connections.reading();
      T result = query.run(connection);
      connections.giveBack(connection);
      return result;
    } catch (SQLException e) {
      if (connection != null) {
        Connections.discard(connection);
      }
      throw failures.of(e);
    }
  }

  @Override
  public PlaceUri uri() {
    return address.uri();
  }

  @Override
  public String description() {
    return dialect.product() + " table " + address;
  }

  @Override
  public String explain(Filter filter, Projection projection) {
    FoundTable found = look();
    if (found == null) {
      return description() + " is not there yet: nothing to read";
    }
    if (!found.isOurs()) {
      return ForeignCursor.sql(dialect, found) + ", as posts, filtered here";
    }
    Select select = new Select(dialect, found, filter, projection);
    return select + (select.isWhole() ? "" : ", ids filtered here");
  }

  @Override
  public Set<StoreCapability> capabilities() {
    FoundTable found = table; // what is not ours never becomes so
    return found == null || found.isOurs()
        ? EnumSet.allOf(StoreCapability.class)
        : EnumSet.of(StoreCapability.READ, StoreCapability.RAW);
  }

  @Override
  public WriteSummary write(Iterator<? extends SocialRecord> records) {
    long refused = 0;
    JdbcWriter rows = writer();
    try (Batches<Row> batches = new Batches<>(options.batchSize(), rows::write)) {
      while (records.hasNext()) {
        Row row = Row.of(records.next(), options.keepRaw(), dialect.precision());
        Refusal refusal = dialect.refusal(row);
        if (refusal == null) {
          batches.add(row, row.characters());
        } else {
          setAside(row.record(), refusal);
          refused++;
        }
      }
      return batches.finish().plus(new WriteSummary(0, 0, 0, 0, refused));
    }
  }

  private JdbcWriter writer() {
    JdbcWriter known = writer;
    if (known != null) {
      return known;
    }
    FoundTable found = look();
    if (found != null && !found.isOurs()) {
      throw new UnsupportedCapabilityException(
          address
              + " does not claim WRITE: another program made the table, and it lacks the columns"
              + " that records need; name another table, which is then made");
    }
    TableName name = found == null ? address.table() : found.name();
    JdbcWriter made = new JdbcWriter(address, name, connections, failures);
    writer = made;
    return made;
  }

  private void setAside(SocialRecord record, Refusal refusal) {
    String raw = record.raw();
    options
        .quarantine()
        .setAside(
            new Rejected(
                address.toString(),
                0,
                refusal.field(),
                refusal.reason(),
                (raw == null ? Row.text(record.key()) : raw).getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public RecordCursor read(Filter filter) {
    return read(filter, Projection.ALL);
  }

  @Override
  public RecordCursor read(Filter filter, Projection projection) {
    return readPart(filter, projection, Part.WHOLE);
  }

  /** Tables of other tools, and of a database without a hash of texts, are in the first part. */
  @Override
  public RecordCursor readPart(Filter filter, Projection projection, Part part) {
    FoundTable found = look();
    String hash = dialect.hash(dialect.quote(Layout.KEY));
    boolean divided = found != null && found.isOurs() && hash != null;
    if (found == null || (part.index() > 0 && !divided)) {
      return new EmptyCursor();
    }
    if (found.isOurs()) {
      String condition =
          divided && part.count() > 1 ? hash + " % " + part.count() + " = " + part.index() : "";
      return new TableCursor(
          connections,
          dialect,
          failures,
          options.quarantine(),
          new Select(dialect, found, filter, projection, condition));
    }
    return projection.isAll()
        ? new ForeignCursor(
            connections,
            dialect,
            failures,
            options.quarantine(),
            found,
            ForeignRecords.of(options),
            filter)
        : RecordStore.super.read(filter, projection);
  }

  /** Returns the way from this table to another of the same database, or {@code null}. */
  TransferPath.@Nullable Route routeTo(JdbcStore to, Filter filter) {
    FoundTable source = look();
    FoundTable target = to.look();
    boolean together = address.url().equals(to.address.url());
    if (!together
        || source == null
        || !source.columns().keySet().containsAll(Layout.ALL.names())
        || (target != null && (!target.isOurs() || target.name().equals(source.name())))) {
      return null;
    }
    Select select = new Select(dialect, source, filter, Projection.ALL);
    TableName name = target == null ? to.address.table() : target.name();
    return select.isWhole()
        ? new InDatabase(dialect, select, source.name(), name, to.writer())
        : null;
  }

  @Override
  public long count(Filter filter) {
    FoundTable found = look();
    if (found == null) {
      return 0;
    }
    Select select = new Select(dialect, found, filter, Projection.ALL);
    if (found.isOurs() && select.isWhole()) {
      return reading(
          connection -> {
            try (PreparedStatement statement = connection.prepareStatement(select.count())) {
              select.bind(statement);
              try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
              }
            }
          });
    }
    try (RecordCursor cursor = read(filter, Projection.of(List.of()))) {
      long count = 0;
      while (cursor.hasNext()) {
        cursor.next();
        count++;
      }
      return count;
    }
  }

  @Override
  public long delete(Collection<RecordKey> keys) {
    if (keys.isEmpty() || look() == null) {
      return 0;
    }
    return writer().delete(keys.stream().map(Row::text).toList());
  }

  @Override
  public void close() {
    connections.close();
  }
}
