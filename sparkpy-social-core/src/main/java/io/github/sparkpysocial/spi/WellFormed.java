package io.github.sparkpysocial.spi;

/**
 * Makes texts fit for every store. Java's strings can hold half a character, a surrogate without
 * its other half, as JSON can by an escape; UTF-8 and the databases cannot.
 */
public final class WellFormed {
  private WellFormed() {}

  /**
   * Returns the text with each lone surrogate replaced by U+FFFD, the replacement character; the
   * same text if there is none.
   */
  public static String text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (isPair(text, i)) {
          i++;
        } else {
          return repaired(text, i);
        }
      }
    }
    return text;
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        && at + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(at + 1));
  }

  private static String repaired(String text, int firstLone) {
    StringBuilder repaired = new StringBuilder(text);
    for (int i = firstLone; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (isPair(text, i)) {
          i++;
        } else {
          repaired.setCharAt(i, '\uFFFD');
        }
      }
    }
    return repaired.toString();
  }
}
