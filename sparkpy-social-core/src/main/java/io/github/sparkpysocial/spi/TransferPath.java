package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A shorter way between two stores than record by record, such as {@code INSERT .. SELECT} within
 * one database. Found by {@link java.util.ServiceLoader}; of all routes that are offered the
 * cheapest is taken, and the way over records, which always works, if there is none. Thread-safe.
 *
 * <p>A path keeps to what {@link RecordStore#write(java.util.Iterator)} promises: idempotent by
 * key, tombstones carried out in any order, what the target cannot hold set aside with a reason,
 * durable when it returns, and no record by half when it is stopped.
 */
public interface TransferPath {

  /**
   * What is to be moved.
   *
   * @param from the store to read, open
   * @param to the store to write, open; it claims {@code WRITE}
   * @param filter which records
   * @param options how both were opened
   */
  record Task(RecordStore from, RecordStore to, Filter filter, StoreOptions options) {
    public Task {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
      Objects.requireNonNull(filter, "filter");
      Objects.requireNonNull(options, "options");
    }
  }

  /**
   * What was moved.
   *
   * @param read how many records were read from the source
   * @param summary what became of them in the target
   * @param unknownFields how often a field was met that the schema does not know, by name
   * @param notices what was met that is neither a record nor broken, by kind
   */
  record Moved(
      long read, WriteSummary summary, Map<String, Long> unknownFields, Map<String, Long> notices) {
    public Moved {
      Objects.requireNonNull(summary, "summary");
      unknownFields = Map.copyOf(unknownFields);
      notices = Map.copyOf(notices);
    }

    /** Tells of records alone. */
    public Moved(long read, WriteSummary summary) {
      this(read, summary, Map.of(), Map.of());
    }
  }

  /** A way that serves. */
  interface Route {

    /** Returns what it is called, for people: {@code INSERT .. SELECT within one database}. */
    String name();

    /**
     * Returns how long it takes, measured against the way over records, which is 1: with 0.25 it
     * takes a quarter of the time.
     */
    double cost();

    /**
     * Returns the steps in order, for people: what is done where, statements as they are sent,
     * places without secrets.
     */
    List<String> steps();

    /**
     * Returns how much of the source was read so far, from 0 to 1, or NaN if that is unknown. Asked
     * in the thread that runs it.
     */
    default double fraction() {
      return Double.NaN;
    }

    /**
     * Moves the records.
     *
     * @param progress hears now and then how many records have been read, in this thread
     * @throws io.github.sparkpysocial.StoreException if a store fails; what was written until then
     *     stays
     */
    Moved run(LongConsumer progress);
  }

  /**
   * Returns the way it has for a task, or {@code null} if it does not serve these two stores, this
   * filter or these options. May ask the stores, and moves nothing.
   */
  @Nullable Route route(Task task);
}
