package io.github.sparkpysocial.client;

import io.github.sparkpysocial.TransportException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The pages of a listing, each fetched when it is asked for. */
final class Pages implements Iterator<Page> {
  private final RecordSource source;
  private @Nullable PageRequest next;

  Pages(RecordSource source, PageRequest first) {
    this.source = source;
    this.next = first;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Page next() {
    PageRequest request = next;
    if (request == null) {
      throw new NoSuchElementException("The page before was the last one of " + source.uri());
    }
    Page page;
    try {
      page = source.fetch(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled =
          new CancellationException("Interrupted while reading " + source.uri());
      cancelled.initCause(e);
      throw cancelled;
    }
    next = following(source, request, page);
    return page;
  }

  /** Returns the request for the page after this one, or {@code null} if it was the last. */
  static @Nullable PageRequest following(RecordSource source, PageRequest request, Page page) {
    String cursor = page.nextCursor();
    if (cursor == null) {
      return null;
    }
    if (cursor.equals(request.cursor())) {
      throw new TransportException(
          source.uri()
              + " names a page as its own successor; stopped instead of turning in circles");
    }
    return request.at(cursor);
  }
}
