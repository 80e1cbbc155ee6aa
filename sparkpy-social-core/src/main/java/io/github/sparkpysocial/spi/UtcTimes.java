package io.github.sparkpysocial.spi;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Times as this library and most networks write them, {@code 2026-11-15T12:00:00Z} with at most
 * nine digits of a second's fraction: what {@link Instant#toString} and {@link Instant#parse} make
 * of them, many times faster. All other spellings are left to {@link Times}. Thread-safe.
 */
public final class UtcTimes {
  /** The length of a time with nanoseconds, in bytes. */
  public static final int LONGEST = "2026-11-15T12:00:00.000000000Z".length();

  private static final int UP_TO_SECONDS = "2026-11-15T12:00:00".length();
  private static final int SECONDS_OF_DAY = 86_400;

  /** Seconds from 0000-01-01 and to 9999-12-31, outside of which a year is spelled otherwise. */
  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();

  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private UtcTimes() {}

  /**
   * Writes a time as {@link Instant#toString} spells it: with no, three, six or nine digits of a
   * second's fraction, in ASCII.
   *
   * @param target has room for {@link #LONGEST} bytes from {@code start} on
   * @return where it ends, or -1 if its year has more than four digits and nothing was written
   */
  public static int write(Instant time, byte[] target, int start) {
    long seconds = time.getEpochSecond();
    if (seconds < FIRST || seconds > LAST) {
      return -1;
    }
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(seconds, SECONDS_OF_DAY));
    int second = Math.floorMod(seconds, SECONDS_OF_DAY);
    digits(target, start, 4, day.getYear());
    target[start + 4] = '-';
    digits(target, start + 5, 2, day.getMonthValue());
    target[start + 7] = '-';
    digits(target, start + 8, 2, day.getDayOfMonth());
    target[start + 10] = 'T';
    digits(target, start + 11, 2, second / 3_600);
    target[start + 13] = ':';
    digits(target, start + 14, 2, second / 60 % 60);
    target[start + 16] = ':';
    digits(target, start + 17, 2, second % 60);
    int end = start + UP_TO_SECONDS;
    int fraction = time.getNano();
    if (fraction > 0) {
      int count = 9;
      while (fraction % 1_000 == 0) {
        fraction /= 1_000;
        count -= 3;
      }
      target[end] = '.';
      digits(target, end + 1, count, fraction);
      end += 1 + count;
    }
    target[end] = 'Z';
    return end + 1;
  }

  private static void digits(byte[] target, int start, int count, int number) {
    int rest = number;
    for (int i = start + count - 1; i >= start; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /**
   * Returns the time, or {@code null} if it is spelled otherwise, is one of a month's last days, or
   * there is no such time: {@link Instant#parse} then knows.
   */
  public static @Nullable Instant parse(CharSequence text) {
    int end = text.length() - 1;
    boolean shaped =
        end >= UP_TO_SECONDS
            && end < LONGEST
            && text.charAt(end) == 'Z'
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':';
    if (!shaped) {
      return null;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int nanos = nanos(text, end);
    boolean usual =
        year >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= (month == 2 ? 28 : 30) // the last days are left to those who know them
            && hour >= 0
            && hour < 24
            && minute >= 0
            && minute < 60
            && second >= 0
            && second < 60
            && nanos >= 0;
    if (!usual) {
      return null;
    }
    long seconds =
        LocalDate.of(year, month, day).toEpochDay() * SECONDS_OF_DAY
            + hour * 3_600L
            + minute * 60L
            + second;
    return Instant.ofEpochSecond(seconds, nanos);
  }

  /** Returns the fraction between the seconds and the Z, or -1 if it is none. */
  private static int nanos(CharSequence text, int end) {
    if (end == UP_TO_SECONDS) {
      return 0;
    }
    int digits = end - UP_TO_SECONDS - 1;
    if (text.charAt(UP_TO_SECONDS) != '.' || digits < 1) {
      return -1;
    }
    int nanos = number(text, UP_TO_SECONDS + 1, end);
    for (int i = digits; nanos > 0 && i < 9; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  private static int number(CharSequence text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return Integer.MIN_VALUE;
      }
      number = 10 * number + digit;
    }
    return number;
  }
}
