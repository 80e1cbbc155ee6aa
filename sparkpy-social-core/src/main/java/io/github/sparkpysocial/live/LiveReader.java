package io.github.sparkpysocial.live;

import io.github.sparkpysocial.limit.Timing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a stream connected, on a thread of its own, and does nothing but put frames into the queue.
 * The connection before is closed before the next is made.
 */
final class LiveReader implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(LiveReader.class);

  /** A connection that was there for so long was established, also if it brought nothing. */
  private static final Duration ESTABLISHED = Duration.ofMinutes(1);

  private final LiveSource source;
  private final LiveTraits traits;
  private final LiveQueue queue;
  private final Timing timing;
  private final LiveListener listener;
  private final int capacity;
  private final Tail tail = new Tail();
  private final Object lock = new Object();

  // Guarded by lock
  private @Nullable LiveConnection connection;
  private int number;
  private Instant heardAt;
  private boolean waiting;
  private boolean closed;
  private @Nullable String endReason;

  // Of the reading thread
  private @Nullable LiveMark mark;
  private String whyNotConnected;
  private int refusals;
  private int limits;
  private int failures;
  private boolean behind;
  private Instant connectedAt = Instant.EPOCH;

  LiveReader(
      LiveSource source,
      LiveQueue queue,
      Timing timing,
      LiveListener listener,
      int capacity,
      @Nullable LiveMark after) {
    this.source = source;
    this.traits = source.traits();
    this.queue = queue;
    this.timing = timing;
    this.listener = listener;
    this.capacity = capacity;
    this.mark = after;
    this.whyNotConnected = "it was not running";
    this.heardAt = timing.now();
  }

  @Override
  public void run() {
    try {
      while (!isClosed()) {
        LiveConnection open = connect();
        try (open) {
          read(open);
        }
        dropped();
      }
      queue.end(null);
    } catch (InterruptedException e) {
      queue.end(isClosed() ? null : e);
    } catch (LiveRefusedException e) {
      queue.end(e);
    } catch (RuntimeException | Error e) {
      log.debug("A live stream failed", e);
      queue.end(e);
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  /** Connects, with the pauses that the network documents. */
  private LiveConnection connect() throws InterruptedException, LiveRefusedException {
    while (true) {
      LiveMark from = mark;
      boolean resumes = from != null && from.resumeAt() != null && isWithinLookback(from);
      String resumeAt = resumes && from != null ? from.resumeAt() : null;
      Duration pause;
      String reason;
      try {
        LiveConnection fresh = source.connect(resumeAt);
        opened(fresh, resumeAt);
        return fresh;
      } catch (LiveRefusedException e) {
        pause = pause(e);
        reason = String.valueOf(e.getMessage());
      } catch (IOException e) {
        pause = traits.connection().after(++failures);
        reason = String.valueOf(e.getMessage());
      }
      whyNotConnected = reason;
      rest(pause, reason);
    }
  }

  private boolean isWithinLookback(LiveMark from) {
    return traits.lookback().compareTo(Duration.between(from.takenAt(), timing.now())) > 0;
  }

  private Duration pause(LiveRefusedException refusal) throws LiveRefusedException {
    Duration asked = refusal.pause();
    return switch (refusal.kind()) {
      case FINAL -> throw refusal;
      case LIMITED -> asked != null ? asked : traits.limit().after(++limits);
      case TEMPORARY -> {
        Duration own = traits.refusal().after(++refusals);
        yield asked != null && asked.compareTo(own) > 0 ? asked : own;
      }
    };
  }

  private void rest(Duration pause, String reason) throws InterruptedException {
    if (isClosed()) {
      throw new InterruptedException();
    }
    log.debug("{} connects again in {}: {}", source.uri(), pause, reason);
    listener.reconnecting(pause, reason);
    timing.sleep(pause);
  }

  private void opened(LiveConnection fresh, @Nullable String resumedAt)
      throws InterruptedException {
    Instant now = timing.now();
    synchronized (lock) {
      if (closed) {
        fresh.close();
        throw new InterruptedException();
      }
      connection = fresh;
      number++;
      heardAt = now;
      endReason = null;
    }
    connectedAt = now;
    listener.connected();
    LiveMark before = mark;
    if (before == null) {
      mark = new LiveMark(null, now, null);
    } else if (resumedAt == null) {
      queue.put(
          new LiveEvent.HoleOpened(
              Hole.between(before.takenAt(), now, before.last(), whyNotConnected)));
      mark = new LiveMark(null, now, before.last());
    }
    queue.put(new LiveEvent.Connected(now, resumedAt));
  }

  private void read(LiveConnection open) throws InterruptedException {
    String reason;
    Instant before = timing.now();
    try {
      while (true) {
        Frame frame = open.read();
        if (frame == null) {
          reason = "the server ended the stream";
          break;
        }
        Instant now = timing.now();
        boolean full = queue.isFull();
        synchronized (lock) {
          heardAt = now;
          waiting = full; // silence is ours then
        }
        if (!frame.isKeepAlive()) {
          tail.add(frame, now);
          watchQueue(queue.put(new LiveQueue.Arrived(frame, number, now, before)));
          before = now;
        }
        if (full) {
          synchronized (lock) {
            heardAt = timing.now();
            waiting = false;
          }
        }
      }
    } catch (IOException e) {
      reason = Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }
    synchronized (lock) {
      connection = null;
      waiting = false;
      whyNotConnected = Objects.requireNonNullElse(endReason, reason);
    }
  }

  private void watchQueue(int queued) {
    if (!behind && queued >= capacity - capacity / 5) {
      behind = true;
      listener.fallingBehind(queued, capacity);
    } else if (behind && queued <= capacity / 2) {
      behind = false;
    }
  }

  /** Notes where the stream was, and waits if connecting at once would be too soon. */
  private void dropped() throws InterruptedException {
    if (isClosed()) {
      return;
    }
    Instant now = timing.now();
    LiveMark openedAt = mark;
    LiveMark reached = tail.mark(source);
    if (reached != null && openedAt != null) {
      mark =
          new LiveMark(
              reached.resumeAt() == null ? openedAt.resumeAt() : reached.resumeAt(),
              reached.takenAt(),
              reached.last() == null ? openedAt.last() : reached.last());
    }
    queue.put(new LiveEvent.Disconnected(now, whyNotConnected));
    listener.disconnected(whyNotConnected);
    boolean established =
        reached != null || Duration.between(connectedAt, now).compareTo(ESTABLISHED) >= 0;
    if (established) {
      refusals = 0;
      limits = 0;
      failures = 0;
      return;
    }
    rest(traits.connection().after(++failures), whyNotConnected);
  }

  /** Ends the connection of this number, if it is the present one, and so makes the next. */
  void reconnect(int connectionNumber, String reason) {
    synchronized (lock) {
      if (connection != null && number == connectionNumber) {
        endReason = reason;
        connection.close();
      }
    }
  }

  /** Ends the present connection if nothing has come on it for too long. */
  void checkSilence() {
    Duration silence;
    synchronized (lock) {
      if (connection == null || waiting) {
        return;
      }
      silence = Duration.between(heardAt, timing.now());
      if (silence.compareTo(traits.longestSilence()) <= 0) {
        return;
      }
      endReason = "nothing came for " + silence.toMillis() / 1000.0 + " s";
      connection.close();
    }
    listener.stalled(silence);
  }

  /** Ends the connection; whoever interrupts the thread then ends it. */
  void close() {
    synchronized (lock) {
      closed = true;
      if (connection != null) {
        connection.close();
      }
    }
  }
}
