package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The last few answers of each path, to be repeated in the next page. Thread-safe. */
final class PageMemory {
  private static final int ANSWERS_PER_PATH = 8;
  private static final int MOST_PATHS = 200;
  private static final Set<String> CURSORS =
      Set.of(
          "next_token",
          "pagination_token",
          "page",
          "cursor",
          "after",
          "before",
          "max_id",
          "min_id",
          "since_id",
          "until_id");

  private record Seen(Request request, Answer answer) {}

  private final Map<String, Deque<Seen>> byPath =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Seen>> eldest) {
          return size() > MOST_PATHS;
        }
      };

  synchronized void keep(Request request, Answer answer) {
    Deque<Seen> seen = byPath.computeIfAbsent(request.path(), path -> new ArrayDeque<>());
    seen.addLast(new Seen(request, answer));
    if (seen.size() > ANSWERS_PER_PATH) {
      seen.removeFirst();
    }
  }

  /** Returns the body of the last page of the same listing, or {@code null} if none is known. */
  synchronized byte @Nullable [] before(Request request) {
    Deque<Seen> seen = byPath.get(request.path());
    if (seen == null) {
      return null;
    }
    Map<String, String> listing = listing(request);
    for (Iterator<Seen> newest = seen.descendingIterator(); newest.hasNext(); ) {
      Seen one = newest.next();
      if (listing(one.request()).equals(listing)) {
        return one.answer().body();
      }
    }
    return null;
  }

  /** Returns what is asked for, without what page of it. */
  private static Map<String, String> listing(Request request) {
    Map<String, String> listing = new TreeMap<>(request.query());
    JsonNode body = request.body().length == 0 ? null : Json.parse(request.body());
    if (body != null) {
      Map<String, String> variables = new HashMap<>();
      body.path("variables")
          .properties()
          .forEach(variable -> variables.put(variable.getKey(), variable.getValue().toString()));
      listing.put("query", body.path("query").asText());
      listing.putAll(variables);
    }
    listing.keySet().removeAll(CURSORS);
    return listing;
  }
}
