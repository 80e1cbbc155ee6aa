package io.github.sparkpysocial.connectors.x;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many posts match a query, over time: {@code GET /2/tweets/counts/recent} and {@code /all}. To
 * be asked with {@link XClient#counts}. Reposts are not counted since X's search no longer finds
 * them.
 *
 * @param query a query of X's search
 * @param archive whether to count all posts since March 2006 instead of those of the last 7 days
 * @param granularity how long a bucket is
 * @param since where to begin, or {@code null} for the beginning
 * @param until where to end, exclusive, or {@code null} for 30 seconds ago
 */
public record XCounts(
    String query,
    boolean archive,
    Granularity granularity,
    @Nullable Instant since,
    @Nullable Instant until) {

  /** How long a bucket is. */
  public enum Granularity {
    MINUTE,
    HOUR,
    DAY
  }

  /**
   * How many posts there were in a time. The first and the last bucket may be shorter than the
   * others.
   *
   * @param start the beginning
   * @param end the end, exclusive
   * @param posts how many
   */
  public record Bucket(Instant start, Instant end, long posts) {
    public Bucket {
      Objects.requireNonNull(start, "start");
      Objects.requireNonNull(end, "end");
    }
  }

  public XCounts {
    Objects.requireNonNull(granularity, "granularity");
    if (query.isBlank()) {
      throw new IllegalArgumentException("The query of the posts to be counted is empty");
    }
  }

  /** Counts the posts of the last 7 days by the hour. Costs $0.005 a request. */
  public static XCounts recent(String query) {
    return new XCounts(query, false, Granularity.HOUR, null, null);
  }

  /**
   * Counts all posts by the day. Costs $0.010 a request; X answers 31 days with one, so give it a
   * beginning.
   */
  public static XCounts archive(String query) {
    return new XCounts(query, true, Granularity.DAY, null, null);
  }

  /** Returns a copy with buckets of this length. */
  public XCounts by(Granularity newGranularity) {
    return new XCounts(query, archive, newGranularity, since, until);
  }

  /** Returns a copy that counts from then to before then; {@code null} leaves an end open. */
  public XCounts between(@Nullable Instant newSince, @Nullable Instant newUntil) {
    return new XCounts(query, archive, granularity, newSince, newUntil);
  }
}
