package io.github.sparkpysocial.connectors.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.ForeignRecords;
import io.github.sparkpysocial.spi.KeyIndex;
import io.github.sparkpysocial.spi.WellFormed;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of another program as posts. Nothing says which of two rows with one id is the
 * newer, so the first is taken.
 */
final class ForeignCursor extends JdbcCursor {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ForeignRecords foreign;
  private final Filter filter;
  private final Provenance provenance;
  private final KeyIndex seen = new KeyIndex();
  private final Map<String, Long> notices = new TreeMap<>();
  private long duplicates;

  ForeignCursor(
      Connections connections,
      Dialect dialect,
      JdbcFailures failures,
      Quarantine quarantine,
      FoundTable table,
      ForeignRecords foreign,
      Filter filter) {
    super(connections, dialect, failures, quarantine);
    this.foreign = foreign;
    this.filter = filter;
    this.provenance = new Provenance(failures.address().toString(), null, null);
    open(sql(dialect, table), statement -> {});
  }

  static String sql(Dialect dialect, FoundTable table) {
    return "SELECT * FROM " + dialect.quote(table.name());
  }

  @Override
  @Nullable SocialRecord record(ResultSet row) throws SQLException {
    ForeignRecords.Reading reading = foreign.read(fields(row), raw(row), provenance);
    reading.notices().forEach(notice -> notices.merge(notice, 1L, Long::sum));
    SocialRecord record = reading.record();
    if (seen.put(Fingerprint.ofKey(record.key()), 1) != KeyIndex.ABSENT) {
      duplicates++;
      return null;
    }
    return filter.matches(record) ? record : null;
  }

  private static Map<String, @Nullable String> fields(ResultSet row) throws SQLException {
    Map<String, @Nullable String> fields = new LinkedHashMap<>();
    ResultSetMetaData metaData = row.getMetaData();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      fields.put(metaData.getColumnLabel(i), text(row, i, metaData.getColumnType(i)));
    }
    return fields;
  }

  private static @Nullable String text(ResultSet row, int index, int type) throws SQLException {
    return switch (type) {
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> null;
      case Types.NUMERIC, Types.DECIMAL -> plain(row, index);
      case Types.TIMESTAMP_WITH_TIMEZONE -> withZone(row, index);
      case Types.TIMESTAMP ->
          row.getMetaData().getColumnTypeName(index).equals("timestamptz")
              ? withZone(row, index)
              : withoutZone(row, index);
      default -> row.getString(index);
    };
  }

  private static @Nullable String plain(ResultSet row, int index) throws SQLException {
    BigDecimal number = row.getBigDecimal(index);
    return number == null ? null : number.toPlainString();
  }

  private static @Nullable String withZone(ResultSet row, int index) throws SQLException {
    OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
    return time == null ? null : time.toInstant().toString();
  }

  /** A time without a zone is taken for UTC. */
  private static @Nullable String withoutZone(ResultSet row, int index) throws SQLException {
    try {
      LocalDateTime time = row.getObject(index, LocalDateTime.class);
      return time == null ? null : time.toInstant(ZoneOffset.UTC).toString();
    } catch (SQLException noSuchConversion) {
      return row.getString(index);
    }
  }

  @Override
  String raw(ResultSet row) throws SQLException {
    Map<String, @Nullable String> present = fields(row);
    present.values().removeIf(value -> value == null);
    try {
      return WellFormed.text(JSON.writeValueAsString(present));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A map of texts is always JSON", e);
    }
  }

  @Override
  public long duplicates() {
    return duplicates;
  }

  @Override
  public Map<String, Long> notices() {
    return Collections.unmodifiableMap(notices);
  }
}
