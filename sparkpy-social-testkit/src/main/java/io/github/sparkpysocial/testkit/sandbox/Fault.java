package io.github.sparkpysocial.testkit.sandbox;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with one answer of the sandbox. Scripted with {@link Sandbox#next}.
 * Immutable.
 */
public final class Fault {
  private static final Duration DEFAULT_BLOCK = Duration.ofSeconds(60);

  /** What happens to the answer. */
  enum Kind {
    LIMITED,
    STATUS,
    NO_ANSWER,
    TRUNCATED,
    MALFORMED,
    UNKNOWN_FIELD
  }

  private final Kind kind;
  private final int status;
  private final @Nullable Duration retryAfter;

  private Fault(Kind kind, int status, @Nullable Duration retryAfter) {
    this.kind = kind;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /**
   * Returns a limit: HTTP 429 with {@code Retry-After} for X and GitHub (there the secondary
   * limit), a GraphQL error with the time of the reset for Meetup. Requests on the same key before
   * then are violations.
   *
   * @throws IllegalArgumentException if less than a second
   */
  public static Fault rateLimited(Duration retryAfter) {
    return limited(429, retryAfter);
  }

  /**
   * Returns a limit that does not say for how long; 60 seconds are meant, as GitHub's documentation
   * says of its secondary limits.
   *
   * @param status 403 or 429, as GitHub answers; the other networks use their own
   */
  public static Fault rateLimitedWithoutHint(int status) {
    return limited(status, null);
  }

  /**
   * Returns GitHub's secondary limit as it is most often seen: HTTP 403 with {@code Retry-After}.
   */
  public static Fault secondaryLimit(Duration retryAfter) {
    return limited(403, retryAfter);
  }

  private static Fault limited(int status, @Nullable Duration retryAfter) {
    if (status != 403 && status != 429) {
      throw new IllegalArgumentException("A limit is answered with 403 or 429, was " + status);
    }
    if (retryAfter != null && retryAfter.toSeconds() < 1) {
      throw new IllegalArgumentException("retryAfter must be at least a second, was " + retryAfter);
    }
    return new Fault(Kind.LIMITED, status, retryAfter);
  }

  /**
   * Returns an error with the network's usual body: 500, 502, 503, 504, also 401 or 404.
   *
   * @throws IllegalArgumentException if it is no status of an error
   */
  public static Fault status(int status) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("An error's status is from 400 to 599, was " + status);
    }
    return new Fault(Kind.STATUS, status, null);
  }

  /** Returns a connection that closes without an answer; the request was carried out. */
  public static Fault closeConnection() {
    return new Fault(Kind.NO_ANSWER, 0, null);
  }

  /** Returns an answer that breaks off in the middle of its body. */
  public static Fault truncateBody() {
    return new Fault(Kind.TRUNCATED, 0, null);
  }

  /** Returns an answer of the right length whose JSON is broken. */
  public static Fault malformedJson() {
    return new Fault(Kind.MALFORMED, 0, null);
  }

  /**
   * Returns a good answer in which each object has a field more that nobody has documented, as
   * networks add them: {@code "sandbox_novelty"}.
   */
  public static Fault unknownField() {
    return new Fault(Kind.UNKNOWN_FIELD, 0, null);
  }

  Kind kind() {
    return kind;
  }

  int status() {
    return status;
  }

  @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /** Returns how long the key stays shut. */
  Duration block() {
    return Objects.requireNonNullElse(retryAfter, DEFAULT_BLOCK);
  }

  @Override
  public String toString() {
    return "Fault["
        + kind
        + (status == 0 ? "" : " " + status)
        + (retryAfter == null ? "" : " " + retryAfter)
        + ']';
  }
}
