package io.github.sparkpysocial.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.spi.SchemaVersion;
import io.github.sparkpysocial.store.Projection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two tables of a store: made, checked and widened when it is opened. The version of the schema
 * is in the comment of the table.
 */
final class CassandraTables {
  /** The columns that a row has besides those of the schema. */
  static final List<String> OWN_COLUMNS = List.of("day", "happened_at", "record_key", "content");

  private static final Logger log = LoggerFactory.getLogger(CassandraTables.class);
  private static final String COMMENT = "sparkpy-social schema ";
  private static final Pattern VERSION = Pattern.compile(COMMENT + "([0-9]{1,9})\\b.*");

  private final CassandraAddress address;
  private final CqlSession session;
  private final String rows;
  private final String keys;

  private CassandraTables(CassandraAddress address, CqlSession session) {
    this.address = address;
    this.session = session;
    String keyspace = CassandraSessions.quoted(address.keyspace()) + '.';
    this.rows = keyspace + CassandraSessions.quoted(address.table());
    this.keys = keyspace + CassandraSessions.quoted(address.table() + "_keys");
  }

  /** Returns the tables, made if they are not there. */
  static CassandraTables open(CassandraAddress address, CqlSession session) {
    CassandraTables tables = new CassandraTables(address, session);
    tables.prepare();
    return tables;
  }

  /** Returns the columns of a row that come from the schema. */
  static List<Column> columns() {
    return RecordSchema.union(EnumSet.allOf(RecordKind.class));
  }

  /** Returns those of a projection: what any kind of record needs, and what is wanted. */
  static List<Column> columns(Projection projection) {
    Set<String> names = new HashSet<>();
    for (RecordKind kind : RecordKind.values()) {
      projection.columns(RecordSchema.of(kind)).forEach(column -> names.add(column.name()));
    }
    return columns().stream().filter(column -> names.contains(column.name())).toList();
  }

  /** Returns the table of records as it is called in CQL. */
  String rows() {
    return rows;
  }

  /** Returns the companion table of keys as it is called in CQL. */
  String keys() {
    return keys;
  }

  private void prepare() {
    CqlIdentifier name = CqlIdentifier.fromInternal(address.table());
    KeyspaceMetadata keyspace =
        session
            .getMetadata()
            .getKeyspace(CqlIdentifier.fromInternal(address.keyspace()))
            .orElse(null);
    if (keyspace == null) {
      makeKeyspace();
    }
    TableMetadata table = keyspace == null ? null : keyspace.getTable(name).orElse(null);
    if (table == null) {
      makeTables();
    } else {
      check(table);
    }
  }

  /** How often data is copied is for its owner to say, unless there is but one node. */
  private void makeKeyspace() {
    Metadata metadata = session.getMetadata();
    List<String> datacenters =
        metadata.getNodes().values().stream()
            .map(Node::getDatacenter)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    int copies = Math.min(3, metadata.getNodes().size());
    String datacenter = datacenters.isEmpty() ? "datacenter1" : datacenters.get(0);
    String create =
        "CREATE KEYSPACE IF NOT EXISTS "
            + CassandraSessions.quoted(address.keyspace())
            + " WITH replication = {'class': 'NetworkTopologyStrategy', '"
            + datacenter.replace("'", "''")
            + "': "
            + copies
            + "}";
    if (copies > 1) {
      throw new StoreException(
          "There is no keyspace for "
              + address
              + "; make it, with as many copies as you need, such as "
              + create);
    }
    session.execute(create);
    log.info("made the keyspace of {} on the one node there is: no second copy", address);
  }

  private void makeTables() {
    session.execute(
        "CREATE TABLE IF NOT EXISTS "
            + keys
            + " (record_key text PRIMARY KEY, places set<text>, deleted boolean) WITH comment ="
            + " 'sparkpy-social: where the row of each key is'");
    StringBuilder create =
        new StringBuilder("CREATE TABLE IF NOT EXISTS ")
            .append(rows)
            .append(" (day text, happened_at timestamp, record_key text, content text");
    for (Column column : columns()) {
      create.append(", \"").append(column.name()).append("\" ").append(type(column));
    }
    session.execute(
        create
            .append(
                ", PRIMARY KEY ((network, day), happened_at, record_key)) WITH CLUSTERING ORDER")
            .append(" BY (happened_at DESC, record_key ASC) AND comment = '")
            .append(comment())
            .append('\'')
            .toString());
  }

  private static String comment() {
    return COMMENT + RecordSchema.VERSION + ": records by network and day";
  }

  private static String type(Column column) {
    return switch (column.type()) {
      case STRING, STRING_LIST, STRUCT_LIST -> "text";
      case LONG -> "bigint";
      case DOUBLE -> "double";
      case BOOLEAN -> "boolean";
      case TIMESTAMP -> "timestamp";
    };
  }

  private void check(TableMetadata table) {
    Object comment = table.getOptions().get(CqlIdentifier.fromInternal("comment"));
    Matcher version = VERSION.matcher(comment instanceof String text ? text : "");
    if (!version.matches()) {
      throw new StoreException(
          address
              + " is a table of another tool, its comment has no version of sparkpy-social; name"
              + " another table, it will be made");
    }
    boolean older = SchemaVersion.isOlder(address.toString(), Integer.parseInt(version.group(1)));
    for (Column column : columns()) {
      if (table.getColumn(CqlIdentifier.fromInternal(column.name())).isEmpty()) {
        session.execute(
            "ALTER TABLE " + rows + " ADD IF NOT EXISTS \"" + column.name() + "\" " + type(column));
      }
    }
    if (older) {
      session.execute("ALTER TABLE " + rows + " WITH comment = '" + comment() + "'");
    }
  }
}
