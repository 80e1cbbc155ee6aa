package io.github.sparkpysocial.streaming.sink;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlIdentifier;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.InetSocketAddress;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * A table of Cassandra. Each cell is written with the number of its batch for a time, and Cassandra
 * keeps the newest: a row of a later batch stays, and a batch that is written again changes
 * nothing, without asking first.
 *
 * @param hosts such as {@code 127.0.0.1:9042,db.example}
 * @param datacenter the data centre, or {@code null} for that of the hosts
 * @param user who connects, or {@code null} for anybody
 */
record CassandraTable(
    String hosts,
    String keyspace,
    String name,
    @Nullable String datacenter,
    @Nullable String user,
    @Nullable String password)
    implements Table {
  private static final Pattern LOCATION =
      Pattern.compile(
          "//(?:(?<user>[^/@:]+):(?<password>[^/@]*)@)?"
              + "(?<hosts>[^/@?:,]+(?::\\d{1,5})?(?:,[^/@?:,]+(?::\\d{1,5})?)*)"
              + "/(?<keyspace>[A-Za-z][A-Za-z0-9_]{0,47})(?:\\?dc=(?<dc>[^&]+))?");
  private static final int USUAL_PORT = 9042;
  private static final int MOST_WAITING = 128;
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);

  /**
   * Returns the table that a place names.
   *
   * @throws IllegalArgumentException if it names no keyspace, or a user without a password
   */
  static CassandraTable of(PlaceUri place, String name) {
    Matcher parts = LOCATION.matcher(place.location());
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          place
              + " is no table of Cassandra; write it as"
              + " cassandra://user:password@host:9042/keyspace?dc=datacenter1::table, where user,"
              + " password, port and dc may be missing");
    }
    return new CassandraTable(
        parts.group("hosts"),
        parts.group("keyspace"),
        name,
        parts.group("dc"),
        parts.group("user"),
        parts.group("password"));
  }

  @Override
  public boolean isEmbedded() {
    return false;
  }

  /** The first column of the key says where a row is, the others in which order. */
  @Override
  public void create(Columns columns) {
    String cells =
        Stream.of(columns.types().fields())
            .map(column -> quoted(column.name()) + ' ' + type(column))
            .collect(Collectors.joining(", "));
    String key =
        columns.key().stream().map(CassandraTable::quoted).collect(Collectors.joining(", "));
    try (CqlSession session = connect()) {
      if (session.getMetadata().getKeyspace(CqlIdentifier.fromInternal(keyspace)).isEmpty()) {
        throw new StoreException(
            "Cassandra at "
                + hosts
                + " has no keyspace "
                + keyspace
                + "; make it, since how often data is copied is for its owner to say: CREATE KEYSPACE "
                + quoted(keyspace)
                + " WITH replication = {'class': 'NetworkTopologyStrategy',"
                + " 'replication_factor': 3}");
      }
      var unused =
          session.execute(
              "CREATE TABLE IF NOT EXISTS %s (%s, %s bigint, PRIMARY KEY (%s))"
                  .formatted(table(), cells, quoted(BATCH), key));
    } catch (DriverException e) {
      throw failed(e);
    }
  }

  @Override
  public void write(Iterator<Row> rows, Columns columns, long batch) {
    List<String> names = new ArrayList<>(List.of(columns.types().fieldNames()));
    names.add(BATCH);
    String insert =
        "INSERT INTO %s (%s) VALUES (%s) USING TIMESTAMP %d"
            .formatted(
                table(),
                names.stream().map(CassandraTable::quoted).collect(Collectors.joining(", ")),
                names.stream().map(column -> "?").collect(Collectors.joining(", ")),
                batch + 1);
    try (CqlSession session = connect()) {
      PreparedStatement statement = session.prepare(insert);
      Deque<CompletionStage<AsyncResultSet>> waiting = new ArrayDeque<>();
      while (rows.hasNext()) {
        Row row = rows.next();
        @Nullable Object[] values = new @Nullable Object[names.size()];
        for (int i = 0; i < row.length(); i++) {
          values[i] = value(row.get(i));
        }
        values[row.length()] = batch;
        waiting.add(session.executeAsync(statement.bind(values)));
        if (waiting.size() == MOST_WAITING) {
          await(waiting.remove());
        }
      }
      waiting.forEach(CassandraTable::await);
    } catch (DriverException e) {
      throw failed(e);
    }
  }

  private static void await(CompletionStage<AsyncResultSet> answer) {
    try {
      AsyncResultSet unused = answer.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof DriverException refused ? refused : e;
    }
  }

  private CqlSession connect() {
    ProgrammaticDriverConfigLoaderBuilder config =
        DriverConfigLoader.programmaticBuilder()
            .withString(DefaultDriverOption.SESSION_NAME, "sparkpy-social")
            .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, CONNECTS_WITHIN)
            .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, CONNECTS_WITHIN)
            .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, CONNECTS_WITHIN)
            .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, ANSWERS_WITHIN)
            .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
            .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
            .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
            .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0);
    CqlSessionBuilder builder = CqlSession.builder();
    if (datacenter == null) {
      config.withString(
          DefaultDriverOption.LOAD_BALANCING_POLICY_CLASS, "DcInferringLoadBalancingPolicy");
    } else {
      builder.withLocalDatacenter(datacenter);
    }
    for (String host : hosts.split(",", -1)) {
      int colon = host.indexOf(':');
      builder.addContactPoint(
          colon < 0
              ? new InetSocketAddress(host, USUAL_PORT)
              : new InetSocketAddress(
                  host.substring(0, colon), Integer.parseInt(host.substring(colon + 1))));
    }
    if (user != null && password != null) {
      builder.withAuthCredentials(user, password);
    }
    return builder.withConfigLoader(config.build()).build();
  }

  private String table() {
    return quoted(keyspace) + '.' + quoted(name);
  }

  private static String quoted(String name) {
    return CqlIdentifier.fromInternal(name).asCql(false);
  }

  private static String type(StructField column) {
    DataType type = column.dataType();
    if (type.equals(DataTypes.StringType)) {
      return "text";
    } else if (type.equals(DataTypes.LongType)) {
      return "bigint";
    } else if (type.equals(DataTypes.IntegerType)) {
      return "int";
    } else if (type.equals(DataTypes.DoubleType)) {
      return "double";
    } else if (type.equals(DataTypes.BooleanType)) {
      return "boolean";
    } else if (type.equals(DataTypes.TimestampType)) {
      return "timestamp";
    }
    throw new IllegalArgumentException(
        "The column "
            + column.name()
            + " of type "
            + type.simpleString()
            + " has no place in a table of Cassandra; cast it to string, bigint, int, double,"
            + " boolean or timestamp");
  }

  /** Cassandra's times are of milliseconds. */
  private static @Nullable Object value(@Nullable Object value) {
    return value instanceof Timestamp time ? time.toInstant() : value;
  }

  /** Says what failed without the driver's text, which may hold what was written. */
  private StoreException failed(DriverException e) {
    return new StoreException(
        "The table "
            + keyspace
            + '.'
            + name
            + " of Cassandra at "
            + hosts
            + " cannot be written: "
            + e.getClass().getSimpleName()
            + (e instanceof AllNodesFailedException
                ? ". Is it running there, and are user and ?dc= right?"
                : ""),
        e);
  }

  @Override
  public String toString() {
    return "table " + name;
  }
}
