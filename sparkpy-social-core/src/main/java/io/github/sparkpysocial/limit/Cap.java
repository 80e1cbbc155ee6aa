package io.github.sparkpysocial.limit;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The most that may be read or spent.
 *
 * @param what on what: an account of spending such as {@code x posts}, the first words of several,
 *     such as {@code x} for {@code x posts} and {@code x users}, or {@code *} for everything
 * @param most how many items or dollars
 * @param unit what is counted
 * @param period in how long a time
 */
public record Cap(String what, BigDecimal most, Unit unit, Period period) {
  /** The {@link #what()} that covers everything. */
  public static final String EVERYTHING = "*";

  private static final Pattern SPELLING =
      Pattern.compile(
          "(?<what>[^=]+)=\\s*(?<dollar>\\$)?(?<most>\\d[\\d_]*(?:\\.\\d+)?)\\s*"
              + "(?<usd>usd)?\\s*(?:/\\s*(?<period>day|month))?",
          Pattern.CASE_INSENSITIVE);

  /** What is counted. */
  public enum Unit {
    /** Things read, such as posts. */
    ITEMS,
    /** Money, in US dollars. */
    DOLLARS
  }

  /** A span of time that begins and ends in UTC. */
  public enum Period {
    /** A calendar day. */
    DAY,
    /** A calendar month. */
    MONTH,
    /** For ever: it does not become free again. */
    EVER;

    /** Returns the first day of the period that a day lies in. */
    LocalDate firstDay(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case MONTH -> day.withDayOfMonth(1);
        case EVER -> LocalDate.MIN;
      };
    }

    /** Returns when the next period begins, or {@code null} if none does. */
    @Nullable Instant next(LocalDate day) {
      LocalDate next =
          switch (this) {
            case DAY -> day.plusDays(1);
            case MONTH -> day.withDayOfMonth(1).plusMonths(1);
            case EVER -> null;
          };
      return next == null ? null : next.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
  }

  public Cap {
    what = what.strip();
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(period, "period");
    if (what.isEmpty() || most.signum() < 0) {
      throw new IllegalArgumentException(
          "A cap needs a name and a number that is not negative, was '" + what + "' and " + most);
    }
  }

  /** Returns a cap on a number of items. */
  public static Cap ofItems(String what, long most, Period period) {
    return new Cap(what, BigDecimal.valueOf(most), Unit.ITEMS, period);
  }

  /** Returns a cap on money. */
  public static Cap ofDollars(String what, BigDecimal most, Period period) {
    return new Cap(what, most, Unit.DOLLARS, period);
  }

  /**
   * Reads a cap as people write it: {@code x posts=10000/day}, {@code x=50usd/month}, {@code
   * *=$100}. Without a period it holds for ever.
   *
   * @throws IllegalArgumentException if it is written otherwise
   */
  public static Cap parse(String text) {
    Matcher matcher = SPELLING.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "A cap is written as 'x posts=10000/day', 'x=50usd/month' or '*=100usd', was '"
              + text
              + "'");
    }
    boolean money = matcher.group("dollar") != null || matcher.group("usd") != null;
    BigDecimal most = new BigDecimal(matcher.group("most").replace("_", ""));
    if (!money && most.stripTrailingZeros().scale() > 0) {
      throw new IllegalArgumentException(
          "Items are counted whole; for money write " + most + "usd, was '" + text + "'");
    }
    String period = matcher.group("period");
    return new Cap(
        matcher.group("what"),
        most,
        money ? Unit.DOLLARS : Unit.ITEMS,
        period == null ? Period.EVER : Period.valueOf(period.toUpperCase(Locale.ROOT)));
  }

  /** Returns whether an account of spending counts towards this cap. */
  boolean covers(String account) {
    return what.equals(EVERYTHING) || account.equals(what) || account.startsWith(what + ' ');
  }

  /** Returns the cap as {@link #parse} reads it. */
  @Override
  public String toString() {
    return what
        + '='
        + most.toPlainString()
        + (unit == Unit.DOLLARS ? "usd" : "")
        + (period == Period.EVER ? "" : '/' + period.name().toLowerCase(Locale.ROOT));
  }
}
