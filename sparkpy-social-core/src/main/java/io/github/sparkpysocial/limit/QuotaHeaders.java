package io.github.sparkpysocial.limit;

import io.github.sparkpysocial.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the headers in which most servers tell of a quota: limit, remaining and reset. */
public final class QuotaHeaders {
  /** A number of seconds beyond this is no span of time but a moment: September 2001. */
  private static final long SMALLEST_EPOCH = 1_000_000_000;

  private QuotaHeaders() {}

  /**
   * Reads {@code <prefix>limit}, {@code <prefix>remaining} and {@code <prefix>reset}.
   *
   * @param prefix such as {@code x-rate-limit-}, in any case
   * @param serverTime the server's clock at the moment of the answer
   * @return one reading, or none if there are no such headers or they cannot be read
   */
  public static List<QuotaReading> read(
      Headers headers, String prefix, ResetEncoding encoding, Instant serverTime) {
    Duration untilReset = encoding.untilReset(headers.first(prefix + "reset"), serverTime);
    Long remaining = number(headers.first(prefix + "remaining"));
    return untilReset == null || remaining == null
        ? List.of()
        : List.of(
            new QuotaReading("", number(headers.first(prefix + "limit")), remaining, untilReset));
  }

  /**
   * Reads {@code ratelimit-limit}, {@code ratelimit-remaining} and {@code ratelimit-reset}, the
   * names of the IETF's draft (draft-ietf-httpapi-ratelimit-headers, up to version 7). The draft
   * has seconds from now in the last one, Bluesky a moment in seconds since 1970; a number tells
   * itself which it is.
   */
  public static List<QuotaReading> ietf(Headers headers, Instant serverTime) {
    Long reset = number(headers.first("ratelimit-reset"));
    ResetEncoding encoding =
        reset != null && reset >= SMALLEST_EPOCH
            ? ResetEncoding.EPOCH_SECONDS
            : ResetEncoding.RELATIVE_SECONDS;
    return read(headers, "ratelimit-", encoding, serverTime);
  }

  /** Returns a whole number, or {@code null} if it is absent or none. */
  private static @Nullable Long number(@Nullable String text) {
    if (text == null) {
      return null;
    }
    // The draft allows "100, 100;w=60": the limit that applies, then the policies behind it.
    String first = text.split("[,;]", 2)[0].strip();
    try {
      return Long.valueOf(first);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
