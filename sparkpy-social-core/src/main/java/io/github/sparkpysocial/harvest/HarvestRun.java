package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.RecordSource.Order;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.limit.UsageCapException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  private static final String GONE = "the network no longer shows it";

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
  private LedgerEntry entry;
  private @Nullable String stoppedBy;

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
    boolean complete =
        switch (source.order()) {
          case NEWEST_FIRST -> newestFirst();
          case OLDEST_FIRST -> oldestFirst();
          case UNORDERED -> unordered();
        };
    Usage usage = source.usage().since(before);
    return new HarvestReport(
        intake.fetched(),
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
    giveUpWhatIsOutOfSight();
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

  private void giveUpWhatIsOutOfSight() {
    List<LedgerHole> holes = new ArrayList<>();
    for (LedgerHole hole : entry.holes()) {
      boolean lost = hole.isOpen() && !isStillShown(hole.to());
      holes.add(lost ? hole.because(GONE) : hole);
    }
    if (!holes.equals(entry.holes())) {
      log.warn("{} no longer shows all that earlier harvests left open", source.uri());
      entry = entry.with(entry.intervals(), holes);
      ledger.commit(entry);
    }
  }

  private boolean canBeFilled(LedgerHole hole) {
    return hole.isOpen() || (hole.to() != null && isStillShown(hole.to()));
  }

  private boolean fill(LedgerHole hole) throws InterruptedException {
    LedgerHole.Next next = hole.next();
    if (next != null && (next.since() == null || isStillShown(next.since().at()))) {
      return fetchAll(hole, next.request(), next.downTo(), null);
    }
    Position after = hole.after();
    Position since = after != null && isStillShown(after.at()) ? after : null;
    Instant downTo = after == null ? hole.from() : null;
    return fetchAll(hole, new PageRequest(since, hole.before(), null), downTo, null);
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
    while (true) {
      stoppedBy = ceilingReached();
      if (stoppedBy != null) {
        return false;
      }
      Instant askedAt = clock.instant();
      Page page;
      try {
        page = source.fetch(request.atMost(ceilings.itemsLeft(itemsBefore + intake.items())));
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
      intake.keep(page);
      String next = isPast(page, downTo) ? null : page.nextCursor();
      if (next != null && next.equals(request.cursor())) {
        throw new TransportException(
            source.uri()
                + " names a page as its own successor; stopped instead of turning in circles");
      }
      entry = entry.lastPage(request.cursor());
      if (next == null) {
        entry = Growth.of(entry, hole, page).close(request.since(), downTo, askedAt, horizon());
        entry = entry.completedAt(clock.instant());
      } else {
        Growth growth = Growth.of(entry, hole, page);
        hole =
            growth.rest(
                new LedgerHole.Next(request.since(), request.until(), next, downTo), STOPPED);
        entry = growth.open(hole);
        request = request.at(next);
      }
      ledger.commit(entry);
      report(page);
      if (next == null) {
        return true;
      }
    }
  }

  private @Nullable String ceilingReached() {
    return ceilings.reached(
        itemsBefore + intake.items(),
        requestsBefore + source.usage().since(before).requests(),
        source.profile().requestsPerPage());
  }

  private @Nullable Duration horizon() {
    return source.horizon();
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

  /** What an entry becomes when a page of one of its holes is in the store. */
  private record Growth(LedgerEntry entry, LedgerHole hole, List<Interval> intervals, int upper) {

    /**
     * Adds a page to the interval that borders on a hole, or begins one.
     *
     * @param hole what was asked for; a part of the entry unless this is its first page
     */
    static Growth of(LedgerEntry entry, LedgerHole hole, Page page) {
      List<Interval> intervals = new ArrayList<>(entry.intervals());
      Position newest = page.newest();
      Position oldest = page.oldest();
      if (entry.order() == Order.UNORDERED || newest == null) {
        return new Growth(entry, hole, intervals, upperOf(intervals, hole));
      }
      if (entry.order() == Order.OLDEST_FIRST) {
        if (intervals.isEmpty()) {
          intervals.add(new Interval(newest, oldest));
        } else {
          intervals.set(0, intervals.get(0).withNewest(newest));
        }
        return new Growth(entry, hole, intervals, 0);
      }
      int upper = upperOf(intervals, hole);
      if (upper >= 0) {
        intervals.set(upper, intervals.get(upper).withOldest(oldest == null ? newest : oldest));
      } else if (!entry.holes().contains(hole) || hole.before() == null) {
        upper = 0;
        Instant to = entry.startedAt();
        Interval top = new Interval(newest, oldest);
        intervals.add(0, to == null ? top : top.withTo(to));
      }
      LedgerHole left =
          new LedgerHole(
              hole.after(),
              oldest == null ? newest : oldest,
              hole.from(),
              null,
              hole.reason(),
              hole.next());
      return new Growth(entry, hole, intervals, upper).shrunkTo(left);
    }

    /** Keeps the hole as the entry knows it, and beside it what is left. */
    private Growth shrunkTo(LedgerHole left) {
      List<LedgerHole> holes = new ArrayList<>(entry.holes());
      int at = holes.indexOf(hole);
      if (at >= 0) {
        holes.set(at, left);
      }
      return new Growth(entry.with(entry.intervals(), holes), left, intervals, upper);
    }

    /** Returns the interval that the hole borders on at its newer end, or -1. */
    private static int upperOf(List<Interval> intervals, LedgerHole hole) {
      Position before = hole.before();
      for (int i = 0; before != null && i < intervals.size(); i++) {
        Position oldest = intervals.get(i).oldest();
        if (oldest != null && oldest.id().equals(before.id())) {
          return i;
        }
      }
      return -1;
    }

    private int lower() {
      Position after = hole.after();
      for (int i = intervals.size() - 1; after != null && i >= 0; i--) {
        if (intervals.get(i).newest().id().equals(after.id())) {
          return i;
        }
      }
      return -1;
    }

    /** Returns what is still missing. */
    LedgerHole rest(LedgerHole.Next next, String reason) {
      Position after = hole.after();
      if (entry.order() == Order.OLDEST_FIRST && !intervals.isEmpty()) {
        after = intervals.get(0).newest();
        return new LedgerHole(after, null, null, null, reason, next);
      }
      return new LedgerHole(after, hole.before(), hole.from(), hole.to(), reason, next);
    }

    /** Returns the entry with this rest of the hole. */
    LedgerEntry open(LedgerHole rest) {
      List<LedgerHole> holes = new ArrayList<>(entry.holes());
      int at = holes.indexOf(hole);
      if (at >= 0) {
        holes.set(at, rest);
      } else {
        holes.add(0, rest);
      }
      return entry.with(intervals, holes);
    }

    /** Returns the entry when the part was read to its end. */
    LedgerEntry close(
        @Nullable Position since,
        @Nullable Instant downTo,
        Instant askedAt,
        @Nullable Duration horizon) {
      List<LedgerHole> holes = new ArrayList<>(entry.holes());
      holes.remove(hole);
      List<Interval> known = new ArrayList<>(intervals);
      Instant shownFrom = horizon == null ? Interval.BEGINNING : askedAt.minus(horizon);
      if (entry.order() == Order.OLDEST_FIRST) {
        if (!known.isEmpty()) {
          known.set(0, known.get(0).withTo(askedAt).withFrom(shownFrom));
        }
        return entry.with(known, holes);
      }
      int lower = lower();
      boolean joined = since != null || downTo != null || touchesLower(lower, shownFrom);
      if (lower >= 0 && joined) {
        if (upper >= 0 && upper != lower) {
          known.set(upper, known.get(upper).downTo(known.get(lower)));
          known.remove(lower);
        } else if (upper < 0 && entry.startedAt() != null && hole.before() == null) {
          known.set(lower, known.get(lower).withTo(entry.startedAt()));
        }
      } else if (downTo == null && since == null) {
        if (upper >= 0) {
          known.set(upper, known.get(upper).withFrom(shownFrom));
        }
        if (hole.after() != null) {
          holes.add(
              new LedgerHole(
                  hole.after(),
                  hole.before(),
                  hole.from(),
                  horizon == null ? null : shownFrom,
                  GONE,
                  null));
          holes.sort(Ledger.NEWEST_FIRST);
        }
      }
      return entry.with(Interval.joined(known), holes);
    }

    private boolean touchesLower(int lower, Instant shownFrom) {
      if (lower < 0) {
        return false;
      }
      Instant coveredTo = intervals.get(lower).to();
      if (coveredTo != null && !shownFrom.isAfter(coveredTo)) {
        return true;
      }
      Position oldest = hole.before();
      if (oldest == null) {
        return false;
      }
      Position newest = intervals.get(lower).newest();
      Instant at = oldest.at();
      Instant before = newest.at();
      return oldest.id().equals(newest.id())
          || (at != null && before != null && at.isBefore(before));
    }
  }
}
