package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.http.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a server's clock shows, from the {@code Date} of its answers. {@code Date} is cut to the
 * second; several answers together narrow it down, so that no wait is a second too long for that. A
 * server without {@code Date} goes by what is known of it from other answers, and one that never
 * sent any by the local clock. Thread-safe.
 */
final class ServerClock {
  private static final Duration TICK = Duration.ofSeconds(1);

  /** How far the server is ahead at least, as far as is known. */
  private @Nullable Duration ahead;

  private @Nullable Instant lastDate;

  /**
   * Returns the server's clock at the moment when an answer arrived: never later than it is, so
   * that waits until a time on it are never too short.
   *
   * @param sent when the request was sent, on the local clock
   * @param received when the answer arrived, on the local clock
   */
  synchronized Instant read(Headers headers, Instant sent, Instant received) {
    Instant date = date(headers);
    if (date != null) {
      Duration least = Duration.between(received, date);
      Duration most = Duration.between(sent, date.plus(TICK));
      boolean stands = date.equals(lastDate);
      lastDate = date;
      if (ahead == null || least.compareTo(ahead) > 0) {
        ahead = least;
      } else if (most.compareTo(ahead) < 0 && !stands) {
        // It was set back. A date that stands still is none, for the clock behind it goes on.
        ahead = least;
      }
    }
    return ahead == null ? received : received.plus(ahead);
  }

  /** Returns when the answer was made, or came out of a cache on its way (RFC 9111 section 5.1). */
  private static @Nullable Instant date(Headers headers) {
    String date = headers.first("Date");
    if (date == null) {
      return null;
    }
    try {
      Instant made = ResetEncoding.httpDate(date);
      String age = headers.first("Age");
      return age == null ? made : made.plusSeconds(Integer.parseUnsignedInt(age.strip()));
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }
}
