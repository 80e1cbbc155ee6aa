package io.github.sparkpysocial.connectors.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.Batches;
import io.github.sparkpysocial.spi.PartReader;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A table of Cassandra as a store; see {@link CassandraStoreProvider}. */
final class CassandraStore implements RecordStore, PartReader {
  /** Two pages of each of four reads are in memory at most. */
  private static final int LARGEST_PAGE = 500;

  private static final int PAGE_OF_KEYS = 5_000;

  private final PlaceUri uri;
  private final StoreOptions options;
  private final CqlSession session;
  private final CassandraWriter writer;
  private final CassandraReader reader;

  private CassandraStore(
      PlaceUri uri,
      StoreOptions options,
      CqlSession session,
      CassandraWriter writer,
      CassandraReader reader) {
    this.uri = uri;
    this.options = options;
    this.session = session;
    this.writer = writer;
    this.reader = reader;
  }

  /**
   * Connects, and makes or checks the tables.
   *
   * @param password for a user without one in the URI, or {@code null}
   */
  static CassandraStore open(PlaceUri uri, StoreOptions options, @Nullable String password) {
    return open(uri, options, password, UnaryOperator.identity());
  }

  /** Opens a store, with something around what sends its statements. */
  static CassandraStore open(
      PlaceUri uri,
      StoreOptions options,
      @Nullable String password,
      UnaryOperator<CassandraRequests.Sender> around) {
    CassandraAddress address = CassandraAddress.of(uri, password);
    CqlSession session = CassandraSessions.open(address);
    try {
      CassandraTables tables = CassandraTables.open(address, session);
      CassandraRequests requests =
          new CassandraRequests(
              session,
              around.apply(session::executeAsync),
              e -> CassandraSessions.failure(address, e));
      CassandraRows rows = new CassandraRows(requests, tables, options.keepRaw());
      CassandraKeys keys = new CassandraKeys(requests, tables, rows);
      return new CassandraStore(
          uri,
          options,
          session,
          new CassandraWriter(uri.toString(), options, requests, rows, keys),
          new CassandraReader(requests, tables, keys));
    } catch (SocialException e) {
      session.close();
      throw e;
    } catch (RuntimeException e) {
      session.close();
      throw CassandraSessions.failure(address, e);
    }
  }

  @Override
  public PlaceUri uri() {
    return uri;
  }

  @Override
  public String description() {
    return "Cassandra table " + uri;
  }

  @Override
  public Set<StoreCapability> capabilities() {
    return EnumSet.allOf(StoreCapability.class);
  }

  @Override
  public WriteSummary write(Iterator<? extends SocialRecord> records) {
    try (Batches<SocialRecord> batches = new Batches<>(options.batchSize(), writer::write)) {
      while (records.hasNext()) {
        SocialRecord record = records.next();
        String raw = record.raw();
        batches.add(record, raw == null ? 0 : raw.length());
      }
      return batches.finish();
    }
  }

  @Override
  public RecordCursor read(Filter filter) {
    return read(filter, Projection.ALL);
  }

  @Override
  public RecordCursor read(Filter filter, Projection projection) {
    return readPart(filter, projection, Part.WHOLE);
  }

  @Override
  public RecordCursor readPart(Filter filter, Projection projection, Part part) {
    return new CassandraCursor(
        reader.rows(
            filter,
            CassandraTables.columns(projection),
            Math.min(options.batchSize(), LARGEST_PAGE),
            part),
        projection,
        options.quarantine(),
        uri.toString());
  }

  @Override
  public String explain(Filter filter, Projection projection) {
    return description() + ": " + reader.explain(filter, CassandraTables.columns(projection));
  }

  @Override
  public long count(Filter filter) {
    long count = 0;
    for (CassandraRowCursor rows = reader.rows(filter, List.of(), PAGE_OF_KEYS, Part.WHOLE);
        rows.hasNext(); ) {
      rows.next();
      count++;
    }
    return count;
  }

  @Override
  public long delete(Collection<RecordKey> keys) {
    return writer.delete(keys);
  }

  @Override
  public void close() {
    session.close();
  }
}
