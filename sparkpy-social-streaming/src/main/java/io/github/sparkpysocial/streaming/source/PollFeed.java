package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.streaming.journal.JournalEntry.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a listing into a journal by asking for it again and again: what is new since the last
 * time, and what changed. A listing that ends before it comes to what was known leaves a hole.
 */
final class PollFeed implements Feed {
  private static final Logger log = LoggerFactory.getLogger(PollFeed.class);
  private static final int MOST_KNOWN = 100_000;

  private final RecordSource source;
  private final Duration every;
  private final Timing timing;
  private final Object gate = new Object();
  private final Map<RecordKey, Fingerprint> known = new LinkedHashMap<>();
  private @Nullable Thread waiting;
  private boolean stopped;
  private @Nullable Position newest;

  PollFeed(RecordSource source, Duration every, Timing timing) {
    this.source = source;
    this.every = every;
    this.timing = timing;
  }

  @Override
  public String place() {
    return source.uri().toString();
  }

  @Override
  public void run(RecorderIntake intake) {
    newest = intake.before().newest();
    boolean connected = false;
    while (!isStopped()) {
      try {
        poll(intake, !connected);
        connected = true;
        interruptibly(() -> timing.sleep(every));
      } catch (SocialException e) {
        if (!(e instanceof io.github.sparkpysocial.RetriableException)) {
          throw e;
        }
        log.warn("{} could not be asked: {}", source.uri(), e.getMessage());
        intake.event(Kind.DISCONNECTED, StreamEvent.said(e.getMessage()));
        intake.commit(state());
        connected = false;
        pause();
      } catch (InterruptedException e) {
        return; // it is stopped
      }
    }
  }

  private void pause() {
    try {
      interruptibly(() -> timing.sleep(every));
    } catch (InterruptedException e) {
      log.debug("{} is no longer asked", source.uri());
    }
  }

  private void poll(RecorderIntake intake, boolean first) throws InterruptedException {
    Position since = newest;
    PageRequest request = new PageRequest(since, null, null);
    Position oldest = null;
    boolean connected = !first;
    while (true) {
      PageRequest asked = request;
      Page[] answer = new Page[1];
      interruptibly(() -> answer[0] = source.fetch(asked));
      Page page = answer[0];
      if (!connected) {
        intake.event(Kind.CONNECTED, StreamEvent.said(null));
        connected = true;
      }
      intake.records(fresh(page.records()), page.rejected());
      newest = later(newest, page.newest());
      oldest = page.oldest() == null ? oldest : page.oldest();
      String next = page.nextCursor();
      if (next == null || next.equals(request.cursor())) {
        break;
      }
      request = request.at(next);
    }
    tellOfHole(intake, since, oldest);
    if (intake.uncommitted() > 0) {
      intake.commit(state());
    }
  }

  /** The listing shows only its newest part: what lies between that and the last time is missed. */
  private void tellOfHole(
      RecorderIntake intake, @Nullable Position since, @Nullable Position oldest) {
    Instant from = since == null ? null : since.at();
    Instant to = oldest == null ? null : oldest.at();
    if (source.order() == RecordSource.Order.NEWEST_FIRST
        && from != null
        && to != null
        && to.isAfter(from)) {
      Hole hole = new Hole(from, to, since, "the listing ends before it comes to what was known");
      intake.event(Kind.HOLE_OPENED, StreamEvent.of(hole, hole.reason()));
      intake.event(Kind.HOLE_KEPT, StreamEvent.of(hole, "the network shows no more of it"));
    }
  }

  private List<SocialRecord> fresh(List<SocialRecord> records) {
    List<SocialRecord> fresh = new ArrayList<>();
    for (SocialRecord record : records) {
      Fingerprint content = Fingerprint.ofContent(record, false);
      if (!content.equals(known.remove(record.key()))) {
        fresh.add(record);
      }
      known.put(record.key(), content);
    }
    while (known.size() > MOST_KNOWN) {
      known.remove(known.keySet().iterator().next());
    }
    return fresh;
  }

  private static @Nullable Position later(@Nullable Position one, @Nullable Position other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.at() != null && (one.at() == null || other.at().isAfter(one.at())) ? other : one;
  }

  private FeedState state() {
    return new FeedState(place(), null, List.of(), newest, 0);
  }

  private boolean isStopped() {
    synchronized (gate) {
      return stopped;
    }
  }

  /** An interrupt while the journal is written would close its file: it comes only in here. */
  private void interruptibly(Waiting task) throws InterruptedException {
    synchronized (gate) {
      if (stopped) {
        throw new InterruptedException("stopped");
      }
      waiting = Thread.currentThread();
    }
    try {
      task.run();
    } finally {
      synchronized (gate) {
        waiting = null;
        boolean unused = Thread.interrupted();
      }
    }
  }

  /** Something that waits. */
  private interface Waiting {
    void run() throws InterruptedException;
  }

  @Override
  public void stop() {
    synchronized (gate) {
      stopped = true;
      if (waiting != null) {
        waiting.interrupt();
      }
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
