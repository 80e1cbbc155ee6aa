package io.github.sparkpysocial.store;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * A place that keeps records. Writing is idempotent by {@linkplain SocialRecord#key() key}: a
 * record that is there already is not stored twice, one that changed replaces the old one, and a
 * {@link io.github.sparkpysocial.model.Tombstone} removes its target and keeps it away.
 *
 * <p>A store is used by one thread at a time. Every method may throw {@link StoreException}, with
 * the place in its message.
 */
public interface RecordStore extends AutoCloseable {

  /** Returns the place. */
  PlaceUri uri();

  /** Returns what kind of place this is, for people: {@code JSON Lines file posts.jsonl}. */
  default String description() {
    return uri().toString();
  }

  /**
   * Returns what this store can do; what it does not name it refuses by an exception that says so.
   */
  Set<StoreCapability> capabilities();

  /**
   * Writes records in batches of bounded size. When it returns, they are durable; when it fails, a
   * prefix of the batches is, and none is there by half. Two versions of one record that differ
   * only in {@linkplain SocialRecord#provenance() provenance} are the same.
   *
   * @param records read once, to the end
   * @return how many were new, changed, the same, deleted or refused
   */
  WriteSummary write(Iterator<? extends SocialRecord> records);

  /** Writes these records; see {@link #write(Iterator)}. */
  default WriteSummary write(Collection<? extends SocialRecord> records) {
    return write(records.iterator());
  }

  /**
   * Reads the records that a filter lets through, as they come, in constant memory. Each key comes
   * at most once, in its newest version. What cannot be read goes to the store's quarantine.
   *
   * @return a cursor to be closed by the caller
   */
  RecordCursor read(Filter filter);

  /**
   * Reads some columns of the records that a filter lets through; see {@link #read(Filter)}. A
   * store that claims {@link StoreCapability#PROJECTION_PUSHDOWN} leaves the others where they are.
   */
  default RecordCursor read(Filter filter, Projection projection) {
    RecordCursor whole = read(filter);
    return projection.isAll() ? whole : new ProjectedCursor(whole, projection);
  }

  /**
   * Returns how {@link #read(Filter, Projection)} asks the place, for people: the query in the
   * place's own language where it has one, else what the place does and what is done here. Reads no
   * record.
   */
  default String explain(Filter filter, Projection projection) {
    boolean filters = capabilities().contains(StoreCapability.FILTER_PUSHDOWN);
    boolean projects = capabilities().contains(StoreCapability.PROJECTION_PUSHDOWN);
    return "read "
        + description()
        + (filter.equals(Filter.ALL) ? "" : ", filtered " + (filters ? "by the store" : "here"))
        + (projection.isAll()
            ? ""
            : ", " + (projects ? "only " : "all columns, of which kept are ") + projection);
  }

  /** Reads all records; see {@link #read(Filter)}. */
  default RecordCursor readAll() {
    return read(Filter.ALL);
  }

  /** Counts the records that a filter lets through. */
  long count(Filter filter);

  /**
   * Deletes records by key; keys that are not there are passed over.
   *
   * @return how many were there
   */
  long delete(Collection<RecordKey> keys);

  /** Deletes one record by key. */
  default boolean delete(RecordKey key) {
    return delete(List.of(key)) > 0;
  }

  /** Releases files and connections. Closing twice does nothing. */
  @Override
  void close();
}
