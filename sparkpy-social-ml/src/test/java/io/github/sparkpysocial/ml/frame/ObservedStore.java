package io.github.sparkpysocial.ml.frame;

import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A store with safe concurrent writers that remembers what it was asked. */
final class ObservedStore implements RecordStore {
  /** Texts that this store cannot hold. */
  static final String REFUSED = "refuse me";

  /** What several connections share. */
  static final class Table {
    final Map<RecordKey, SocialRecord> records = new ConcurrentHashMap<>();
    final List<Filter> filters = new CopyOnWriteArrayList<>();
    final List<Projection> projections = new CopyOnWriteArrayList<>();
    final List<Long> written = new CopyOnWriteArrayList<>();
  }

  private final PlaceUri uri;
  private final Table table;
  private final StoreOptions options;

  ObservedStore(PlaceUri uri, Table table, StoreOptions options) {
    this.uri = uri;
    this.table = table;
    this.options = options;
  }

  @Override
  public PlaceUri uri() {
    return uri;
  }

  @Override
  public Set<StoreCapability> capabilities() {
    return EnumSet.allOf(StoreCapability.class);
  }

  @Override
  public WriteSummary write(Iterator<? extends SocialRecord> records) {
    WriteSummary sum = WriteSummary.NONE;
    long taken = 0;
    while (records.hasNext()) {
      SocialRecord record = records.next();
      taken++;
      sum = sum.plus(write(record));
    }
    table.written.add(taken);
    return sum;
  }

  private WriteSummary write(SocialRecord record) {
    if (record instanceof Post post && post.text().equals(REFUSED)) {
      byte[] raw = record.key().toString().getBytes(StandardCharsets.UTF_8);
      options.quarantine().setAside(new Rejected(uri.toString(), 0, "text", "is refused", raw));
      return new WriteSummary(0, 0, 0, 0, 1);
    }
    SocialRecord before = table.records.put(record.key(), record);
    return before == null
        ? new WriteSummary(1, 0, 0, 0, 0)
        : before.equals(record) ? new WriteSummary(0, 0, 1, 0, 0) : new WriteSummary(0, 1, 0, 0, 0);
  }

  @Override
  public RecordCursor read(Filter filter) {
    return read(filter, Projection.ALL);
  }

  @Override
  public RecordCursor read(Filter filter, Projection projection) {
    table.filters.add(filter);
    table.projections.add(projection);
    Iterator<SocialRecord> passing =
        table.records.values().stream()
            .filter(filter::matches)
            .map(projection::apply)
            .toList()
            .iterator();
    return new RecordCursor() {
      @Override
      public boolean hasNext() {
        return passing.hasNext();
      }

      @Override
      public SocialRecord next() {
        return passing.next();
      }

      @Override
      public long quarantined() {
        return 0;
      }

      @Override
      public long duplicates() {
        return 0;
      }

      @Override
      public Map<String, Long> unknownFields() {
        return Map.of();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public long count(Filter filter) {
    return table.records.values().stream().filter(filter::matches).count();
  }

  @Override
  public long delete(Collection<RecordKey> keys) {
    return keys.stream().filter(key -> table.records.remove(key) != null).count();
  }

  @Override
  public void close() {}
}
