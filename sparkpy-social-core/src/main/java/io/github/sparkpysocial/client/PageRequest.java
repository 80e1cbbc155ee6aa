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
 */
public record PageRequest(
    @Nullable Position since, @Nullable Position until, @Nullable String cursor)
    implements Serializable {

  /** The first page of everything. */
  public static final PageRequest FIRST = new PageRequest(null, null, null);

  /** Returns the request for the page at this cursor of the same listing. */
  public PageRequest at(String nextCursor) {
    return new PageRequest(since, until, nextCursor);
  }
}
