package io.github.sparkpysocial.limit;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** How a server spells the moment at which a quota is full again. */
public enum ResetEncoding {
  /** Seconds since 1970 in UTC, as X, GitHub and Bluesky write. */
  EPOCH_SECONDS,
  /** Seconds from now, perhaps with a fraction, as Reddit and Meetup's old API write. */
  RELATIVE_SECONDS,
  /** An ISO-8601 time with offset, as Mastodon writes. */
  ISO_8601;

  /** No network has a longer window than a month; anything beyond is a misread value. */
  private static final Duration LONGEST = Duration.ofDays(31);

  /**
   * Returns how long it is until the reset.
   *
   * @param value the header's value, or {@code null} if it is absent
   * @param serverTime the server's clock at the moment of the answer
   * @return never negative, at most 31 days; {@code null} if the value is absent or unreadable
   */
  public @Nullable Duration untilReset(@Nullable String value, Instant serverTime) {
    if (value == null) {
      return null;
    }
    try {
      String text = value.strip();
      return bounded(
          switch (this) {
            case EPOCH_SECONDS ->
                Duration.between(serverTime, Instant.ofEpochSecond(Long.parseLong(text)));
            case RELATIVE_SECONDS -> seconds(text);
            case ISO_8601 -> Duration.between(serverTime, OffsetDateTime.parse(text).toInstant());
          });
    } catch (ArithmeticException | DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  /**
   * Reads a {@code Retry-After} header: whole seconds or an HTTP date (RFC 9110 section 10.2.3).
   *
   * @return never negative, at most 31 days; {@code null} if the value is absent or unreadable
   */
  public static @Nullable Duration retryAfter(@Nullable String value, Instant serverTime) {
    if (value == null) {
      return null;
    }
    try {
      String text = value.strip();
      return bounded(
          !text.isEmpty() && Character.isDigit(text.charAt(0))
              ? seconds(text)
              : Duration.between(serverTime, httpDate(text)));
    } catch (ArithmeticException | DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  /** Reads a date as HTTP writes it, such as {@code Sun, 22 Nov 2026 07:00:00 GMT}. */
  static Instant httpDate(String text) {
    return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  private static Duration seconds(String text) {
    return Duration.ofMillis(new BigDecimal(text).movePointRight(3).longValueExact());
  }

  private static Duration bounded(Duration duration) {
    if (duration.isNegative()) {
      return Duration.ZERO;
    }
    return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
  }
}
