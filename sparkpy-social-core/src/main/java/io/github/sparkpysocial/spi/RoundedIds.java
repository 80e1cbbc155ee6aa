package io.github.sparkpysocial.spi;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises ids that a spreadsheet or JavaScript has rounded: such an id names another post, or
 * none, and a live post then looks deleted.
 */
public final class RoundedIds {
  /** As spreadsheets and most languages show a large number. */
  private static final Pattern SCIENTIFIC =
      Pattern.compile("\\d(\\.\\d+)?[eE]\\+\\d{1,3}|\\d\\.\\d+[eE]\\d{1,3}");

  private static final Pattern FRACTION = Pattern.compile("\\d+\\.0+");

  /** Above 2^53 a double no longer tells neighbours apart. */
  private static final int DIGITS_AT_RISK = 16;

  /** One true id in a million ends with six zeros, which large files do have; none with nine. */
  private static final int MANY_ZEROS = 9;

  private static final String REMEDY =
      "; get the file again with ids as text, for the true id cannot be told";

  private RoundedIds() {}

  /** Returns why this id cannot be true, or {@code null}. */
  public static @Nullable String suspicion(String id) {
    boolean digits = isDigits(id); // as most are, and no pattern is needed then
    if (!digits && SCIENTIFIC.matcher(id).matches()) {
      return "was rounded to scientific notation" + REMEDY;
    }
    if (!digits && FRACTION.matcher(id).matches()) {
      return "has become a fraction" + REMEDY;
    }
    if (isAtRisk(id) && trailingZeros(id) >= MANY_ZEROS) {
      return "ends with " + trailingZeros(id) + " zeros, so it was rounded" + REMEDY;
    }
    return null;
  }

  private static boolean isAtRisk(String id) {
    return id.length() >= DIGITS_AT_RISK && isDigits(id);
  }

  private static boolean isDigits(String id) {
    for (int i = 0; i < id.length(); i++) {
      if (id.charAt(i) < '0' || id.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static int trailingZeros(String id) {
    int zeros = 0;
    while (zeros < id.length() && id.charAt(id.length() - 1 - zeros) == '0') {
      zeros++;
    }
    return zeros;
  }

  /**
   * Looks at all ids of a file. One true id in ten ends with a zero, and one in a thousand with
   * three; when most of them do, they were rounded.
   */
  public static final class Census {
    private long atRisk;
    private long endingWithZero;
    private long endingWithThreeZeros;

    /** Takes note of an id. */
    public void add(String id) {
      if (isAtRisk(id)) {
        int zeros = trailingZeros(id);
        atRisk++;
        endingWithZero += zeros >= 1 ? 1 : 0;
        endingWithThreeZeros += zeros >= 3 ? 1 : 0;
      }
    }

    /** Returns why this id of the file cannot be trusted, or {@code null}. */
    public @Nullable String suspicion(String id) {
      boolean rounded =
          (atRisk >= 3 && endingWithThreeZeros * 2 > atRisk)
              || (atRisk >= 16 && endingWithZero * 10 > atRisk * 6);
      return rounded && isAtRisk(id) && trailingZeros(id) > 0
          ? "ends with a zero, as most ids of this file do, so they were rounded" + REMEDY
          : null;
    }
  }
}
