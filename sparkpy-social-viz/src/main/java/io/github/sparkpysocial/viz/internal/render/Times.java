package io.github.sparkpysocial.viz.internal.render;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as a page shows them, in UTC. */
public final class Times {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Times() {}

  /** Returns {@code 22 Nov 2026, 18:30 UTC}. */
  public static String minute(Instant time) {
    return MINUTE.format(time);
  }

  /** Returns {@code 22 Nov 2026}. */
  public static String day(Instant time) {
    return DAY.format(time);
  }
}
