package io.github.sparkpysocial.transfer;

import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Moves the records of one store to another, in batches and in constant memory. Running it again
 * moves what is missing: writing is idempotent by key, so an interrupted transfer is resumed by the
 * same call.
 *
 * <pre>{@code
 * TransferReport report =
 *     Transfer.builder(PlaceUri.parse("posts.csv"), PlaceUri.parse("mongodb://localhost/social::posts"))
 *         .verify()
 *         .build()
 *         .run();
 * }</pre>
 *
 * <p>Immutable; each run opens and closes both stores. Used by one thread at a time.
 */
public final class Transfer {

  /**
   * How far a transfer has come.
   *
   * @param read records read so far
   * @param written records new or changed in the target so far
   * @param unchanged records so far that the target had already
   * @param deleted records so far that a tombstone removed from the target
   * @param quarantined items set aside so far
   */
  public record Progress(long read, long written, long unchanged, long deleted, long quarantined) {}

  private final PlaceUri from;
  private final PlaceUri to;
  private final StoreOptions options;
  private final Filter filter;
  private final boolean verify;
  private final Consumer<Progress> listener;

  private Transfer(Builder builder) {
    this.from = builder.from;
    this.to = builder.to;
    this.options = builder.options;
    this.filter = builder.filter;
    this.verify = builder.verify;
    this.listener = builder.listener;
  }

  /**
   * Returns a builder for a transfer between two stores.
   *
   * @param from the store to read; it stays as it is
   * @param to the store to write; what it holds already stays, too
   */
  public static Builder builder(PlaceUri from, PlaceUri to) {
    return new Builder(from, to);
  }

  /**
   * Returns the steps that {@link #run} would take, for people. Opens both stores, moves nothing.
   *
   * @throws io.github.sparkpysocial.StoreException if a store cannot be opened
   * @throws IllegalArgumentException if a URI lacks a part
   */
  public List<String> explain() {
    try (RecordStore source = Places.openStore(from, options);
        RecordStore target = Places.openStore(to, options)) {
      return path(source, target);
    }
  }

  private List<String> path(RecordStore source, RecordStore target) {
    List<String> steps = new ArrayList<>();
    boolean pushedDown = source.capabilities().contains(StoreCapability.FILTER_PUSHDOWN);
    steps.add(
        "read "
            + source.description()
            + ", each key once and without what tombstones delete"
            + (filter.equals(Filter.ALL)
                ? ""
                : ", filtered " + (pushedDown ? "by the store" : "here")));
    boolean raw = options.keepRaw() && target.capabilities().contains(StoreCapability.RAW);
    boolean mixed = target.capabilities().contains(StoreCapability.MIXED_KINDS);
    steps.add(
        "write "
            + target.description()
            + " by key in batches of "
            + options.batchSize()
            + (raw ? "" : ", without raw JSON")
            + (mixed ? "" : ", one kind of record only"));
    if (verify) {
      steps.add("read both again and compare record by record, in any order");
    }
    return List.copyOf(steps);
  }

  /**
   * Moves the records.
   *
   * @throws io.github.sparkpysocial.StoreException if a store cannot be opened, read or written;
   *     what was written until then stays
   * @throws IllegalArgumentException if a URI lacks a part
   */
  public TransferReport run() {
    long quarantinedBefore = options.quarantine().count();
    WriteSummary written = WriteSummary.NONE;
    List<String> path;
    long read = 0;
    try (RecordStore source = Places.openStore(from, options);
        RecordStore target = Places.openStore(to, options)) {
      path = path(source, target);
      if (!target.capabilities().contains(StoreCapability.WRITE)) {
        throw new UnsupportedCapabilityException(
            "The target " + to + " does not claim WRITE; name another, such as a new .jsonl file");
      }
      try (RecordCursor records = source.read(filter)) {
        List<SocialRecord> batch = new ArrayList<>();
        while (records.hasNext()) {
          batch.add(records.next());
          read++;
          if (batch.size() == options.batchSize()) {
            written = written.plus(target.write(batch));
            batch.clear();
            report(read, written, quarantinedBefore);
          }
        }
        written = written.plus(target.write(batch));
        report(read, written, quarantinedBefore);
      }
    }
    return new TransferReport(
        read,
        written.inserted() + written.updated(),
        written.unchanged(),
        written.deleted(),
        options.quarantine().count() - quarantinedBefore,
        path,
        verify ? compare() : null);
  }

  /**
   * Returns whether the target holds every record of the source: the same content, or a tombstone
   * for it. The target may hold more. What cannot be read was set aside by {@link #run} already.
   */
  private boolean compare() {
    StoreOptions quietly = options.withQuarantine(new Unheeded());
    try (RecordStore source = Places.openStore(from, quietly);
        RecordStore target = Places.openStore(to, quietly)) {
      boolean withRaw = options.keepRaw() && target.capabilities().contains(StoreCapability.RAW);
      KeyIndex expected = new KeyIndex();
      try (RecordCursor records = source.read(filter)) {
        while (records.hasNext()) {
          SocialRecord record = records.next();
          expected.put(Fingerprint.ofKey(record.key()), content(record, withRaw));
        }
      }
      try (RecordCursor records = target.readAll()) {
        while (records.hasNext()) {
          SocialRecord record = records.next();
          Fingerprint key = Fingerprint.ofKey(record.key());
          if (expected.get(key) == content(record, withRaw)) {
            expected.remove(key);
          }
          if (record instanceof Tombstone tombstone) {
            expected.remove(Fingerprint.ofKey(tombstone.target()));
          }
        }
      }
      return expected.size() == 0;
    }
  }

  private static long content(SocialRecord record, boolean withRaw) {
    return Math.max(Fingerprint.ofContent(record, withRaw).high(), KeyIndex.ABSENT + 1);
  }

  /** Takes no notice of what was set aside before. */
  private static final class Unheeded implements Quarantine {
    @Override
    public void setAside(Rejected rejected) {}

    @Override
    public long count() {
      return 0;
    }

    @Override
    public void close() {}
  }

  private void report(long read, WriteSummary written, long quarantinedBefore) {
    listener.accept(
        new Progress(
            read,
            written.inserted() + written.updated(),
            written.unchanged(),
            written.deleted(),
            options.quarantine().count() - quarantinedBefore));
  }

  /** Collects the choices of a transfer. Not thread-safe; what it builds is immutable. */
  public static final class Builder {
    private final PlaceUri from;
    private final PlaceUri to;
    private StoreOptions options = StoreOptions.with(Quarantine.inMemory());
    private Filter filter = Filter.ALL;
    private boolean verify;
    private Consumer<Progress> listener = progress -> {};

    private Builder(PlaceUri from, PlaceUri to) {
      this.from = Objects.requireNonNull(from, "from");
      this.to = Objects.requireNonNull(to, "to");
    }

    /**
     * Sets how both stores are opened, with the quarantine for what cannot be read or kept.
     * Default: {@link StoreOptions#with}, with a quarantine in memory.
     */
    public Builder options(StoreOptions options) {
      this.options = Objects.requireNonNull(options, "options");
      return this;
    }

    /** Sets which records are moved. Default: all. */
    public Builder filter(Filter filter) {
      this.filter = Objects.requireNonNull(filter, "filter");
      return this;
    }

    /** Compares both stores afterwards, record by record in any order. Default: no. */
    public Builder verify() {
      this.verify = true;
      return this;
    }

    /** Sets who is told after each batch, in the thread that runs the transfer. Default: nobody. */
    public Builder listener(Consumer<Progress> listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * Returns the transfer; nothing is opened yet.
     *
     * @throws IllegalArgumentException if both places are the same, or the first is a network
     */
    public Transfer build() {
      if (from.equals(to)) {
        throw new IllegalArgumentException("A transfer needs two places, but both are " + from);
      }
      if (Places.isSource(from)) {
        throw new IllegalArgumentException(
            from + " is a network, which is harvested, not transferred: use Harvest");
      }
      return new Transfer(this);
    }
  }
}
