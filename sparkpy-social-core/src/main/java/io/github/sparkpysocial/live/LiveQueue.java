package io.github.sparkpysocial.live;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the consumer of a stream, in two lanes: what happens, and what fills holes. Each
 * is bounded: who puts waits, and nothing is dropped. The lanes take turns, so that neither keeps
 * the other waiting. Thread-safe.
 */
final class LiveQueue {
  /** How many pages of a filled hole may wait. */
  private static final int MOST_FILLED = 4;

  /** Something that waits. */
  sealed interface Item {}

  /**
   * A frame that is not read yet.
   *
   * @param connection the number of the connection it came on
   * @param at when it came
   * @param before when the message before it came, or the connection was made
   */
  record Arrived(Frame frame, int connection, Instant at, Instant before) implements Item {}

  /** An event that is ready. */
  record Ready(LiveEvent event) implements Item {}

  private final int capacity;
  private final Deque<Item> live = new ArrayDeque<>();
  private final Deque<LiveEvent> filled = new ArrayDeque<>();
  private boolean filledNext;
  private boolean ended;
  private boolean closed;
  private @Nullable Throwable failure;

  LiveQueue(int capacity) {
    this.capacity = capacity;
  }

  /** Returns whether a frame would have to wait. */
  synchronized boolean isFull() {
    return live.size() >= capacity;
  }

  /** Adds a frame when there is room; returns how many items wait then. */
  synchronized int put(Arrived frame) throws InterruptedException {
    while (live.size() >= capacity && !closed) {
      wait();
    }
    add(live, frame);
    return live.size();
  }

  /** Adds an event of the stream, which always has room: there are few of them. */
  synchronized void put(LiveEvent event) {
    add(live, new Ready(event));
  }

  /** Adds an event of a hole being filled when there is room. */
  synchronized void putFilled(LiveEvent event) throws InterruptedException {
    while (filled.size() >= MOST_FILLED && !closed) {
      wait();
    }
    add(filled, event);
  }

  private <T> void add(Deque<T> lane, T item) {
    if (!closed) {
      lane.add(item);
      notifyAll();
    }
  }

  /** Ends the queue after what is in it. */
  synchronized void end(@Nullable Throwable cause) {
    if (!ended) {
      ended = true;
      failure = cause;
      notifyAll();
    }
  }

  /** Ends the queue now. */
  synchronized void close() {
    closed = true;
    ended = true;
    live.clear();
    filled.clear();
    notifyAll();
  }

  /** Returns why the stream ended by itself, once everything before that was taken. */
  synchronized @Nullable Throwable failure() {
    return live.isEmpty() && filled.isEmpty() ? failure : null;
  }

  /** Returns whether nothing more will come. */
  synchronized boolean isOver() {
    return ended && live.isEmpty() && filled.isEmpty();
  }

  /**
   * Waits for the next item.
   *
   * @param nanos how long at most
   * @return the item, or {@code null} if none came in that time or none will come
   */
  synchronized @Nullable Item take(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    while (live.isEmpty() && filled.isEmpty()) {
      long left = deadline - System.nanoTime();
      if (ended || left <= 0) {
        return null;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    boolean takeFilled = live.isEmpty() || (filledNext && !filled.isEmpty());
    filledNext = !takeFilled;
    notifyAll();
    return takeFilled ? new Ready(filled.remove()) : live.remove();
  }
}
