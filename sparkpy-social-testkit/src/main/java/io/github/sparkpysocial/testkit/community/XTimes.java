package io.github.sparkpysocial.testkit.community;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as X API v2 spells them: ISO-8601, UTC, always three digits of a second. */
final class XTimes {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private XTimes() {}

  static String format(Instant instant) {
    return FORMAT.format(instant);
  }
}
