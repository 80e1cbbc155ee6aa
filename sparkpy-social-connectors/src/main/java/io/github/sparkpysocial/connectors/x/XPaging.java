package io.github.sparkpysocial.connectors.x;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Items that come in parts, each part asked for when it is reached. */
final class XPaging<T> implements Iterator<T> {
  private final Fetch<T> fetch;
  private final Deque<T> items = new ArrayDeque<>();
  private @Nullable String cursor;
  private boolean begun;

  private XPaging(Fetch<T> fetch) {
    this.fetch = fetch;
  }

  /**
   * One part.
   *
   * @param items what it holds, perhaps nothing
   * @param next the cursor of the next part, or {@code null} after the last
   */
  record Part<T>(List<T> items, @Nullable String next) {}

  /** Asks for a part. */
  @FunctionalInterface
  interface Fetch<T> {
    /** Returns the part at this cursor, {@code null} for the first. */
    Part<T> part(@Nullable String cursor) throws InterruptedException;
  }

  /**
   * Returns the items as a stream; reading it fails with {@link CancellationException} if the
   * thread is interrupted, and stays interrupted.
   */
  static <T> Stream<T> stream(Fetch<T> fetch) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new XPaging<>(fetch), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    while (items.isEmpty() && (!begun || cursor != null)) {
      begun = true;
      Part<T> part;
      try {
        part = fetch.part(cursor);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        CancellationException cancelled = new CancellationException("Interrupted while reading X");
        cancelled.initCause(e);
        throw cancelled;
      }
      items.addAll(part.items());
      cursor = part.next();
    }
    return !items.isEmpty();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The last item was read");
    }
    return items.removeFirst();
  }
}
