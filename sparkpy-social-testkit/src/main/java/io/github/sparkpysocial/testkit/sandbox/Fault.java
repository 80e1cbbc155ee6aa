package io.github.sparkpysocial.testkit.sandbox;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with one answer of the sandbox: scripted one by one with {@link
 * Sandbox#next}, or by rules with a {@link Chaos}. Each has a name, by which files of chaos call
 * it; {@code docs/testkit.md} lists them. Immutable.
 */
public final class Fault {
  private static final Duration DEFAULT_BLOCK = Duration.ofSeconds(60);

  /** What happens to the answer. */
  enum Kind {
    LIMITED,
    STATUS,
    EXPIRED_TOKEN,
    ELSEWHERE,
    NO_ANSWER,
    TRUNCATED,
    STALLED,
    SLOW,
    WRONG_LENGTH,
    WRONG_DATE,
    NO_DATE,
    MALFORMED,
    UNKNOWN_FIELD,
    MISSING_FIELD,
    CHANGED_TYPE,
    RENAMED_FIELD,
    DUPLICATE_ITEMS,
    SHUFFLED_ITEMS,
    REPEATED_PAGE,
    CUT_STREAMS,
    STALL_STREAMS,
    RESUME_STREAMS;

    /** Returns whether it befalls the open streams and leaves the answer alone. */
    boolean isAboutStreams() {
      return this == CUT_STREAMS || this == STALL_STREAMS || this == RESUME_STREAMS;
    }

    /** Returns whether the network itself does not answer: the fault is the answer. */
    boolean replacesAnswer() {
      return this == LIMITED || this == STATUS || this == EXPIRED_TOKEN || this == ELSEWHERE;
    }
  }

  /** How a limit tells for how long it holds. */
  enum Hint {
    /** {@code Retry-After} in seconds, or what the network has instead. */
    SECONDS,
    /** {@code Retry-After} as a date of HTTP. */
    DATE,
    /** Nothing left in the window, and when it ends. */
    QUOTA,
    /** A header that names who limits: GitHub's {@code gh-limited-by}. */
    LIMITED_BY,
    /** An error of GraphQL in an answer of status 200. */
    GRAPHQL,
    /** The network's usual headers and body, which do not say for how long. */
    NONE,
    /** No header at all. */
    BARE
  }

  private final String name;
  private final Kind kind;
  private final Hint hint;
  private final int number;
  private final @Nullable Duration duration;
  private final String field;
  private final String other;

  private Fault(
      String name,
      Kind kind,
      Hint hint,
      int number,
      @Nullable Duration duration,
      String field,
      String other) {
    this.name = name;
    this.kind = kind;
    this.hint = hint;
    this.number = number;
    this.duration = duration;
    this.field = field;
    this.other = other;
  }

  private static Fault of(String name, Kind kind) {
    return new Fault(name, kind, Hint.NONE, 0, null, "", "");
  }

  private static Fault ofField(String name, Kind kind, String field, String other) {
    if (field.isBlank()) {
      throw new IllegalArgumentException("The fault " + name + " needs the name of a field");
    }
    return new Fault(name, kind, Hint.NONE, 0, null, field, other);
  }

  // Limits

  /**
   * Returns a limit, {@code rate-limited}: HTTP 429 with {@code Retry-After} in seconds (for GitHub
   * the secondary limit), a GraphQL error with the time of the reset for Meetup. Requests on the
   * same key before then are violations.
   *
   * @throws IllegalArgumentException if less than a second
   */
  public static Fault rateLimited(Duration retryAfter) {
    return limited("rate-limited", 429, retryAfter, Hint.SECONDS);
  }

  /**
   * Returns the same limit, {@code rate-limited-until}, with {@code Retry-After} as a date, the
   * other spelling that RFC 9110 section 10.2.3 allows.
   *
   * @throws IllegalArgumentException if less than a second
   */
  public static Fault rateLimitedUntil(Duration retryAfter) {
    return limited("rate-limited-until", 429, retryAfter, Hint.DATE);
  }

  /**
   * Returns a limit, {@code quota-used-up}, that is told as the primary limits are: nothing
   * remains, and when the window ends; no {@code Retry-After}. Networks without such headers answer
   * as for {@link #rateLimited}.
   *
   * @throws IllegalArgumentException if less than a second
   */
  public static Fault quotaUsedUp(Duration untilReset) {
    return limited("quota-used-up", 429, untilReset, Hint.QUOTA);
  }

  /**
   * Returns a limit, {@code rate-limited-without-hint}, that does not say for how long; 60 seconds
   * are meant, as GitHub's documentation says of its secondary limits. X tells its window all the
   * same.
   *
   * @param status 403 or 429, as GitHub answers; the other networks use their own
   */
  public static Fault rateLimitedWithoutHint(int status) {
    return limited("rate-limited-without-hint", status, null, Hint.NONE);
  }

  /**
   * Returns a limit, {@code rate-limited-without-headers}: a bare 429 (Meetup: an error without a
   * time), as proxies before a network send it. 60 seconds are meant.
   */
  public static Fault rateLimitedWithoutHeaders() {
    return limited("rate-limited-without-headers", 429, null, Hint.BARE);
  }

  /**
   * Returns GitHub's secondary limit as it is most often seen, {@code secondary-limit}: HTTP 403
   * with {@code Retry-After}.
   *
   * @throws IllegalArgumentException if less than a second
   */
  public static Fault secondaryLimit(Duration retryAfter) {
    return limited("secondary-limit", 403, retryAfter, Hint.SECONDS);
  }

  /**
   * Returns GitHub's secondary limit on costly searches, {@code limited-by}: HTTP 403 with the
   * header {@code gh-limited-by} and none that says for how long; 60 seconds are meant.
   */
  public static Fault limitedBy() {
    return limited("limited-by", 403, null, Hint.LIMITED_BY);
  }

  /**
   * Returns the primary limit of a GraphQL API, {@code graphql-limited}: status 200 with an error.
   * GitHub's says {@code RATE_LIMITED} in its type and the reset in its headers; of a network
   * without GraphQL it is {@link #quotaUsedUp}.
   *
   * @throws IllegalArgumentException if less than a second
   */
  public static Fault graphQlLimited(Duration untilReset) {
    return limited("graphql-limited", 429, untilReset, Hint.GRAPHQL);
  }

  private static Fault limited(String name, int status, @Nullable Duration wait, Hint hint) {
    if (status != 403 && status != 429) {
      throw new IllegalArgumentException("A limit is answered with 403 or 429, was " + status);
    }
    if (wait != null && wait.toSeconds() < 1) {
      throw new IllegalArgumentException("A limit holds for at least a second, was " + wait);
    }
    return new Fault(name, Kind.LIMITED, hint, status, wait, "", "");
  }

  // Answers that are none

  /**
   * Returns an error, {@code status}, with the network's usual body: 500, 502, 503, 504, also 400
   * or 404.
   *
   * @throws IllegalArgumentException if it is no status of an error
   */
  public static Fault status(int status) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("An error's status is from 400 to 599, was " + status);
    }
    return new Fault("status", Kind.STATUS, Hint.NONE, status, null, "", "");
  }

  /**
   * Returns a refusal of the token, {@code expired-token}: HTTP 401. Meetup's token is then really
   * no longer taken, so that a client has to fetch another one with its refresh token.
   */
  public static Fault expiredToken() {
    return of("expired-token", Kind.EXPIRED_TOKEN);
  }

  /**
   * Returns a redirect to another host, {@code redirect-elsewhere}: HTTP 307. Whoever brings its
   * token along there commits a violation; the answer there is a page of HTML.
   */
  public static Fault redirectElsewhere() {
    return of("redirect-elsewhere", Kind.ELSEWHERE);
  }

  /**
   * Returns a connection that closes without an answer, {@code close-connection}. What was posted
   * was carried out; a GET, which clients of HTTP repeat by themselves, was not and does not count.
   */
  public static Fault closeConnection() {
    return of("close-connection", Kind.NO_ANSWER);
  }

  // Answers on the way

  /** Returns an answer that breaks off in the middle of its body, {@code truncate-body}. */
  public static Fault truncateBody() {
    return of("truncate-body", Kind.TRUNCATED);
  }

  /**
   * Returns an answer that stops in the middle of its body, {@code stall-body}: nothing more comes
   * until the client hangs up.
   */
  public static Fault stallBody() {
    return of("stall-body", Kind.STALLED);
  }

  /**
   * Returns an answer whose body trickles, {@code slow-body}: in pieces, with a pause between them.
   *
   * @param pieces how many, at least 2
   * @param pause between two of them, in real time
   * @throws IllegalArgumentException if there are less than two pieces or the pause is negative
   */
  public static Fault slowBody(int pieces, Duration pause) {
    if (pieces < 2 || pause.isNegative()) {
      throw new IllegalArgumentException(
          "A slow body comes in two pieces or more with a pause that is not negative, was "
              + pieces
              + " with "
              + pause);
    }
    return new Fault("slow-body", Kind.SLOW, Hint.NONE, pieces, pause, "", "");
  }

  /**
   * Returns an answer whose {@code Content-Length} is wrong, {@code wrong-length}.
   *
   * @param bytes by how much it is more, or less for a negative number; not 0
   */
  public static Fault wrongLength(int bytes) {
    if (bytes == 0) {
      throw new IllegalArgumentException("A wrong length differs from the right one, was by 0");
    }
    return new Fault("wrong-length", Kind.WRONG_LENGTH, Hint.NONE, bytes, null, "", "");
  }

  /**
   * Returns a good answer of a server whose clock is wrong, {@code wrong-date}: its {@code Date}
   * and the times of its limits are ahead by so much, or behind for a negative duration.
   */
  public static Fault wrongDate(Duration ahead) {
    return new Fault("wrong-date", Kind.WRONG_DATE, Hint.NONE, 0, ahead, "", "");
  }

  /** Returns a good answer without a {@code Date}, {@code no-date}. */
  public static Fault withoutDate() {
    return of("no-date", Kind.NO_DATE);
  }

  // Answers that say something else

  /** Returns an answer of the right length whose JSON is broken, {@code malformed-json}. */
  public static Fault malformedJson() {
    return of("malformed-json", Kind.MALFORMED);
  }

  /**
   * Returns a good answer in which each object has a field more that nobody has documented, as
   * networks add them: {@code "sandbox_novelty"}. Its name is {@code unknown-field}.
   */
  public static Fault unknownField() {
    return of("unknown-field", Kind.UNKNOWN_FIELD);
  }

  /** Returns an answer whose objects all lack a field, {@code missing-field}. */
  public static Fault missingField(String field) {
    return ofField("missing-field", Kind.MISSING_FIELD, field, "");
  }

  /**
   * Returns an answer in which a field has another type, {@code changed-type}: a text or number is
   * an object around it, everything else a text.
   */
  public static Fault changedType(String field) {
    return ofField("changed-type", Kind.CHANGED_TYPE, field, "");
  }

  /** Returns an answer in which a field has another name, {@code renamed-field}. */
  public static Fault renamedField(String field, String newName) {
    return ofField("renamed-field", Kind.RENAMED_FIELD, field, newName);
  }

  /** Returns a page that has each of its items twice, {@code duplicate-items}. */
  public static Fault duplicateItems() {
    return of("duplicate-items", Kind.DUPLICATE_ITEMS);
  }

  /** Returns a page with its items out of order, {@code shuffled-items}, the same way each time. */
  public static Fault shuffledItems() {
    return of("shuffled-items", Kind.SHUFFLED_ITEMS);
  }

  /**
   * Returns a page that begins with the items of the page before, {@code repeated-page}, as when a
   * listing grows while it is read.
   */
  public static Fault repeatedPage() {
    return of("repeated-page", Kind.REPEATED_PAGE);
  }

  // Streams

  /**
   * Returns a good answer, while which all open streams are cut, {@code cut-streams}: as {@link
   * Sandbox#disconnectStreams()} does.
   */
  public static Fault cutStreams() {
    return of("cut-streams", Kind.CUT_STREAMS);
  }

  /**
   * Returns a good answer, after which streams are silent, {@code stall-streams}: as {@link
   * Sandbox#stallStreams()} does.
   */
  public static Fault stallStreams() {
    return of("stall-streams", Kind.STALL_STREAMS);
  }

  /** Returns a good answer, after which streams go on, {@code resume-streams}. */
  public static Fault resumeStreams() {
    return of("resume-streams", Kind.RESUME_STREAMS);
  }

  /** Returns its name, such as {@code rate-limited}. */
  public String name() {
    return name;
  }

  Kind kind() {
    return kind;
  }

  Hint hint() {
    return hint;
  }

  /** Returns the status of a limit or an error. */
  int status() {
    return number;
  }

  /** Returns the pieces of a slow body, or the bytes that a length is off by. */
  int number() {
    return number;
  }

  /** Returns a duration, or none for a fault without one. */
  Duration duration() {
    return Objects.requireNonNullElse(duration, Duration.ZERO);
  }

  String field() {
    return field;
  }

  String other() {
    return other;
  }

  /** Returns how long to wait, if the network is to say it, or {@code null}. */
  @Nullable Duration retryAfter() {
    return duration;
  }

  /** Returns how long the key stays shut. */
  Duration block() {
    return Objects.requireNonNullElse(duration, DEFAULT_BLOCK);
  }

  /** Shows the name and what it is set to. */
  @Override
  public String toString() {
    return "Fault["
        + name
        + (number == 0 ? "" : " " + number)
        + (duration == null ? "" : " " + duration)
        + (field.isEmpty() ? "" : " " + field)
        + (other.isEmpty() ? "" : " -> " + other)
        + ']';
  }
}
