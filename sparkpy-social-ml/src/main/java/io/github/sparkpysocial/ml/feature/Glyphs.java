package io.github.sparkpysocial.ml.feature;

import java.util.List;
import java.util.Map;

/** Where things in a text begin and end: words, tags, links, emoji. Offsets are of UTF-16 units. */
final class Glyphs {
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int KEYCAP = 0x20E3;
  private static final int LONG_VOWEL = 0x30FC;

  /** Longest first, so that {@code :-)} is not taken for a colon. Western, as people type them. */
  private static final Map<Character, List<String>> EMOTICONS =
      Map.of(
          ':',
              List.of(
                  ":'-(", ":'(", ":-)", ":-(", ":-D", ":-P", ":-p", ":-/", ":-|", ":-*", ":-o",
                  ":)", ":(", ":D", ":P", ":p", ":/", ":|", ":*", ":o", ":O", ":3"),
          ';', List.of(";-)", ";)", ";D", ";P", ";p"),
          '=', List.of("=)", "=(", "=D", "=P", "=/"),
          '<', List.of("<3", "</3"),
          '^', List.of("^_^", "^^"),
          '-', List.of("-_-"),
          'x', List.of("xD"),
          'X', List.of("XD"));

  private Glyphs() {}

  static int endOfCharacter(String text, int start, int end) {
    int i = start + Character.charCount(text.codePointAt(start));
    while (i < end && isMark(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i;
  }

  static boolean isWord(int c) {
    return Character.isLetterOrDigit(c) || isMark(c);
  }

  static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  static boolean isWordAt(String text, int i) {
    return i < text.length() && isWord(text.codePointAt(i));
  }

  /** Han, Kana and the scripts of South-East Asia have no spaces between words. */
  static boolean isUnspaced(int c) {
    if (c < 0x0E00) {
      return false;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> isWord(c) || c == LONG_VOWEL;
      default -> false;
    };
  }

  static int endOfUnspaced(String text, int start) {
    int i = start;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (!isUnspaced(c) && !isMark(c) && c != LONG_VOWEL) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  static int endOfWord(String text, int start) {
    int i = start;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      boolean apostrophe = (c == '\'' || c == '\u2019') && i > start && isWordAt(text, i + 1);
      boolean joiner =
          (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) && isWordAt(text, i + 1);
      if ((!apostrophe && !joiner && !isWord(c)) || isUnspaced(c)) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  /** Returns where a hashtag, mention or cashtag ends, or its start if it is none. */
  static int endOfTag(String text, int start) {
    if (start > 0 && isWord(text.codePointBefore(start))) {
      return start;
    }
    char sign = text.charAt(start);
    boolean letters = false;
    int i = start + 1;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      boolean part =
          switch (sign) {
            case '@' -> (c < 128 && Character.isLetterOrDigit(c)) || c == '_';
            case '$' -> c < 128 && Character.isLetter(c);
            default ->
                isWord(c) || c == '_' || c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER;
          };
      if (!part) {
        break;
      }
      letters |= !Character.isDigit(c);
      i += Character.charCount(c);
    }
    if (sign == '$' && i - start > 7) {
      return start;
    }
    return letters ? i : start;
  }

  static boolean startsUrl(String text, int i) {
    char c = text.charAt(i);
    if (c != 'h' && c != 'H' && c != 'w' && c != 'W') {
      return false;
    }
    return text.regionMatches(true, i, "http://", 0, 7)
        || text.regionMatches(true, i, "https://", 0, 8)
        || text.regionMatches(true, i, "www.", 0, 4);
  }

  static int endOfUrl(String text, int start) {
    int i = start;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (Character.isWhitespace(c) || c == '"' || c == '<' || c == '>' || isUnspaced(c)) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  /** Returns where an escaped character such as an ampersand ends, or 0 if it is none. */
  static int htmlEntity(String text, int start) {
    int end = text.indexOf(';', start);
    if (end < 0 || end - start > 8 || end - start < 3) {
      return 0;
    }
    for (int i = start + 1; i < end; i++) {
      char c = text.charAt(i);
      if (!(c < 128 && Character.isLetterOrDigit(c)) && c != '#') {
        return 0;
      }
    }
    return end + 1;
  }

  static boolean isEmoji(int c) {
    return isBetween(c, 0x1F300, 0x1FAFF)
        || isBetween(c, 0x1F1E6, 0x1F1FF)
        || isBetween(c, 0x2600, 0x27BF)
        || isBetween(c, 0x1F000, 0x1F0FF)
        || c == 0x2B50
        || c == 0x2B55;
  }

  static boolean isBetween(int c, int first, int last) {
    return c >= first && c <= last;
  }

  static boolean isSkinTone(int c) {
    return c >= 0x1F3FB && c <= 0x1F3FF;
  }

  static boolean isVariation(int c) {
    return c == 0xFE0F || c == 0xFE0E;
  }

  static int endOfEmoji(String text, int start) {
    int first = text.codePointAt(start);
    int i = start + Character.charCount(first);
    if (first >= 0x1F1E6 && first <= 0x1F1FF && i < text.length()) {
      int second = text.codePointAt(i);
      return second >= 0x1F1E6 && second <= 0x1F1FF ? i + Character.charCount(second) : i;
    }
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (c == ZERO_WIDTH_JOINER && i + 1 < text.length() && isEmoji(text.codePointAt(i + 1))) {
        i += 1 + Character.charCount(text.codePointAt(i + 1));
      } else if (isVariation(c) || isSkinTone(c) || c == KEYCAP) {
        i += Character.charCount(c);
      } else {
        break;
      }
    }
    return i;
  }

  /** Leaves out skin tones and variation selectors, which do not change what is meant. */
  static String plainEmoji(String emoji) {
    if (emoji.codePointCount(0, emoji.length()) == 1) {
      return emoji;
    }
    StringBuilder plain = new StringBuilder(emoji.length());
    emoji
        .codePoints()
        .filter(c -> !isSkinTone(c) && !isVariation(c))
        .forEach(plain::appendCodePoint);
    return plain.isEmpty() ? emoji : plain.toString();
  }

  /** Returns the length of the emoticon here, or 0. It stands apart from words on both sides. */
  static int emoticon(String text, int i) {
    List<String> candidates = EMOTICONS.get(text.charAt(i));
    if (candidates == null || (i > 0 && isWord(text.codePointBefore(i)))) {
      return 0;
    }
    for (String candidate : candidates) {
      int end = i + candidate.length();
      if (text.startsWith(candidate, i) && !isWordAt(text, end) && !text.startsWith("/", end)) {
        return candidate.length();
      }
    }
    return 0;
  }
}
