package io.github.sparkpysocial.connectors.github;

import io.github.sparkpysocial.client.StaleCursorException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a search with more results than GitHub shows is cut into slices that it shows whole. The plan
 * is the cursor: what is left of it goes on in another process. Immutable.
 *
 * @param by what the slices are cut by
 * @param slices the slices not read to their end, the first one being read; never empty
 * @param path the path and query of the next page of the first slice, or {@code null} for its first
 */
record SearchPlan(By by, List<Slice> slices, @Nullable String path) {
  private static final String PREFIX = "search:";
  private static final Pattern SLICE = Pattern.compile("(\\d*)-(\\d*)");

  /** GitHub opened in 2008; nothing in it is older than a few test repositories of 2007. */
  private static final long FIRST_SECOND = Instant.parse("2007-10-01T00:00:00Z").getEpochSecond();

  /** More stars than any repository has; those above share one open slice. */
  private static final long MANY_STARS = 1L << 20;

  /** What a search can be cut by: qualifiers with a range that the search does not have yet. */
  enum By {
    CREATED,
    PUSHED,
    STARS;

    String qualifier() {
      return name().toLowerCase(Locale.ROOT);
    }

    private String bound(long value) {
      return this == STARS ? Long.toString(value) : Instant.ofEpochSecond(value).toString();
    }

    private long lowest() {
      return this == STARS ? 0 : FIRST_SECOND;
    }

    private long highest(Instant now) {
      return this == STARS ? MANY_STARS : now.getEpochSecond();
    }
  }

  /**
   * A range, both ends within it.
   *
   * @param from the first second since 1970 or number of stars, or {@code null} if open
   * @param to the last one, or {@code null} if open
   */
  record Slice(@Nullable Long from, @Nullable Long to) {
    static final Slice ALL = new Slice(null, null);

    @Override
    public String toString() {
      return (from == null ? "" : from) + "-" + (to == null ? "" : to);
    }
  }

  SearchPlan {
    slices = List.copyOf(slices);
  }

  /** Returns the plan of a search that nothing is known of. */
  static SearchPlan begin(String query) {
    return new SearchPlan(dimension(query), List.of(Slice.ALL), null);
  }

  /** Returns what a search can be cut by. */
  private static By dimension(String query) {
    String words = ' ' + query.toLowerCase(Locale.ROOT);
    for (By by : By.values()) {
      if (!words.contains(' ' + by.qualifier() + ':')) {
        return by;
      }
    }
    return By.CREATED; // all are taken: it cannot be cut, see halves
  }

  private static boolean isTaken(By by, String query) {
    return (' ' + query.toLowerCase(Locale.ROOT)).contains(' ' + by.qualifier() + ':');
  }

  /** Returns the search for the first slice. */
  String query(String query) {
    Slice slice = slices.get(0);
    Long from = slice.from();
    Long to = slice.to();
    if (from == null && to == null) {
      return query;
    }
    return query
        + ' '
        + by.qualifier()
        + ':'
        + (from == null ? "*" : by.bound(from))
        + ".."
        + (to == null ? "*" : by.bound(to));
  }

  /**
   * Returns the plan with the first slice cut in two, or {@code null} if it cannot be cut.
   *
   * @param now the server's clock
   */
  @Nullable SearchPlan halved(String query, Instant now) {
    Slice slice = slices.get(0);
    long low = slice.from() == null ? by.lowest() : slice.from();
    long high = slice.to() == null ? Math.max(low, by.highest(now)) : slice.to();
    if (low >= high || isTaken(by, query)) {
      return null;
    }
    // Most repositories have few stars: their logarithm is cut in half, as times are themselves.
    long middle =
        by == By.STARS ? (long) Math.sqrt((low + 1.0) * (high + 1.0)) - 1 : low + (high - low) / 2;
    middle = Math.max(low, Math.min(middle, high - 1));
    List<Slice> all = new ArrayList<>();
    all.add(new Slice(slice.from(), middle));
    all.add(new Slice(middle + 1, slice.to()));
    all.addAll(slices.subList(1, slices.size()));
    return new SearchPlan(by, all, null);
  }

  /** Returns the plan after a page, or {@code null} if it was the last one. */
  @Nullable SearchPlan after(@Nullable String nextPage) {
    if (nextPage != null) {
      return new SearchPlan(by, slices, nextPage);
    }
    return slices.size() == 1 ? null : new SearchPlan(by, slices.subList(1, slices.size()), null);
  }

  /** Returns the plan as a cursor. */
  String cursor() {
    return PREFIX
        + by.qualifier()
        + '|'
        + String.join(",", slices.stream().map(Slice::toString).toList())
        + '|'
        + (path == null ? "" : path);
  }

  /**
   * Reads a cursor.
   *
   * @throws StaleCursorException if it is none of a search
   */
  static SearchPlan of(String cursor) {
    String[] parts =
        cursor.startsWith(PREFIX) ? cursor.substring(PREFIX.length()).split("\\|", 3) : null;
    try {
      if (parts != null && parts.length == 3) {
        List<Slice> slices = new ArrayList<>();
        for (String part : parts[1].split(",", -1)) {
          slices.add(slice(part));
        }
        return new SearchPlan(
            By.valueOf(parts[0].toUpperCase(Locale.ROOT)),
            slices,
            parts[2].isEmpty() ? null : GitHubApi.checkedCursor(parts[2]));
      }
    } catch (IllegalArgumentException e) {
      throw new StaleCursorException("The cursor is not one of a search on GitHub", e);
    }
    throw new StaleCursorException("The cursor is not one of a search on GitHub");
  }

  private static Slice slice(String text) {
    Matcher slice = SLICE.matcher(text);
    if (!slice.matches()) {
      throw new IllegalArgumentException("not a slice");
    }
    return new Slice(number(slice.group(1)), number(slice.group(2)));
  }

  private static @Nullable Long number(String text) {
    return text.isEmpty() ? null : Long.valueOf(text);
  }
}
