package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.RecordSource.Order;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.live.LiveEndedException;
import io.github.sparkpysocial.live.LiveEvent;
import io.github.sparkpysocial.live.LiveListener;
import io.github.sparkpysocial.live.LiveMark;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.live.LiveStream;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings a live stream into a store, in batches. The records of a batch are made durable first, and
 * how far the stream was taken is noted in the ledger then; a hole is noted before anything that
 * came after it. So a process that is killed anywhere loses nothing: when it is run again it goes
 * on at the network's own mark, or, where there is none, what happened meanwhile is a hole, which a
 * search fills as it fills those of broken connections. What cannot be filled stays in the ledger.
 *
 * <p>Run once; {@link #stop()} may be called by any thread.
 */
public final class LiveHarvest {
  private static final Duration LONGEST_WAIT = Duration.ofMillis(200);

  private final LiveSource source;
  private final RecordStore store;
  private final Ledger ledger;
  private final long limit;
  private final int batchRecords;
  private final Duration batchTime;
  private final @Nullable Duration untilIdle;
  private final @Nullable Quarantine quarantine;
  private final @Nullable ErasureLog erasures;
  private final Consumer<LiveHarvestReport> progress;
  private final LiveStream.Builder stream;
  private volatile boolean stopped;

  private LiveHarvest(Builder builder) {
    this.source = builder.source;
    this.store = builder.store;
    this.ledger = builder.ledger;
    this.limit = builder.limit;
    this.batchRecords = builder.batchRecords;
    this.batchTime = builder.batchTime;
    this.untilIdle = builder.untilIdle;
    this.quarantine = builder.quarantine;
    this.erasures = builder.erasures;
    this.progress = builder.progress;
    this.stream = builder.stream;
  }

  /** Returns a builder for a harvest of this stream into this store; the caller closes both. */
  public static Builder builder(LiveSource source, RecordStore store) {
    return new Builder(source, store);
  }

  /** Lets {@link #run()} end: what has been taken is made durable first. */
  public void stop() {
    stopped = true;
  }

  /**
   * Takes what happens until {@link #stop()}, the limit, or a silence as long as was set.
   *
   * @throws InterruptedException if the thread is interrupted; what was taken is durable and noted,
   *     run again to go on
   * @throws io.github.sparkpysocial.SocialException if the network refuses the stream for good or
   *     the store fails; what is durable is noted, run again to go on
   */
  public LiveHarvestReport run() throws InterruptedException {
    // An interrupt would close the file that is being written to: it reaches another thread only.
    FutureTask<LiveHarvestReport> work = new FutureTask<>(this::harvest);
    Thread worker = new Thread(work, "live-harvest");
    worker.setDaemon(true);
    worker.start();
    try {
      return result(work);
    } catch (InterruptedException e) {
      stop();
      result(work);
      throw e;
    }
  }

  private static LiveHarvestReport result(FutureTask<LiveHarvestReport> work)
      throws InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("The harvest of a stream failed", e.getCause());
    }
  }

  private LiveHarvestReport harvest() throws InterruptedException {
    String from = source.uri().toString();
    String to = store.uri().toString();
    LedgerEntry entry =
        ledger.find(from, to).orElseGet(() -> LedgerEntry.none(from, to, Order.OLDEST_FIRST));
    LiveMark mark = mark(entry);
    Path file = ledger.file();
    Path beside = file == null ? null : Harvest.Builder.quarantineBeside(file);
    try (Intake intake = new Intake(store, RecordKind.POST, quarantine, beside, erasures);
        LiveStream open = stream.after(mark).holes(holes(entry)).open()) {
      LiveIntake live = new LiveIntake(from, to, ledger, intake, mark, entry.holes().size());
      try {
        take(open, live);
      } catch (LiveEndedException e) {
        live.flush();
        throw e;
      }
      live.flush();
      return live.report();
    }
  }

  /** Returns how far the runs before came, or {@code null} if there were none. */
  private @Nullable LiveMark mark(LedgerEntry entry) {
    if (entry.intervals().isEmpty()) {
      return null;
    }
    Interval known = entry.intervals().get(0);
    Instant takenAt = known.to();
    return takenAt == null ? null : new LiveMark(entry.lastPage(), takenAt, known.newest());
  }

  /** Returns the holes that the runs before left, oldest first. */
  private static List<Hole> holes(LedgerEntry entry) {
    List<Hole> holes = new ArrayList<>();
    for (LedgerHole hole : entry.holes()) {
      if (hole.from() != null && hole.to() != null) {
        holes.add(0, new Hole(hole.from(), hole.to(), hole.after(), hole.reason()));
      }
    }
    return holes;
  }

  private void take(LiveStream open, LiveIntake live) throws InterruptedException {
    long batchBegan = System.nanoTime();
    long heardAt = batchBegan;
    boolean connected = false;
    while (!stopped && live.posts() < limit) {
      LiveEvent event = open.next(LONGEST_WAIT);
      if (event == null && open.isClosed()) {
        return;
      }
      long now = System.nanoTime();
      if (event != null) {
        live.take(event);
        heardAt = now;
        connected =
            event instanceof LiveEvent.Connected
                || (connected && !(event instanceof LiveEvent.Disconnected));
      }
      if (live.waitingRecords() >= batchRecords || now - batchBegan >= batchTime.toNanos()) {
        batchBegan = now;
        live.flush();
        progress.accept(live.report());
      }
      boolean idle = untilIdle != null && now - heardAt >= untilIdle.toNanos();
      if (idle && connected && live.waitingHoles() == 0) {
        return;
      }
    }
  }

  /** Sets up a harvest. Not thread-safe. */
  public static final class Builder {
    private final LiveSource source;
    private final RecordStore store;
    private final LiveStream.Builder stream;
    private Ledger ledger = Ledger.inMemory();
    private long limit = Long.MAX_VALUE;
    private int batchRecords = 500;
    private Duration batchTime = Duration.ofSeconds(1);
    private @Nullable Duration untilIdle;
    private @Nullable Quarantine quarantine;
    private @Nullable ErasureLog erasures;
    private Consumer<LiveHarvestReport> progress = report -> {};

    private Builder(LiveSource source, RecordStore store) {
      this.source = Objects.requireNonNull(source, "source");
      this.store = Objects.requireNonNull(store, "store");
      this.stream = LiveStream.builder(source);
    }

    /** Sets where it is kept how far the stream was taken. Default: in memory. */
    public Builder ledger(Ledger ledger) {
      this.ledger = Objects.requireNonNull(ledger, "ledger");
      return this;
    }

    /** Keeps how far the stream was taken in this file, made when needed. */
    public Builder ledger(Path file) {
      return ledger(Ledger.open(file));
    }

    /**
     * Ends the run after about so many posts; batches stay whole. Default: no limit.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder limit(long posts) {
      if (posts < 1) {
        throw new IllegalArgumentException("limit must be positive, was " + posts);
      }
      this.limit = posts;
      return this;
    }

    /**
     * Ends the run when nothing has come for so long while the stream was connected, and no hole
     * waits to be filled. Default: it goes on.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder untilIdle(Duration silence) {
      this.untilIdle = positive(silence, "untilIdle");
      return this;
    }

    /**
     * Sets how many records make a batch, and after how long a smaller one is made durable.
     * Default: 500 records, a second.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public Builder batch(int records, Duration time) {
      if (records < 1) {
        throw new IllegalArgumentException("A batch has at least 1 record, was " + records);
      }
      this.batchRecords = records;
      this.batchTime = positive(time, "time");
      return this;
    }

    /** Sets where unreadable items go. Default: a file beside the ledger. */
    public Builder quarantine(Quarantine quarantine) {
      this.quarantine = Objects.requireNonNull(quarantine, "quarantine");
      return this;
    }

    /** Sets where receipts of deletions are written. Default: nowhere. */
    public Builder erasures(ErasureLog erasures) {
      this.erasures = Objects.requireNonNull(erasures, "erasures");
      return this;
    }

    /** Sets who hears of each batch that is durable, on the thread that works. Default: nobody. */
    public Builder progress(Consumer<LiveHarvestReport> progress) {
      this.progress = Objects.requireNonNull(progress, "progress");
      return this;
    }

    /** Sets who hears how the stream fares. Default: nobody. */
    public Builder listener(LiveListener listener) {
      stream.listener(listener);
      return this;
    }

    /** Sets the clock for pauses, silence and holes. Default: {@link Timing#system()}. */
    public Builder timing(Timing timing) {
      stream.timing(timing);
      return this;
    }

    /**
     * Sets how long after the end of a hole it is filled. Default: {@link LiveSource#settling()}.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder settling(Duration settling) {
      stream.settling(settling);
      return this;
    }

    private static Duration positive(Duration value, String name) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " must be positive, was " + value);
      }
      return value;
    }

    /** Returns the harvest. */
    public LiveHarvest build() {
      return new LiveHarvest(this);
    }
  }
}
