package io.github.sparkpysocial.client;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Which page to fetch.
 *
 * @param since only records newer than this one, or {@code null} from the beginning
 * @param until only records older than this one, or {@code null} up to now
 * @param cursor the {@link Page#nextCursor()} of the page before, or {@code null} for the first
 *     page. {@code since} and {@code until} stay the same through all pages of one listing
 * @param atMost how many items are still wanted, so that a source need not fetch and perhaps pay
 *     for more; it may bring more all the same
 */
public record PageRequest(
    @Nullable Position since, @Nullable Position until, @Nullable String cursor, long atMost)
    implements Serializable {

  /** The first page of everything. */
  public static final PageRequest FIRST = new PageRequest(null, null, null);

  public PageRequest {
    if (atMost < 1) {
      throw new IllegalArgumentException("atMost must be positive, was " + atMost);
    }
  }

  /** Makes a request for pages of the usual size. */
  public PageRequest(@Nullable Position since, @Nullable Position until, @Nullable String cursor) {
    this(since, until, cursor, Long.MAX_VALUE);
  }

  /** Returns the request for the page at this cursor of the same listing. */
  public PageRequest at(String nextCursor) {
    return new PageRequest(since, until, nextCursor, atMost);
  }

  /** Returns the same request when no more than so many items are wanted. */
  public PageRequest atMost(long items) {
    return new PageRequest(since, until, cursor, items);
  }
}
