package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.RecordSource.Order;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreCapability;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a listing of a network into a store, page by page. After each page the records are made
 * durable first and noted in the ledger then, so that a run that is killed anywhere loses nothing;
 * since stores write idempotently, it doubles nothing either. Run it again and it goes on:
 *
 * <ul>
 *   <li>newest first: what the last run left open is finished, then everything newer is fetched,
 *       and both become one interval without a hole
 *   <li>oldest first: it goes on after the last page known
 *   <li>no order: it goes on where it stopped, or reads the whole again
 * </ul>
 *
 * <p>What is new and what is missing can be fetched apart: see {@link Builder#scope}. A run that
 * comes to a limit or a ceiling gives control back and says where the next one goes on.
 *
 * <p>Not thread-safe.
 */
public final class Harvest {
  private static final Logger log = LoggerFactory.getLogger(Harvest.class);

  private final Builder settings;

  private Harvest(Builder settings) {
    this.settings = settings;
  }

  /** Returns a builder for a harvest of this listing into this store; the caller closes both. */
  public static Builder builder(RecordSource source, RecordStore store) {
    return new Builder(source, store);
  }

  /**
   * Fetches until the listing ends or a limit or ceiling is reached.
   *
   * @throws InterruptedException if the thread is interrupted; what is durable is noted, run again
   *     to go on
   * @throws io.github.sparkpysocial.SocialException if the network or the store fails; what is
   *     durable is noted, run again to go on
   */
  public HarvestReport run() throws InterruptedException {
    return run(settings.ceilings(), 0, 0);
  }

  /** Runs as a part of something larger, whose ceilings it shares. */
  HarvestReport run(Ceilings ceilings, long itemsBefore, long requestsBefore)
      throws InterruptedException {
    try (Intake intake = settings.intake(ceilings.limitItems())) {
      return new HarvestRun(settings, entry(), intake, ceilings, itemsBefore, requestsBefore).run();
    }
  }

  /** Tells what a run will take at most, without asking the network anything. */
  public HarvestPlan plan() {
    return HarvestPlanner.plan(
        settings.source,
        settings.store.uri().toString(),
        entry(),
        settings,
        settings.clock.instant());
  }

  private LedgerEntry entry() {
    String from = settings.source.uri().toString();
    String to = settings.store.uri().toString();
    Order order = settings.source.order();
    LedgerEntry entry = settings.ledger.entry(from, to, order);
    if (!entry.isBlank() && isEmpty(settings.store)) {
      log.warn("The ledger knows {} in {}, but that is empty; everything is read again", from, to);
      return LedgerEntry.none(from, to, order);
    }
    return entry.order() == order ? entry : LedgerEntry.none(from, to, order);
  }

  static boolean isEmpty(RecordStore store) {
    if (!store.capabilities().contains(StoreCapability.READ)) {
      return false;
    }
    try (RecordCursor records = store.readAll()) {
      return !records.hasNext();
    } catch (StoreException e) {
      return true; // such as a file that is not there; reading everything again harms nothing
    }
  }

  /** Sets up a harvest. Not thread-safe. */
  public static final class Builder {
    final RecordSource source;
    final RecordStore store;
    Ledger ledger = Ledger.inMemory();
    HarvestScope scope = HarvestScope.ALL;
    @Nullable Duration lag;
    long limit = Long.MAX_VALUE;
    long maxRequests = Long.MAX_VALUE;
    @Nullable Duration maxDuration;
    HarvestListener listener = HarvestListener.NONE;
    Clock clock = Clock.systemUTC();
    private Duration patience = Duration.ofMillis(250);
    private Timing timing = Timing.system();
    private @Nullable Quarantine quarantine;
    private @Nullable ErasureLog erasures;

    private Builder(RecordSource source, RecordStore store) {
      this.source = Objects.requireNonNull(source, "source");
      this.store = Objects.requireNonNull(store, "store");
    }

    /** Sets the file of the ledger. Default: none, and each run reads everything. */
    public Builder ledger(Path file) {
      this.ledger = Ledger.open(file);
      return this;
    }

    /** Sets the ledger. Default: none, and each run reads everything. */
    public Builder ledger(Ledger ledger) {
      this.ledger = Objects.requireNonNull(ledger, "ledger");
      return this;
    }

    /**
     * Sets after how many items of the listing to stop. Pages stay whole, so that a few more may
     * come. Default: no limit.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder limit(long items) {
      if (items < 1) {
        throw new IllegalArgumentException("limit must be positive, was " + items);
      }
      this.limit = items;
      return this;
    }

    /** Sets which part of the listing to fetch. Default: {@link HarvestScope#ALL}. */
    public Builder scope(HarvestScope scope) {
      this.scope = Objects.requireNonNull(scope, "scope");
      return this;
    }

    /**
     * Reads what is so much older than the newest record known again, for posts that are edited
     * late and counts that still grow; the store tells them as updated. Only for listings that give
     * the newest first: of others the last page, or the whole, is read again anyway. Default: what
     * was read once is not read again.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder lag(Duration lag) {
      this.lag = positive("lag", lag);
      return this;
    }

    /**
     * Sets how many requests a run may send. It is looked at before each page, so that requests
     * that have to be tried again may come on top. Default: no ceiling.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxRequests(long requests) {
      if (requests < 1) {
        throw new IllegalArgumentException("maxRequests must be positive, was " + requests);
      }
      this.maxRequests = requests;
      return this;
    }

    /**
     * Sets after how long no further page is asked for. A page that is being waited for is taken
     * first; the {@link io.github.sparkpysocial.limit.LimitPolicy} says how long that may be.
     * Default: no ceiling.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxDuration(Duration duration) {
      this.maxDuration = positive("maxDuration", duration);
      return this;
    }

    private static Duration positive(String name, Duration duration) {
      if (duration.isNegative() || duration.isZero()) {
        throw new IllegalArgumentException(name + " must be positive, was " + duration);
      }
      return duration;
    }

    /**
     * Sets where items go that could not be read; the caller closes it. Default: a file beside that
     * of the ledger, {@code NAME.quarantine.jsonl} for {@code NAME.ledger.json}, made only when
     * needed; without a file of the ledger, the first 1,000 are in the report.
     */
    public Builder quarantine(Quarantine quarantine) {
      this.quarantine = Objects.requireNonNull(quarantine, "quarantine");
      return this;
    }

    /** Sets where each deletion gets its receipt; the caller closes it. Default: nowhere. */
    public Builder erasures(ErasureLog erasures) {
      this.erasures = Objects.requireNonNull(erasures, "erasures");
      return this;
    }

    /** Sets who hears how it goes on. Default: nobody. */
    public Builder listener(HarvestListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** Sets the clock of the ledger. Default: the system's. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Sets how long pages that come fast may wait to be made durable together; a kill within that
     * time means that they are asked for again. Default: 250 ms, at most 8 MB; zero makes each page
     * durable by itself.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder patience(Duration patience) {
      if (patience.isNegative()) {
        throw new IllegalArgumentException("patience must not be negative, was " + patience);
      }
      this.patience = patience;
      return this;
    }

    /** Sets what {@link #maxDuration} is measured by. Default: the system's. */
    public Builder timing(Timing timing) {
      this.timing = Objects.requireNonNull(timing, "timing");
      return this;
    }

    Ceilings ceilings() {
      return new Ceilings(limit, maxRequests, maxDuration, timing);
    }

    Intake intake(boolean countsAhead) {
      Path file = ledger.file();
      return new Intake(
          store,
          source.kind(),
          quarantine,
          file == null ? null : quarantineBeside(file),
          erasures,
          patience,
          timing,
          countsAhead);
    }

    static Path quarantineBeside(Path ledger) {
      String name = String.valueOf(ledger.getFileName()).replaceFirst("(\\.ledger)?\\.json$", "");
      return ledger.resolveSibling(name + ".quarantine.jsonl");
    }

    /**
     * Returns the harvest, with what is set now.
     *
     * @throws IllegalArgumentException if a lag is set for a listing that gives the oldest first
     */
    public Harvest build() {
      if (lag != null && source.order() == Order.OLDEST_FIRST) {
        throw new IllegalArgumentException(
            source.uri()
                + " gives the oldest first, so that its last so-long cannot be read again by"
                + " itself; leave the lag out, or harvest without a ledger to read all again");
      }
      return new Harvest(new Builder(this));
    }

    private Builder(Builder other) {
      this(other.source, other.store);
      this.ledger = other.ledger;
      this.scope = other.scope;
      this.lag = other.lag;
      this.limit = other.limit;
      this.maxRequests = other.maxRequests;
      this.maxDuration = other.maxDuration;
      this.listener = other.listener;
      this.clock = other.clock;
      this.patience = other.patience;
      this.timing = other.timing;
      this.quarantine = other.quarantine;
      this.erasures = other.erasures;
    }
  }
}
