package io.github.sparkpysocial.connectors.cassandra;

import com.datastax.oss.driver.api.core.cql.Row;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Rows as records. */
final class CassandraCursor implements RecordCursor {
  private final CassandraRowCursor rows;
  private final Projection projection;
  private final Quarantine quarantine;
  private final String place;
  private @Nullable SocialRecord next;
  private long quarantined;
  private boolean closed;

  CassandraCursor(
      CassandraRowCursor rows, Projection projection, Quarantine quarantine, String place) {
    this.rows = rows;
    this.projection = projection;
    this.quarantine = quarantine;
    this.place = place;
  }

  @Override
  public boolean hasNext() {
    while (!closed && next == null && rows.hasNext()) {
      Row row = rows.next();
      try {
        next = CassandraRows.record(row, projection);
      } catch (IllegalArgumentException e) {
        quarantined++;
        quarantine.setAside(
            new Rejected(
                place,
                0,
                null,
                String.valueOf(e.getMessage()),
                String.valueOf(row.getString("record_key")).getBytes(StandardCharsets.UTF_8)));
      }
    }
    return next != null;
  }

  @Override
  public SocialRecord next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("All records were read");
    }
    SocialRecord record = next;
    next = null;
    return record;
  }

  @Override
  public long quarantined() {
    return quarantined;
  }

  /** Keys are unique in a table of this store. */
  @Override
  public long duplicates() {
    return 0;
  }

  @Override
  public Map<String, Long> unknownFields() {
    return Map.of();
  }

  @Override
  public void close() {
    closed = true;
    next = null;
  }
}
