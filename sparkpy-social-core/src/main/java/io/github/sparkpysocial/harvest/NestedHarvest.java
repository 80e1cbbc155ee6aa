package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.ForbiddenException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.NestedListing;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.RecordSource.Order;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.limit.UsageCapException;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the listings within a listing into a store, such as the stars of all repositories of an
 * organisation: the outer listing's records and those of each listing in it, one after the other.
 *
 * <p>The ledger has an entry for the whole and one for each listing. Killed anywhere, the next run
 * goes on: in the outer listing at the page where it was, without asking again for what is done, in
 * the inner one at its page. When all is read, the next run is a new pass, in which each listing
 * brings what is new to it. A listing that the network refuses, such as that of a repository that
 * was just deleted, is told and noted, and the others go on.
 *
 * <p>Not thread-safe.
 */
public final class NestedHarvest {
  private static final Logger log = LoggerFactory.getLogger(NestedHarvest.class);
  private static final String STOPPED = "a harvest stopped here; run it again to go on";
  private static final int MOST_REFUSALS = 1_000;

  private final Builder settings;

  private NestedHarvest(Builder settings) {
    this.settings = settings;
  }

  /**
   * Returns a builder.
   *
   * @param listing what to fetch
   * @param store where to keep it; the caller closes it
   * @param open opens a listing by its URI, usually {@code uri -> Places.openSource(uri, options)};
   *     each is closed when it is done
   */
  public static Builder builder(
      NestedListing listing, RecordStore store, Function<PlaceUri, RecordSource> open) {
    return new Builder(listing, store, open);
  }

  /**
   * Fetches until all listings end or a limit or ceiling is reached.
   *
   * @throws InterruptedException if the thread is interrupted; run again to go on
   * @throws SocialException if the network refuses the outer listing, or cannot be reached, or the
   *     store fails; run again to go on
   */
  public NestedReport run() throws InterruptedException {
    return new Run().run();
  }

  /** Tells what a run will take at most, as far as that is known; asks the network nothing. */
  public HarvestPlan plan() {
    return NestedPlanner.plan(settings, entry());
  }

  private LedgerEntry entry() {
    String whole = settings.listing.uri().toString();
    String store = settings.store.uri().toString();
    LedgerEntry entry = settings.ledger.entry(whole, store, Order.UNORDERED);
    boolean known = !entry.isBlank() || entry.startedAt() != null;
    if (known && Harvest.isEmpty(settings.store)) {
      log.warn("The ledger knows {} in {}, but that is empty; all is read again", whole, store);
      return LedgerEntry.none(whole, store, Order.UNORDERED);
    }
    return entry;
  }

  /** One run and its counts. */
  private final class Run {
    private final Ceilings ceilings =
        new Ceilings(settings.limit, settings.maxRequests, settings.maxDuration, settings.timing);
    private final ReportSum sum = new ReportSum();
    private final Map<String, String> refused = new LinkedHashMap<>();
    private final Map<String, LedgerEntry> known = new HashMap<>();
    private final Best best = new Best(settings.first, settings.ranking);
    private LedgerEntry entry = entry();
    private Usage outerUsage = Usage.NONE;
    private @Nullable String stoppedBy;
    private long items;
    private long innerItems;
    private long listings;
    private long skipped;
    private boolean outerComplete;
    private boolean cutShort;

    NestedReport run() throws InterruptedException {
      String store = settings.store.uri().toString();
      if (!entry.isBlank() || entry.startedAt() != null) {
        for (LedgerEntry one : settings.ledger.entries()) {
          if (one.store().equals(store)) {
            known.put(one.source(), one);
          }
        }
      }
      if (!isUnderWay(entry)) {
        entry = entry.with(List.of(), List.of()).startedAt(settings.clock.instant()).items(0);
        settings.ledger.commit(entry);
      }
      boolean complete;
      ReportSum ofOuter = new ReportSum();
      try (RecordSource outer = settings.open.apply(settings.listing.outer());
          Intake intake = settings.intake(outer)) {
        outerComplete = readOuter(outer, intake);
        complete = outerComplete && readBest() && !cutShort;
        for (ReportSum all : List.of(sum, ofOuter)) {
          all.add(intake);
          all.add(outerUsage);
        }
      }
      if (complete) {
        entry = entry.completedAt(later(settings.clock.instant(), startedAt()));
        settings.ledger.commit(entry);
      }
      return new NestedReport(
          sum.report(complete, stoppedBy, entry.holes()),
          ofOuter.report(outerComplete, stoppedBy, entry.holes()),
          items,
          listings,
          skipped,
          refused);
    }

    private Instant startedAt() {
      return Objects.requireNonNull(entry.startedAt(), "startedAt");
    }

    private boolean readOuter(RecordSource outer, Intake intake) throws InterruptedException {
      LedgerHole open = settings.ranking == null ? entry.open() : null;
      PageRequest request =
          open == null || open.next() == null ? PageRequest.FIRST : open.next().request();
      boolean resumed = request.cursor() != null;
      Usage before = outer.usage();
      while (true) {
        if (isStopped(outer.profile().requestsPerPage())) {
          return false;
        }
        Page page;
        try {
          page = outer.fetch(request);
        } catch (StaleCursorException e) {
          if (!resumed) {
            throw e;
          }
          log.warn("{} no longer takes the cursor of the last run; read again", outer.uri());
          request = PageRequest.FIRST;
          resumed = false;
          continue;
        } catch (UsageCapException e) {
          stoppedBy = e.getMessage();
          return false;
        } finally {
          outerUsage = outer.usage().since(before);
        }
        resumed = false;
        intake.keep(page);
        if (!readInner(page)) {
          return false;
        }
        String next = page.nextCursor();
        if (next != null && next.equals(request.cursor())) {
          throw new TransportException(
              outer.uri()
                  + " names a page as its own successor; stopped instead of turning in circles");
        }
        if (settings.ranking == null) {
          note(next);
        }
        if (next == null) {
          return true;
        }
        request = request.at(next);
      }
    }

    /** Notes that all listings of the items so far are done. */
    private void note(@Nullable String next) {
      List<LedgerHole> holes =
          next == null
              ? List.of()
              : List.of(
                  new LedgerHole(
                      null,
                      null,
                      null,
                      null,
                      STOPPED,
                      new LedgerHole.Next(null, null, next, null)));
      entry = entry.with(List.of(), holes);
      settings.ledger.commit(entry);
    }

    private boolean readInner(Page page) throws InterruptedException {
      long before = items;
      for (SocialRecord record : page.records()) {
        List<PlaceUri> inner = settings.listing.inner().apply(record);
        if (inner.isEmpty()) {
          continue;
        }
        items++;
        if (settings.ranking != null) {
          best.offer(record);
        } else if (!fetch(inner)) {
          return false;
        }
      }
      Long listed = entry.items();
      entry = entry.items((listed == null ? 0 : listed) + items - before);
      return true;
    }

    private boolean readBest() throws InterruptedException {
      if (settings.ranking != null) {
        entry = entry.items(items);
        for (SocialRecord record : best.inOrder()) {
          if (!fetch(settings.listing.inner().apply(record))) {
            return false;
          }
        }
      }
      return true;
    }

    private boolean fetch(List<PlaceUri> listings) throws InterruptedException {
      for (PlaceUri listing : listings) {
        LedgerEntry earlier = known.get(listing.toString());
        if (earlier != null && isDone(earlier)) {
          skipped++;
        } else if (isStopped(1) || !fetch(listing)) {
          return false;
        }
      }
      return true;
    }

    /** Returns whether the listing is done; refused is done, too, as far as this pass goes. */
    private boolean fetch(PlaceUri listing) throws InterruptedException {
      HarvestReport report;
      try (RecordSource source = settings.open.apply(listing)) {
        Harvest harvest =
            settings
                .inner(source)
                .listener(progress -> settings.listener.progress(listing, progress))
                .build();
        report =
            harvest.run(ceilings.ofPart(innerItems, settings.limitOfEach), innerItems, requests());
      } catch (InvalidQueryException | ForbiddenException e) {
        refuse(listing, String.valueOf(e.getMessage()));
        return true;
      }
      sum.add(report);
      innerItems += report.items();
      settings.listener.done(listing, report, null);
      listings += report.complete() ? 1 : 0;
      if (report.stoppedBy() == null) {
        return true;
      }
      if (!isStopped(1)) {
        cutShort |= report.items() >= settings.limitOfEach;
        stoppedBy = report.items() >= settings.limitOfEach ? null : report.stoppedBy();
      }
      return stoppedBy == null;
    }

    private void refuse(PlaceUri listing, String reason) {
      log.warn("{} was refused and is left out: {}", listing, reason);
      String store = settings.store.uri().toString();
      settings.ledger.commit(
          settings
              .ledger
              .entry(listing.toString(), store, Order.UNORDERED)
              .refused(later(settings.clock.instant(), startedAt()), reason));
      if (refused.size() < MOST_REFUSALS) {
        refused.put(listing.toString(), reason);
      }
      settings.listener.done(listing, null, reason);
    }

    private boolean isDone(LedgerEntry earlier) {
      Instant at = earlier.refusal() == null ? earlier.completedAt() : earlier.startedAt();
      boolean ended = earlier.refusal() != null || earlier.isComplete();
      return ended && at != null && !at.isBefore(startedAt());
    }

    private boolean isStopped(int requestsPerPage) {
      stoppedBy = ceilings.reached(innerItems, requests(), requestsPerPage);
      return stoppedBy != null;
    }

    private long requests() {
      return sum.requests() + outerUsage.requests();
    }
  }

  private static boolean isUnderWay(LedgerEntry entry) {
    Instant started = entry.startedAt();
    Instant completed = entry.completedAt();
    return started != null && (completed == null || completed.isBefore(started));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Keeps the first few records of a ranking. */
  private static final class Best {
    private final int most;
    private final Comparator<SocialRecord> ranking;
    private final PriorityQueue<SocialRecord> worstFirst;

    Best(int most, @Nullable Comparator<SocialRecord> ranking) {
      this.most = most;
      this.ranking = ranking == null ? Comparator.comparing(SocialRecord::key) : ranking;
      this.worstFirst = new PriorityQueue<>(this.ranking.reversed());
    }

    void offer(SocialRecord record) {
      worstFirst.add(record);
      if (worstFirst.size() > most) {
        worstFirst.remove();
      }
    }

    List<SocialRecord> inOrder() {
      List<SocialRecord> all = new ArrayList<>(worstFirst);
      all.sort(ranking);
      return all;
    }
  }

  /** Sets up a harvest. Not thread-safe. */
  public static final class Builder {
    final NestedListing listing;
    final RecordStore store;
    final Function<PlaceUri, RecordSource> open;
    Ledger ledger = Ledger.inMemory();
    int first = Integer.MAX_VALUE;
    @Nullable Comparator<SocialRecord> ranking;
    long limit = Long.MAX_VALUE;
    long limitOfEach = Long.MAX_VALUE;
    long maxRequests = Long.MAX_VALUE;
    @Nullable Duration maxDuration;
    NestedListener listener = NestedListener.NONE;
    Clock clock = Clock.systemUTC();
    Timing timing = Timing.system();
    private @Nullable Quarantine quarantine;
    private @Nullable ErasureLog erasures;

    private Builder(
        NestedListing listing, RecordStore store, Function<PlaceUri, RecordSource> open) {
      this.listing = Objects.requireNonNull(listing, "listing");
      this.store = Objects.requireNonNull(store, "store");
      this.open = Objects.requireNonNull(open, "open");
    }

    /** Sets the file of the ledger. Default: none, and each run reads everything. */
    public Builder ledger(Path file) {
      return ledger(Ledger.open(file));
    }

    /** Sets the ledger. Default: none, and each run reads everything. */
    public Builder ledger(Ledger ledger) {
      this.ledger = Objects.requireNonNull(ledger, "ledger");
      return this;
    }

    /**
     * Fetches the listings of the first few items only; the outer listing is read as a whole before
     * that. Default: those of all, in the order in which the outer listing gives them.
     *
     * @param most of how many items, at least 1
     * @param ranking which ones come first
     * @throws IllegalArgumentException if {@code most} is not positive
     */
    public Builder first(int most, Comparator<SocialRecord> ranking) {
      if (most < 1) {
        throw new IllegalArgumentException("most must be positive, was " + most);
      }
      this.first = most;
      this.ranking = Objects.requireNonNull(ranking, "ranking");
      return this;
    }

    /**
     * Sets after how many items of all inner listings together to stop. Default: no limit.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder limit(long items) {
      this.limit = positive("limit", items);
      return this;
    }

    /**
     * Sets after how many items of each inner listing to go on to the next one; the rest is left to
     * later passes. Default: no limit.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder limitOfEach(long items) {
      this.limitOfEach = positive("limitOfEach", items);
      return this;
    }

    /**
     * Sets how many requests a run may send, as {@link Harvest.Builder#maxRequests}. Default: no
     * ceiling.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxRequests(long requests) {
      this.maxRequests = positive("maxRequests", requests);
      return this;
    }

    /**
     * Sets after how long no further page is asked for. Default: no ceiling.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder maxDuration(Duration duration) {
      positive("maxDuration", duration.toNanos());
      this.maxDuration = duration;
      return this;
    }

    private static long positive(String name, long number) {
      if (number < 1) {
        throw new IllegalArgumentException(name + " must be positive, was " + number);
      }
      return number;
    }

    /** Sets where items go that could not be read, as {@link Harvest.Builder#quarantine}. */
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
    public Builder listener(NestedListener listener) {
      this.listener = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /** Sets the clock of the ledger. Default: the system's. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /** Sets what {@link #maxDuration} is measured by. Default: the system's. */
    public Builder timing(Timing timing) {
      this.timing = Objects.requireNonNull(timing, "timing");
      return this;
    }

    Intake intake(RecordSource outer) {
      return inner(outer).intake(false);
    }

    Harvest.Builder inner(RecordSource source) {
      Harvest.Builder harvest = Harvest.builder(source, store).ledger(ledger).clock(clock);
      if (quarantine != null) {
        harvest.quarantine(quarantine);
      }
      return erasures == null ? harvest : harvest.erasures(erasures);
    }

    /** Returns the harvest. */
    public NestedHarvest build() {
      return new NestedHarvest(this);
    }
  }
}
