package io.github.sparkpysocial.viz.internal;

import java.text.BreakIterator;
import java.util.Locale;

/** Makes text of strangers fit to be shown. Stateless. */
public final class Texts {
  /** Longest label of a bar, a series, a person. */
  public static final int LABEL = 60;

  /** Longest title. */
  public static final int TITLE = 160;

  /** Longest text of a post as a picture quotes it. */
  public static final int QUOTE = 280;

  /** Longest word of a word cloud. */
  public static final int WORD = 32;

  private static final String ELLIPSIS = "…";

  private Texts() {}

  /**
   * Returns the text without what could break a page or mislead its reader, on one line: characters
   * that XML 1.0 forbids, control characters and line breaks become a space, lone surrogates
   * U+FFFD, and the characters that force a direction on what follows (U+202A to U+202E, U+2066 to
   * U+2069) are dropped. Runs of white space become one space.
   */
  public static String clean(String text) {
    return clean(text, Integer.MAX_VALUE);
  }

  /** Cleans the text and cuts it after this many characters as a reader counts them. */
  public static String shorten(String text, int most) {
    // A user-perceived character is rarely longer than a dozen units; what follows is not read.
    String cleaned = clean(text, (int) Math.min(Integer.MAX_VALUE, most * 24L + 24));
    if (cleaned.length() <= most) {
      return cleaned;
    }
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(cleaned);
    int end = characters.next(most);
    if (end == BreakIterator.DONE || end >= cleaned.length()) {
      // Few characters of many units each: still bounded, never cut inside a character.
      return text.length() > most * 24L + 24 ? cleaned + ELLIPSIS : cleaned;
    }
    return cleaned.substring(0, end).stripTrailing() + ELLIPSIS;
  }

  private static String clean(String text, int mostUnits) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), 256));
    boolean space = false;
    for (int i = 0; i < text.length() && out.length() < mostUnits; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isDirectional(c)) {
        continue;
      }
      if (isBlank(c)) {
        space = out.length() > 0;
        continue;
      }
      if (space) {
        out.append(' ');
        space = false;
      }
      boolean lone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
      out.appendCodePoint(lone ? 0xFFFD : c);
    }
    return out.toString();
  }

  private static boolean isDirectional(int c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c)
        || Character.isISOControl(c)
        || c == 0x2028
        || c == 0x2029
        || (c & 0xFFFE) == 0xFFFE
        || (c >= 0xFDD0 && c <= 0xFDEF);
  }

  /** Returns the number with thousands apart: {@code 12,345}. */
  public static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Returns the number as a reader expects it: {@code 12,345}, {@code 0.25}. */
  public static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return number((long) value);
    }
    double size = Math.abs(value);
    if (size >= 1e15 || size < 0.001) {
      return String.format(Locale.ROOT, "%.3g", value);
    }
    String text = String.format(Locale.ROOT, size >= 100 ? "%,.1f" : "%,.3f", value);
    return text.replaceAll("0+$", "").replaceAll("\\.$", "");
  }
}
