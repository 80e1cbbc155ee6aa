package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.WriteSummary;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
 * <p>Not thread-safe.
 */
public final class Harvest {
  private static final Logger log = LoggerFactory.getLogger(Harvest.class);

  private final RecordSource source;
  private final RecordStore store;
  private final Ledger ledger;
  private final long limit;
  private final @Nullable Quarantine quarantine;
  private final HarvestListener listener;
  private final Clock clock;

  private Harvest(Builder builder) {
    this.source = builder.source;
    this.store = builder.store;
    this.ledger = builder.ledger;
    this.limit = builder.limit;
    this.quarantine = builder.quarantine;
    this.listener = builder.listener;
    this.clock = builder.clock;
  }

  /** Returns a builder for a harvest of this listing into this store; the caller closes both. */
  public static Builder builder(RecordSource source, RecordStore store) {
    return new Builder(source, store);
  }

  /**
   * Fetches until the listing ends or the limit is reached.
   *
   * @throws InterruptedException if the thread is interrupted; what is durable is noted, run again
   *     to go on
   * @throws io.github.sparkpysocial.SocialException if the network or the store fails; what is
   *     durable is noted, run again to go on
   */
  public HarvestReport run() throws InterruptedException {
    return new Run(entry()).run();
  }

  /** Tells what a run will take at most, without asking the network anything. */
  public HarvestPlan plan() {
    SourceProfile profile = source.profile();
    Long most = profile.mostItems();
    Long items = most;
    if (limit != Long.MAX_VALUE && (items == null || limit < items)) {
      items = limit;
    }
    Long requests = null;
    Duration waiting = null;
    BigDecimal dollars = null;
    if (items != null) {
      long lastPage = items % profile.pageSize() == 0 ? 0 : 1;
      requests = (items / profile.pageSize() + lastPage) * profile.requestsPerPage();
      Quota quota = profile.quota();
      if (quota != null) {
        waiting = quota.per().multipliedBy(Math.max(0, requests - 1) / quota.permits());
      }
      BigDecimal price = profile.dollarsPerItem();
      if (price != null) {
        dollars = price.multiply(BigDecimal.valueOf(items));
      }
    }
    List<String> notes = new ArrayList<>(profile.notes());
    Quota quota = profile.quota();
    if (quota != null) {
      notes.add("The network allows " + quota + ".");
    }
    LedgerEntry entry = entry();
    if (entry.open() != null) {
      notes.add("An earlier harvest was not finished; this one goes on where it stopped.");
    } else if (entry.isComplete()) {
      notes.add("The listing was read to its end before; only what is new will be fetched.");
    }
    return new HarvestPlan(
        source.uri().toString(), store.uri().toString(), items, requests, waiting, dollars, notes);
  }

  private LedgerEntry entry() {
    String from = source.uri().toString();
    String to = store.uri().toString();
    LedgerEntry entry = ledger.entry(from, to, source.order());
    if (!entry.isBlank() && isEmpty()) {
      log.warn("The ledger knows {} in {}, but that is empty; everything is read again", from, to);
      return LedgerEntry.none(from, to, source.order());
    }
    if (entry.order() != source.order()) {
      return LedgerEntry.none(from, to, source.order());
    }
    return entry;
  }

  private boolean isEmpty() {
    if (!store.capabilities().contains(StoreCapability.READ)) {
      return false;
    }
    try (RecordCursor records = store.readAll()) {
      return !records.hasNext();
    } catch (StoreException e) {
      return true; // such as a file that is not there; reading everything again harms nothing
    }
  }

  /** One run and its counts. */
  private final class Run {
    private final Usage before = source.usage();
    private final TreeMap<String, Long> unknownFields = new TreeMap<>();
    private LedgerEntry entry;
    private WriteSummary written = WriteSummary.NONE;
    private long pages;
    private long items;
    private long fetched;
    private long rejected;

    Run(LedgerEntry entry) {
      this.entry = entry;
    }

    HarvestReport run() throws InterruptedException {
      boolean complete =
          switch (source.order()) {
            case NEWEST_FIRST -> newestFirst();
            case OLDEST_FIRST -> oldestFirst();
            case UNORDERED -> fetchAll(entry.open() == null ? start(null) : entry.open(), null);
          };
      Usage usage = source.usage().since(before);
      return new HarvestReport(
          fetched,
          written.inserted(),
          written.updated(),
          written.unchanged(),
          written.deleted(),
          rejected + written.quarantined(),
          usage.requests(),
          usage.waited(),
          complete,
          entry.intervals(),
          unknownFields);
    }

    private boolean newestFirst() throws InterruptedException {
      LedgerEntry.Open unfinished = entry.open();
      if (unfinished != null && !fetchAll(unfinished, null)) {
        return false;
      }
      Position newest = entry.intervals().isEmpty() ? null : entry.intervals().get(0).newest();
      return fetchAll(start(isStillShown(newest) ? newest : null), null);
    }

    /** Returns whether the network still shows what came right after this position. */
    private boolean isStillShown(@Nullable Position position) {
      Duration horizon = source.horizon();
      if (position == null || horizon == null) {
        return true;
      }
      Instant at = position.at();
      boolean shown = at == null || at.isAfter(clock.instant().minus(horizon));
      if (!shown) {
        log.warn(
            "{} shows the last {} days only; what came between {} and then is lost to it, and the"
                + " ledger keeps the hole",
            source.uri(),
            horizon.toDays(),
            at);
      }
      return shown;
    }

    private boolean oldestFirst() throws InterruptedException {
      LedgerEntry.Open open = entry.open();
      if (open != null) {
        return fetchAll(open, null);
      }
      if (entry.completedAt() == null || entry.intervals().isEmpty()) {
        return fetchAll(start(null), null);
      }
      // The last page may have grown. If it no longer reaches back to what is known, records before
      // it have gone and others have moved up to pages that were read already.
      Interval known = entry.intervals().get(0);
      return fetchAll(
          new LedgerEntry.Open(null, known.newest(), known.oldest(), entry.lastPage()),
          known.newest());
    }

    private LedgerEntry.Open start(@Nullable Position since) {
      return new LedgerEntry.Open(since, null, null, null);
    }

    /**
     * Fetches from an open part's cursor to the end of the listing.
     *
     * @param overlap the position that the first page must reach back to, or {@code null}
     * @return whether the end was reached
     */
    private boolean fetchAll(LedgerEntry.Open from, @Nullable Position overlap)
        throws InterruptedException {
      LedgerEntry.Open open = from;
      PageRequest request = new PageRequest(open.since(), null, open.cursor());
      boolean resumed = open.cursor() != null;
      while (items < limit) {
        Page page;
        try {
          page = source.fetch(request.atMost(limit - items));
        } catch (StaleCursorException e) {
          if (!resumed) {
            throw e;
          }
          log.warn("{} no longer takes the cursor of the last run; going on without", source.uri());
          request = withoutCursor(open);
          resumed = false;
          continue;
        }
        resumed = false;
        if (overlap != null && !reachesBack(page, overlap)) {
          log.info("{} has moved since it was read; reading it again", source.uri());
          return fetchAll(start(null), null);
        }
        keep(page);
        String next = page.nextCursor();
        if (next != null && next.equals(request.cursor())) {
          throw new TransportException(
              source.uri()
                  + " names a page as its own successor; stopped instead of turning in circles");
        }
        open = advanced(open, page, next);
        entry = next == null ? closed(open, request) : stillOpen(open, request);
        ledger.commit(entry);
        report(page);
        if (next == null) {
          return true;
        }
        overlap = null;
        request = request.at(next);
      }
      return entry.isComplete() && pages == 0;
    }

    /** Returns how to go on when the network has forgotten the cursor. */
    private PageRequest withoutCursor(LedgerEntry.Open open) {
      boolean known = source.order() == RecordSource.Order.NEWEST_FIRST && open.oldest() != null;
      return new PageRequest(open.since(), known ? open.oldest() : null, null);
    }

    private boolean reachesBack(Page page, Position known) {
      Position oldest = page.oldest();
      if (oldest == null) {
        return false;
      }
      Instant oldestAt = oldest.at();
      Instant knownAt = known.at();
      return oldest.id().equals(known.id())
          || (page.newest() != null && page.newest().id().equals(known.id()))
          || (oldestAt != null && knownAt != null && !oldestAt.isAfter(knownAt));
    }

    /** Makes the records of a page durable. */
    private void keep(Page page) {
      written = written.plus(store.write(page.records()));
      for (Rejected item : page.rejected()) {
        if (quarantine == null) {
          log.warn("set aside: {}", item);
        } else {
          quarantine.setAside(item);
        }
      }
      pages++;
      fetched += page.records().size();
      rejected += page.rejected().size();
      for (SocialRecord record : page.records()) {
        if (record.recordKind() == source.kind()) {
          items++;
        }
      }
      for (Map.Entry<String, Long> field : page.unknownFields().entrySet()) {
        unknownFields.merge(field.getKey(), field.getValue(), Long::sum);
      }
    }

    private LedgerEntry.Open advanced(LedgerEntry.Open open, Page page, @Nullable String cursor) {
      Position newest = open.newest();
      Position oldest = open.oldest();
      if (source.order() == RecordSource.Order.OLDEST_FIRST) {
        newest = page.newest() == null ? newest : page.newest();
        oldest = oldest == null ? page.oldest() : oldest;
      } else {
        newest = newest == null ? page.newest() : newest;
        oldest = page.oldest() == null ? oldest : page.oldest();
      }
      return new LedgerEntry.Open(open.since(), newest, oldest, cursor);
    }

    private LedgerEntry stillOpen(LedgerEntry.Open open, PageRequest fetchedBy) {
      return new LedgerEntry(
          entry.source(),
          entry.store(),
          entry.order(),
          entry.intervals(),
          open,
          fetchedBy.cursor(),
          entry.completedAt());
    }

    private LedgerEntry closed(LedgerEntry.Open open, PageRequest fetchedBy) {
      return new LedgerEntry(
          entry.source(),
          entry.store(),
          entry.order(),
          merged(open),
          null,
          fetchedBy.cursor(),
          clock.instant());
    }

    private List<Interval> merged(LedgerEntry.Open open) {
      Position newest = open.newest();
      if (newest == null) {
        return entry.intervals();
      }
      if (source.order() != RecordSource.Order.NEWEST_FIRST || entry.intervals().isEmpty()) {
        return List.of(new Interval(newest, open.oldest()));
      }
      List<Interval> all = new ArrayList<>(entry.intervals());
      Interval last = all.get(0);
      if (open.since() != null || touches(open.oldest(), last.newest())) {
        all.set(0, new Interval(newest, last.oldest()));
      } else {
        all.add(0, new Interval(newest, open.oldest()));
      }
      return all;
    }

    private boolean touches(@Nullable Position oldest, Position newestBefore) {
      if (oldest == null) {
        return false;
      }
      Instant at = oldest.at();
      Instant before = newestBefore.at();
      return oldest.id().equals(newestBefore.id())
          || (at != null && before != null && at.isBefore(before));
    }

    private void report(Page page) {
      Usage usage = source.usage().since(before);
      listener.progress(
          new HarvestProgress(
              pages,
              fetched,
              written.inserted(),
              usage.requests(),
              usage.waited(),
              source.order() == RecordSource.Order.OLDEST_FIRST ? page.newest() : page.oldest()));
    }
  }

  /** Sets up a harvest. Not thread-safe. */
  public static final class Builder {
    private final RecordSource source;
    private final RecordStore store;
    private Ledger ledger = Ledger.inMemory();
    private long limit = Long.MAX_VALUE;
    private @Nullable Quarantine quarantine;
    private HarvestListener listener = HarvestListener.NONE;
    private Clock clock = Clock.systemUTC();

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

    /**
     * Sets where items go that could not be read; the caller closes it. Default: they are counted
     * and logged, without their content.
     */
    public Builder quarantine(Quarantine quarantine) {
      this.quarantine = Objects.requireNonNull(quarantine, "quarantine");
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

    /** Returns the harvest. */
    public Harvest build() {
      return new Harvest(this);
    }
  }
}
