package io.github.sparkpysocial.spi;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads times in the spellings that saved posts come with. Thread-safe. */
public final class Times {
  private static final Pattern EPOCH = Pattern.compile("\\d{9,10}(\\d{3})?");

  /** {@code Wed Oct 10 20:19:24 +0000 2018}, as in the X API v1.1. */
  private static final DateTimeFormatter X_V1 =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH);

  /** ISO-8601, also with a space for the T and with an offset in any of its spellings. */
  private static final List<DateTimeFormatter> WITH_OFFSET =
      List.of(X_V1, iso("XXX"), iso("XX"), iso("X"), iso(" XX"), iso(" XXX"));

  private static final DateTimeFormatter LOCAL = iso("");

  private Times() {}

  private static DateTimeFormatter iso(String offset) {
    DateTimeFormatterBuilder pattern =
        new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME);
    return (offset.isEmpty() ? pattern : pattern.appendPattern(offset)).toFormatter(Locale.ROOT);
  }

  /**
   * Returns the time that a text names: ISO-8601 (with {@code T} or a space; without an offset it
   * is UTC; a date alone is its midnight), the spelling of the X API v1.1, or seconds or
   * milliseconds since 1970. {@code null} if it is none of these.
   */
  public static @Nullable Instant parse(String text) {
    String time = text.strip();
    if (EPOCH.matcher(time).matches()) {
      long number = Long.parseLong(time);
      return time.length() > 10 ? Instant.ofEpochMilli(number) : Instant.ofEpochSecond(number);
    }
    Instant instant = null;
    for (int i = 0; i < WITH_OFFSET.size() && instant == null; i++) {
      DateTimeFormatter format = WITH_OFFSET.get(i);
      instant = tryParse(() -> OffsetDateTime.parse(time, format).toInstant());
    }
    if (instant == null) {
      instant = tryParse(() -> LocalDateTime.parse(time, LOCAL).toInstant(ZoneOffset.UTC));
    }
    return instant != null
        ? instant
        : tryParse(() -> LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private static @Nullable Instant tryParse(Supplier<Instant> spelling) {
    try {
      return spelling.get();
    } catch (DateTimeException anotherSpelling) {
      return null;
    }
  }
}
