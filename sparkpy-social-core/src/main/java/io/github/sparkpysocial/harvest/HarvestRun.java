package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.RecordSource.Order;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.limit.UsageCapException;
import io.github.sparkpysocial.spi.WriteBehind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a harvest: which pages are fetched, in which order, until when. */
final class HarvestRun {
  private static final Logger log = LoggerFactory.getLogger(HarvestRun.class);
  private static final String STOPPED = "a harvest stopped here; run it again to go on";
  private static final Page NOTHING = Page.of(Page.Content.NONE, null, null, null);

  private final RecordSource source;
  private final Ledger ledger;
  private final HarvestScope scope;
  private final @Nullable Duration lag;
  private final HarvestListener listener;
  private final Clock clock;
  private final Intake intake;
  private final Ceilings ceilings;
  private final long itemsBefore;
  private final long requestsBefore;
  private final Usage before;
  private final WriteBehind behind = new WriteBehind("sparkpy-harvest-writer");
  private LedgerEntry entry;
  private @Nullable String stoppedBy;

  /** The pages that are being made durable. */
  private List<Page> underWay = List.of();

  /** Whether pages could not be made durable, so that nothing after them may be noted. */
  private boolean broken;

  /**
   * Prepares a run.
   *
   * @param entry what is known
   * @param itemsBefore items that count for the ceilings already
   * @param requestsBefore requests that count for the ceilings already
   */
  HarvestRun(
      Harvest.Builder harvest,
      LedgerEntry entry,
      Intake intake,
      Ceilings ceilings,
      long itemsBefore,
      long requestsBefore) {
    this.source = harvest.source;
    this.ledger = harvest.ledger;
    this.scope = harvest.scope;
    this.lag = harvest.lag;
    this.listener = harvest.listener;
    this.clock = harvest.clock;
    this.intake = intake;
    this.ceilings = ceilings;
    this.itemsBefore = itemsBefore;
    this.requestsBefore = requestsBefore;
    this.before = source.usage();
    this.entry = entry;
  }

  HarvestReport run() throws InterruptedException {
    boolean fromTheStart = entry.open() == null;
    boolean complete;
    try (behind) {
      try {
        complete =
            switch (source.order()) {
              case NEWEST_FIRST -> newestFirst();
              case OLDEST_FIRST -> oldestFirst();
              case UNORDERED -> unordered();
            };
      } catch (InterruptedException | RuntimeException e) {
        flushAfter(e);
        throw e;
      }
      flush();
      settle();
    }
    Usage usage = source.usage().since(before);
    return new HarvestReport(
        intake.fetched(),
        intake.items(),
        intake.written().inserted(),
        intake.written().updated(),
        intake.written().unchanged(),
        intake.written().deleted(),
        intake.rejected() + intake.written().quarantined(),
        usage.requests(),
        usage.waited(),
        complete && entry.isComplete(),
        stoppedBy,
        entry.intervals(),
        entry.holes(),
        outcomes(complete && fromTheStart),
        intake.unknownFields(),
        intake.quarantine(),
        intake.setAside());
  }

  private Map<String, Long> outcomes(boolean wholeListing) {
    Long asked = source.asked();
    if (asked == null) {
      return Map.of();
    }
    Map<String, Long> outcomes = new LinkedHashMap<>();
    outcomes.put("asked", asked);
    outcomes.put("found", intake.items());
    outcomes.put("deleted", intake.tombstones());
    outcomes.put("set aside", intake.rejected());
    long answered = intake.items() + intake.tombstones() + intake.rejected();
    if (wholeListing) {
      outcomes.put("unanswered", Math.max(0, asked - answered));
    }
    return outcomes;
  }

  private boolean newestFirst() throws InterruptedException {
    if (scope != HarvestScope.NEW) {
      List<LedgerHole> holes = entry.holes();
      for (int i = holes.size() - 1; i >= 0; i--) { // the oldest will be out of sight first
        LedgerHole hole = holes.get(i);
        if (canBeFilled(hole) && !fill(hole)) {
          return false;
        }
      }
    }
    return scope == HarvestScope.BACKFILL || fetchNew();
  }

  private boolean canBeFilled(LedgerHole hole) {
    return hole.isOpen() || (hole.to() != null && isStillShown(hole.to()));
  }

  private boolean fill(LedgerHole hole) throws InterruptedException {
    LedgerHole.Next next = hole.next();
    try {
      if (next != null) {
        return fetchAll(hole, next.request(), next.downTo(), null);
      }
      Position after = hole.after();
      Position since = after != null && isStillShown(after.at()) ? after : null;
      Instant downTo = after == null ? hole.from() : null;
      return fetchAll(hole, new PageRequest(since, hole.before(), null), downTo, null);
    } catch (InvalidQueryException e) {
      // Our clock alone is no reason to give anything up; with the network's refusal it is.
      LedgerHole left = entry.open();
      if (left == null || isStillShown(left.from()) || e instanceof StaleCursorException) {
        throw e;
      }
      log.warn("{} no longer shows all that an earlier harvest left open", source.uri(), e);
      flush();
      settle();
      entry = Growth.of(entry, left, NOTHING).giveUp();
      ledger.commit(entry);
      return true;
    }
  }

  private boolean fetchNew() throws InterruptedException {
    Interval known = entry.intervals().isEmpty() ? null : entry.intervals().get(0);
    Position newest = known == null ? null : known.newest();
    boolean shown = newest == null || isStillShown(newest.at());
    if (known != null && !shown && !isStillShown(known.to())) {
      log.warn(
          "{} shows the last {} days only; what came between {} and then is lost to it, and the"
              + " ledger keeps the hole",
          source.uri(),
          days(source.horizon()),
          known.to());
    }
    entry = entry.startedAt(clock.instant());
    Instant downTo = known == null || !shown ? null : reread(known);
    Position since = shown && downTo == null ? newest : null;
    return fetchAll(
        new LedgerHole(newest, null, null, null, STOPPED, null),
        new PageRequest(since, null, null),
        downTo,
        null);
  }

  /** Returns from when on to read again for late edits, or {@code null} if not at all. */
  private @Nullable Instant reread(Interval known) {
    Instant newest = known.newest().at();
    if (lag == null || newest == null) {
      return null;
    }
    Instant begin = newest.minus(lag);
    Instant from = known.from();
    return from != null && from.isAfter(begin) ? from : begin;
  }

  /** Returns whether the network still shows what came right after this time. */
  private boolean isStillShown(@Nullable Instant time) {
    Duration horizon = source.horizon();
    return horizon == null || time == null || time.isAfter(clock.instant().minus(horizon));
  }

  private static long days(@Nullable Duration horizon) {
    return horizon == null ? 0 : horizon.toDays();
  }

  private boolean oldestFirst() throws InterruptedException {
    LedgerHole open = entry.open();
    if (open != null && open.next() != null) {
      return fetchAll(open, open.next().request(), null, null);
    }
    if (scope == HarvestScope.BACKFILL) {
      return true;
    }
    if (entry.completedAt() == null || entry.intervals().isEmpty()) {
      return fromTheStart();
    }
    // The last page may have grown. If it no longer reaches back to what is known, records before
    // it have gone and others have moved up to pages that were read already.
    Interval known = entry.intervals().get(0);
    entry = entry.startedAt(clock.instant());
    return fetchAll(
        new LedgerHole(known.newest(), null, null, null, STOPPED, null),
        new PageRequest(null, null, entry.lastPage()),
        null,
        known.newest());
  }

  private boolean unordered() throws InterruptedException {
    LedgerHole open = entry.open();
    if (open != null && open.next() != null) {
      return fetchAll(open, open.next().request(), null, null);
    }
    return scope == HarvestScope.BACKFILL || fromTheStart();
  }

  private boolean fromTheStart() throws InterruptedException {
    entry = entry.startedAt(clock.instant()).with(List.of(), List.of());
    return fetchAll(
        new LedgerHole(null, null, null, null, STOPPED, null), PageRequest.FIRST, null, null);
  }

  /**
   * Fetches a part of the listing to its end.
   *
   * @param missing the part, which need not be in the ledger yet
   * @param first what to ask for first
   * @param downTo the time at which to stop, or {@code null}
   * @param overlap the position that the first page must reach back to, or {@code null}
   * @return whether the end was reached
   */
  private boolean fetchAll(
      LedgerHole missing, PageRequest first, @Nullable Instant downTo, @Nullable Position overlap)
      throws InterruptedException {
    LedgerHole hole = missing;
    PageRequest request = first;
    boolean resumed = missing.isOpen() || overlap != null;
    boolean brought = false;
    while (true) {
      stoppedBy = ceilingReached();
      if (stoppedBy != null) {
        return false;
      }
      Instant askedAt = clock.instant();
      Page page;
      try {
        page = source.fetch(request.atMost(ceilings.itemsLeft(itemsSoFar())));
      } catch (StaleCursorException e) {
        if (!resumed) {
          throw e;
        }
        log.warn("{} no longer takes the cursor of the last run; going on without", source.uri());
        request = withoutCursor(request, hole);
        resumed = false;
        continue;
      } catch (UsageCapException e) {
        stoppedBy = e.getMessage();
        return false;
      }
      resumed = false;
      if (overlap != null && !reachesBack(page, overlap)) {
        log.info("{} has moved since it was read; reading it again", source.uri());
        return fromTheStart();
      }
      overlap = null;
      intake.take(page);
      String next = isPast(page, downTo) ? null : page.nextCursor();
      if (next != null && next.equals(request.cursor())) {
        throw new TransportException(
            source.uri()
                + " names a page as its own successor; stopped instead of turning in circles");
      }
      entry = entry.lastPage(request.cursor());
      if (next == null) {
        Growth last = Growth.of(entry, hole, page);
        boolean gone = !brought && page.newest() == null && !isStillShown(hole.to());
        entry =
            gone && missing.isOpen()
                ? last.giveUp()
                : last.close(request.since(), downTo, askedAt, source.horizon());
        entry = entry.completedAt(later(clock.instant(), entry.startedAt()));
      } else {
        Growth growth = Growth.of(entry, hole, page);
        hole =
            growth.rest(
                new LedgerHole.Next(request.since(), request.until(), next, downTo), STOPPED);
        entry = growth.open(hole);
        request = request.at(next);
        brought |= page.newest() != null;
      }
      if (next == null || intake.isDue()) {
        flush();
      }
      if (next == null) {
        return true;
      }
    }
  }

  private void flushAfter(Exception failure) {
    try {
      flush();
      settle();
    } catch (RuntimeException e) {
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
  }

  /**
   * Begins to make the pages durable that wait for it, and to note it then; the next ones are
   * fetched meanwhile.
   */
  private void flush() {
    settle();
    List<Page> pages = broken ? List.of() : intake.drain();
    if (!pages.isEmpty()) {
      LedgerEntry known = entry;
      underWay = pages;
      behind.begin(
          () -> {
            intake.write(pages);
            ledger.commit(known);
          });
      if (intake.isImpatient()) {
        settle();
      }
    }
  }

  /** Waits until what is under way is durable and noted, and tells of it. */
  private void settle() {
    List<Page> durable = underWay;
    underWay = List.of();
    try {
      behind.await();
    } catch (RuntimeException | Error e) {
      broken = true;
      throw e;
    }
    durable.forEach(this::report);
  }

  private static Instant later(Instant one, @Nullable Instant other) {
    return other == null || one.isAfter(other) ? one : other;
  }

  /** Pages are read to count their items only where somebody wants to know. */
  private long itemsSoFar() {
    return ceilings.limitItems() ? itemsBefore + intake.items() : 0;
  }

  private @Nullable String ceilingReached() {
    return ceilings.reached(
        itemsSoFar(),
        requestsBefore + source.usage().since(before).requests(),
        source.profile().requestsPerPage());
  }

  private static boolean isPast(Page page, @Nullable Instant downTo) {
    Position oldest = page.oldest();
    return downTo != null && oldest != null && oldest.at() != null && oldest.at().isBefore(downTo);
  }

  /** Returns how to go on when the network has forgotten the cursor. */
  private PageRequest withoutCursor(PageRequest request, LedgerHole hole) {
    boolean known = source.order() == Order.NEWEST_FIRST && hole.before() != null;
    return new PageRequest(request.since(), known ? hole.before() : request.until(), null);
  }

  private static boolean reachesBack(Page page, Position known) {
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

  private void report(Page page) {
    Usage usage = source.usage().since(before);
    listener.progress(
        new HarvestProgress(
            intake.pages(),
            intake.fetched(),
            intake.written().inserted(),
            usage.requests(),
            usage.waited(),
            source.order() == Order.OLDEST_FIRST ? page.newest() : page.oldest()));
  }
}
