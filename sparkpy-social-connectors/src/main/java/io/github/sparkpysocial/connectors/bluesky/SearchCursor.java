package io.github.sparkpysocial.connectors.bluesky;

import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.connectors.internal.Query;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a search goes on. It is paged back through time: the next page ends right after the oldest
 * post so far, and the posts of that very time, which come again, are left out by their addresses.
 *
 * @param until only posts before this time, or {@code null} for all
 * @param seen the addresses of posts that are known already and may come again
 * @param cursor the server's own cursor within the same time, or {@code null}
 */
record SearchCursor(@Nullable Instant until, List<String> seen, @Nullable String cursor) {
  static final SearchCursor FIRST = new SearchCursor(null, List.of(), null);

  SearchCursor {
    seen = List.copyOf(seen);
  }

  /**
   * Reads a cursor.
   *
   * @throws StaleCursorException if it is none
   */
  static SearchCursor parse(String text) {
    Instant until = null;
    List<String> seen = new ArrayList<>();
    String cursor = null;
    try {
      for (String part : text.split("&", -1)) {
        String value = Query.decode(part.substring(2));
        switch (part.substring(0, 2)) {
          case "u=" -> until = Instant.parse(value);
          case "s=" -> seen.add(value);
          case "c=" -> cursor = value;
          default -> throw new IllegalArgumentException("Unknown part");
        }
      }
    } catch (DateTimeException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new StaleCursorException("The cursor is none of a search on Bluesky");
    }
    return new SearchCursor(until, seen, cursor);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    if (until != null) {
      parts.add("u=" + until);
    }
    seen.forEach(address -> parts.add("s=" + Query.encode(address)));
    if (cursor != null) {
      parts.add("c=" + Query.encode(cursor));
    }
    return String.join("&", parts);
  }
}
