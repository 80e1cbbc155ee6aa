package io.github.sparkpysocial.live;

import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.limit.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what a stream missed, on a thread of its own: a listing may have to wait for a rate limit,
 * and the stream goes on meanwhile. Holes are filled one after the other, in the order they come.
 */
final class HoleFiller implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(HoleFiller.class);

  private final LiveSource source;
  private final LiveQueue queue;
  private final Timing timing;
  private final Duration settling;
  private final int mostPages;
  private final BlockingQueue<Hole> holes = new LinkedBlockingQueue<>();

  HoleFiller(LiveSource source, LiveQueue queue, Timing timing, Duration settling, int mostPages) {
    this.source = source;
    this.queue = queue;
    this.timing = timing;
    this.settling = settling;
    this.mostPages = mostPages;
  }

  /** Adds a hole to those to be filled. */
  void add(Hole hole) {
    holes.add(hole);
  }

  @Override
  public void run() {
    try {
      while (true) {
        fill(holes.take());
      }
    } catch (InterruptedException e) {
      log.debug("{} no longer fills holes", source.uri());
    }
  }

  private void fill(Hole hole) throws InterruptedException {
    Duration wait = Duration.between(timing.now(), hole.to().plus(settling));
    if (!wait.isNegative() && !wait.isZero()) {
      timing.sleep(wait);
    }
    try (RecordSource listing = source.backfill(hole)) {
      if (listing == null) {
        queue.putFilled(
            new LiveEvent.HoleKept(hole, "the network has no listing that shows what was missed"));
        return;
      }
      queue.putFilled(fill(hole, listing));
    } catch (SocialException | IllegalArgumentException e) {
      log.warn("A hole of {} was not filled: {}", source.uri(), e.getMessage());
      queue.putFilled(new LiveEvent.HoleKept(hole, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      log.warn("A hole of {} was not filled", source.uri(), e);
      queue.putFilled(new LiveEvent.HoleKept(hole, e.toString()));
    }
  }

  private LiveEvent fill(Hole hole, RecordSource listing) throws InterruptedException {
    PageRequest request = new PageRequest(hole.last(), null, null);
    long found = 0;
    for (int pages = 1; ; pages++) {
      Page page = listing.fetch(request);
      Instant now = timing.now();
      queue.putFilled(
          new LiveEvent.Records(
              page.records(), null, now, true, page.rejected(), page.unknownFields()));
      found += page.records().stream().filter(r -> r.recordKind() == listing.kind()).count();
      String next = page.nextCursor();
      if (next == null) {
        return new LiveEvent.HoleFilled(hole, found);
      }
      if (next.equals(request.cursor())) {
        return new LiveEvent.HoleKept(hole, "the listing names a page as its own successor");
      }
      if (pages == mostPages) {
        return new LiveEvent.HoleKept(
            hole, "its listing has more than " + mostPages + " pages; see fillPages");
      }
      request = request.at(next);
    }
  }
}
