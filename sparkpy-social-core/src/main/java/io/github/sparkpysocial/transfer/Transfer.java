package io.github.sparkpysocial.transfer;

import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.spi.TransferPath;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves the records of one store to another in constant memory, by the cheapest way that serves
 * both; see {@link TransferPath}. Running it again moves what is missing: writing is idempotent by
 * key, so an interrupted transfer is resumed by the same call.
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
   * @param fraction how much of the source that is, from 0 to 1, or NaN if it is unknown
   * @param quarantined items set aside so far
   * @param elapsed how long it has taken so far
   */
  public record Progress(long read, double fraction, long quarantined, Duration elapsed) {

    /** Returns how many records are read in a second. */
    public double recordsPerSecond() {
      return elapsed.isZero() ? 0 : read / (elapsed.toNanos() / 1e9);
    }

    /** Returns how long it still takes at this rate, or {@code null} if that is unknown. */
    public @Nullable Duration left() {
      return fraction > 0
          ? Duration.ofNanos((long) (elapsed.toNanos() * (1 - fraction) / fraction))
          : null;
    }
  }

  private final PlaceUri from;
  private final PlaceUri to;
  private final StoreOptions options;
  private final Filter filter;
  private final boolean verify;
  private final @Nullable Consumer<Progress> listener;

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
   * Returns the steps that {@link #run} would take and why these, for people. Opens both stores,
   * moves nothing.
   *
   * @throws io.github.sparkpysocial.StoreException if a store cannot be opened
   * @throws IllegalArgumentException if a URI lacks a part
   * @throws UnsupportedCapabilityException if the target can only be read
   */
  public List<String> explain() {
    try (RecordStore source = Places.openStore(from, options);
        RecordStore target = Places.openStore(to, options)) {
      return explain(plan(source, target));
    }
  }

  private Plan plan(RecordStore source, RecordStore target) {
    if (!target.capabilities().contains(StoreCapability.WRITE)) {
      throw new UnsupportedCapabilityException(
          "The target " + to + " does not claim WRITE; name another, such as a new .jsonl file");
    }
    return Plan.of(new TransferPath.Task(source, target, filter, options));
  }

  private List<String> explain(Plan plan) {
    List<String> steps = new ArrayList<>(plan.explain());
    if (verify) {
      steps.add(
          steps.size() - 1,
          "read both again and compare the sums of their contents, in any order; key by key if they"
              + " differ");
    }
    return List.copyOf(steps);
  }

  /**
   * Moves the records.
   *
   * @throws io.github.sparkpysocial.StoreException if a store cannot be opened, read or written, or
   *     the thread is interrupted; what was written until then stays
   * @throws IllegalArgumentException if a URI lacks a part
   * @throws UnsupportedCapabilityException if the target can only be read, or cannot hold a kind of
   *     record
   */
  public TransferReport run() {
    long quarantinedBefore = options.quarantine().count();
    List<String> path;
    TransferPath.Moved moved;
    TransferPath.Route route;
    boolean withRaw;
    try (RecordStore source = Places.openStore(from, options);
        RecordStore target = Places.openStore(to, options)) {
      Plan plan = plan(source, target);
      path = explain(plan);
      route = plan.route();
      withRaw = options.keepRaw() && target.capabilities().contains(StoreCapability.RAW);
      moved = route.run(reporting(source, route, quarantinedBefore));
    }
    WriteSummary written = moved.summary();
    return new TransferReport(
        moved.read(),
        written.inserted() + written.updated(),
        written.unchanged(),
        written.deleted(),
        options.quarantine().count() - quarantinedBefore,
        moved.unknownFields(),
        moved.notices(),
        path,
        verify ? compare(withRaw, written.quarantined()) : null);
  }

  /** Returns what tells the listener; counts the source first where a database does it quickly. */
  private LongConsumer reporting(
      RecordStore source, TransferPath.Route route, long quarantinedBefore) {
    Consumer<Progress> hearer = listener;
    if (hearer == null) {
      return read -> {};
    }
    boolean countable = source.capabilities().contains(StoreCapability.FILTER_PUSHDOWN);
    long total = countable ? source.count(filter) : 0;
    long start = System.nanoTime();
    return read -> {
      double fraction = total > 0 ? Math.min(1, (double) read / total) : route.fraction();
      hearer.accept(
          new Progress(
              read,
              fraction,
              options.quarantine().count() - quarantinedBefore,
              Duration.ofNanos(System.nanoTime() - start)));
    };
  }

  /** Compares both places, which are opened again, so that what counts is what is durable. */
  private Verification compare(boolean withRaw, long setAside) {
    StoreOptions quietly = options.withQuarantine(new Unheeded());
    try (RecordStore source = Places.openStore(from, quietly);
        RecordStore target = Places.openStore(to, quietly)) {
      return new Verifier(source, target, filter, withRaw).run(setAside);
    }
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

  /** Collects the choices of a transfer. Not thread-safe; what it builds is immutable. */
  public static final class Builder {
    private final PlaceUri from;
    private final PlaceUri to;
    private StoreOptions options = StoreOptions.with(Quarantine.inMemory());
    private Filter filter = Filter.ALL;
    private boolean verify;
    private @Nullable Consumer<Progress> listener;

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

    /** Compares both stores afterwards; see {@link Verification}. Default: no. */
    public Builder verify() {
      this.verify = true;
      return this;
    }

    /**
     * Sets who is told after each thousand records or so, in the thread that runs the transfer.
     * Default: nobody.
     */
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
