package io.github.sparkpysocial.connectors.cassandra;

import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.WellFormed;
import io.github.sparkpysocial.store.ListColumns;
import io.github.sparkpysocial.store.Projection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records to rows and back, and the statements that change rows. */
final class CassandraRows {
  private static final String ROW =
      " WHERE network = ? AND day = ? AND happened_at = ? AND record_key = ?";

  /** Rows of one partition that are sent together; more gains nothing. */
  private static final int MOST_TOGETHER = 32;

  private static final int MOST_CHARACTERS_TOGETHER = 64 << 10;

  private final CassandraRequests requests;
  private final boolean keepRaw;
  private final Map<String, Integer> placeOf = new HashMap<>();
  private final PreparedStatement insert;
  private final PreparedStatement delete;
  private final PreparedStatement finish;
  private final PreparedStatement version;

  /** A row to be written. */
  record NewRow(SocialRecord record, String key, Position position, String content) {

    /** Returns what rows of one partition have in common. */
    List<String> partition() {
      return List.of(record.network().name(), position.day());
    }
  }

  CassandraRows(CassandraRequests requests, CassandraTables tables, boolean keepRaw) {
    this.requests = requests;
    this.keepRaw = keepRaw;
    List<String> names = new ArrayList<>(CassandraTables.OWN_COLUMNS);
    CassandraTables.columns().forEach(column -> names.add(column.name()));
    for (String name : names) {
      placeOf.put(name, placeOf.size());
    }
    insert =
        requests.prepare(
            "INSERT INTO "
                + tables.rows()
                + " (\""
                + String.join("\", \"", names)
                + "\") VALUES (?"
                + ", ?".repeat(names.size() - 1)
                + ") USING TIMESTAMP ?");
    delete = requests.prepare("DELETE FROM " + tables.rows() + " USING TIMESTAMP ?" + ROW);
    finish =
        requests.prepare("UPDATE " + tables.rows() + " USING TIMESTAMP ? SET content = ?" + ROW);
    version = requests.prepare("SELECT content, writetime(content) FROM " + tables.rows() + ROW);
  }

  /** Returns the key of a record as it is stored. */
  static String key(SocialRecord record) {
    return WellFormed.text(record.key().toString());
  }

  /**
   * Returns statements that put rows in place of what is there, rows of one partition together. Of
   * two writers at the same time the later one wins, whole: its deletion takes what the other one
   * wrote, whichever arrives first.
   *
   * @param finished whether readers see the rows at once
   */
  List<BatchStatement> replace(Collection<NewRow> rows, boolean finished) {
    Map<List<String>, BatchStatementBuilder> open = new LinkedHashMap<>();
    Map<List<String>, Integer> characters = new HashMap<>();
    List<BatchStatement> batches = new ArrayList<>();
    for (NewRow row : rows) {
      List<String> partition = row.partition();
      BatchStatementBuilder batch =
          open.computeIfAbsent(partition, any -> BatchStatement.builder(DefaultBatchType.UNLOGGED));
      batch.addStatement(delete(row.record.network().name(), row.position, row.key, null));
      batch.addStatement(insert(row, finished));
      int size = characters.merge(partition, characters(row.record), Integer::sum);
      if (batch.getStatementsCount() >= 2 * MOST_TOGETHER || size > MOST_CHARACTERS_TOGETHER) {
        batches.add(batch.build());
        open.remove(partition);
        characters.remove(partition);
      }
    }
    open.values().forEach(batch -> batches.add(batch.build()));
    return batches;
  }

  private static int characters(SocialRecord record) {
    String raw = record.raw();
    return 1_000 + (raw == null ? 0 : raw.length());
  }

  private BoundStatement insert(NewRow row, boolean finished) {
    BoundStatementBuilder bound =
        insert
            .boundStatementBuilder()
            .setString(at("day"), row.position.day())
            .setInstant(at("happened_at"), row.position.happenedAt())
            .setString(at("record_key"), row.key)
            .setLong(placeOf.size(), requests.timestamp());
    if (finished) {
      bound = bound.setString(at("content"), row.content);
    }
    RecordSchema schema = RecordSchema.of(row.record.recordKind());
    List<@Nullable Object> values = schema.values(row.record);
    for (int i = 0; i < values.size(); i++) {
      String name = schema.columns().get(i).name();
      Object value = values.get(i);
      if (value != null && (keepRaw || !name.equals("raw"))) {
        bound = bind(bound, at(name), value);
      }
    }
    return bound.build();
  }

  private int at(String column) {
    Integer place = placeOf.get(column);
    if (place == null) {
      throw new IllegalStateException("The table has no column " + column);
    }
    return place;
  }

  private static BoundStatementBuilder bind(BoundStatementBuilder bound, int at, Object value) {
    if (value instanceof String text) {
      return bound.setString(at, WellFormed.text(text));
    }
    if (value instanceof Long number) {
      return bound.setLong(at, number);
    }
    if (value instanceof Double number) {
      return bound.setDouble(at, number);
    }
    if (value instanceof Boolean flag) {
      return bound.setBoolean(at, flag);
    }
    if (value instanceof Instant time) {
      return bound.setInstant(at, time);
    }
    if (value instanceof List<?> list) {
      return list.isEmpty()
          ? bound
          : bound.setString(at, WellFormed.text(ListColumns.toJson(list)));
    }
    throw new IllegalStateException("No schema has values of " + value.getClass());
  }

  /**
   * Returns a statement that deletes a row.
   *
   * @param writtenAt only a version that is not newer, or {@code null} for any
   */
  BoundStatement delete(String network, Position position, String key, @Nullable Long writtenAt) {
    return delete.bind(
        writtenAt == null ? requests.timestamp() : writtenAt,
        network,
        position.day(),
        position.happenedAt(),
        key);
  }

  /** Returns a statement that lets readers see a row. */
  BoundStatement finish(NewRow row) {
    return finish.bind(
        requests.timestamp(),
        row.content,
        row.record.network().name(),
        row.position.day(),
        row.position.happenedAt(),
        row.key);
  }

  /** Returns a question for content and time of writing, in microseconds, of a row. */
  BoundStatement version(String network, Position position, String key) {
    return version.bind(network, position.day(), position.happenedAt(), key);
  }

  /**
   * Returns the record of a row.
   *
   * @param projection what was selected
   * @throws IllegalArgumentException if the row was spoiled; the message holds no content
   */
  static SocialRecord record(Row row, Projection projection) {
    String wireName = row.getString("\"record\"");
    if (wireName == null) {
      throw new IllegalArgumentException("has no kind of record in 'record'");
    }
    RecordSchema schema = RecordSchema.of(RecordKind.ofWireName(wireName));
    Map<String, @Nullable Object> values = new HashMap<>();
    for (Column column : projection.columns(schema)) {
      values.put(column.name(), value(row, column));
    }
    return schema.record(values);
  }

  private static @Nullable Object value(Row row, Column column) {
    String name = '"' + column.name() + '"';
    if (row.isNull(name)) {
      return null;
    }
    return switch (column.type()) {
      case STRING -> row.getString(name);
      case LONG -> row.getLong(name);
      case DOUBLE -> row.getDouble(name);
      case BOOLEAN -> row.getBoolean(name);
      case TIMESTAMP -> row.getInstant(name);
      case STRING_LIST, STRUCT_LIST -> list(row.getString(name), column);
    };
  }

  private static @Nullable Object list(@Nullable String json, Column column) {
    return json == null ? null : ListColumns.fromJson(json, column);
  }
}
