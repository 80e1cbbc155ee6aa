package io.github.sparkpysocial.testkit.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as HTTP writes them (RFC 9110 section 5.6.7). */
final class HttpDates {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private HttpDates() {}

  /** Returns a date, without the fraction of its second. */
  static String format(Instant instant) {
    return FORMAT.format(instant);
  }

  /** Returns a date that is not before the instant. */
  static String notBefore(Instant instant) {
    return FORMAT.format(wholeSecondFrom(instant));
  }

  /** Returns the first whole second that is not before the instant. */
  static Instant wholeSecondFrom(Instant instant) {
    return Instant.ofEpochSecond(instant.plusNanos(999_999_999).getEpochSecond());
  }
}
