package io.github.sparkpysocial.ml.feature;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scans a text once from left to right and gives its tokens. A regular expression for all of this
 * would be several times slower and no easier to read. Immutable.
 */
final class Tokens implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int KEYCAP = 0x20E3;

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

  private final boolean splitHashtags;
  private final boolean entities;

  /**
   * @param splitHashtags whether {@code #MachineLearning} also gives {@code machine} and {@code
   *     learning}
   * @param entities whether hashtags, mentions and cashtags give a token with their sign, and
   *     mentions any token at all
   */
  Tokens(boolean splitHashtags, boolean entities) {
    this.splitHashtags = splitHashtags;
    this.entities = entities;
  }

  /** Returns the tokens in the order of the text. */
  List<String> of(String original) {
    String text =
        Normalizer.isNormalized(original, Normalizer.Form.NFKC)
            ? original
            : Normalizer.normalize(original, Normalizer.Form.NFKC);
    List<String> tokens = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      int after = i + Character.charCount(c);
      if (Character.isWhitespace(c)) {
        i = after;
      } else if (startsUrl(text, i)) {
        i = endOfUrl(text, i);
      } else if (c == '&' && htmlEntity(text, i) > 0) {
        i = htmlEntity(text, i);
      } else if ((c == '#' || c == '@' || c == '$') && endOfTag(text, i) > after) {
        int end = endOfTag(text, i);
        tag(c, text.substring(after, end), tokens);
        i = end;
      } else if (isEmoji(c)) {
        int end = endOfEmoji(text, i);
        tokens.add(plainEmoji(text.substring(i, end)));
        i = end;
      } else if (emoticon(text, i) > 0) {
        int end = i + emoticon(text, i);
        tokens.add(text.substring(i, end));
        i = end;
      } else if (isUnspaced(c)) {
        int end = endOfUnspaced(text, i);
        pairs(text, i, end, tokens);
        i = end;
      } else if (isWord(c)) {
        int end = endOfWord(text, i);
        if (end < text.length() && text.charAt(end) == '@' && isWordAt(text, end + 1)) {
          i = endOfUrl(text, i); // an e-mail address names nobody's topic
        } else {
          word(text.substring(i, end), tokens);
          i = end;
        }
      } else {
        i = after;
      }
    }
    return tokens;
  }

  private void tag(int sign, String name, List<String> tokens) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (sign == '@' && !entities) {
      return;
    }
    if (entities) {
      tokens.add(Character.toString(sign) + lower);
    }
    tokens.add(lower);
    if (sign == '#' && splitHashtags) {
      List<String> parts = camelCase(name);
      if (parts.size() > 1) {
        parts.forEach(part -> word(part, tokens));
      }
    }
  }

  /** Splits before a capital that follows a small letter, or that a small letter follows. */
  private static List<String> camelCase(String name) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= name.length(); i++) {
      boolean cut =
          i == name.length()
              || name.charAt(i) == '_'
              || name.charAt(i - 1) == '_'
              || startsPart(name, i)
              || Character.isDigit(name.charAt(i)) != Character.isDigit(name.charAt(i - 1));
      if (cut) {
        String part = name.substring(start, i);
        if (!part.equals("_")) {
          parts.add(part);
        }
        start = i;
      }
    }
    return parts;
  }

  private static boolean startsPart(String name, int i) {
    return Character.isUpperCase(name.charAt(i))
        && (Character.isLowerCase(name.charAt(i - 1))
            || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))));
  }

  private static void word(String written, List<String> tokens) {
    String word = shorten(written.toLowerCase(Locale.ROOT).replace('\u2019', '\''));
    if (word.endsWith("'s")) {
      word = word.substring(0, word.length() - 2);
    }
    if (word.codePointCount(0, word.length()) > 1) {
      tokens.add(word);
    }
  }

  /** Three or more of the same letter become two: {@code soooo} is {@code soo}. */
  private static String shorten(String word) {
    StringBuilder shorter = null;
    int run = 1;
    for (int i = 1; i < word.length(); i++) {
      char c = word.charAt(i);
      run = c == word.charAt(i - 1) && Character.isLetter(c) ? run + 1 : 1;
      if (run == 3 && shorter == null) {
        shorter = new StringBuilder(word.length()).append(word, 0, i);
      } else if (run < 3 && shorter != null) {
        shorter.append(c);
      }
    }
    return shorter == null ? word : shorter.toString();
  }

  /** Gives each two neighbouring characters, with their marks, of a script without spaces. */
  private static void pairs(String text, int start, int end, List<String> tokens) {
    int previous = start;
    int middle = endOfCharacter(text, start, end);
    if (middle == end) {
      tokens.add(text.substring(start, end));
    }
    while (middle < end) {
      int next = endOfCharacter(text, middle, end);
      tokens.add(text.substring(previous, next));
      previous = middle;
      middle = next;
    }
  }

  private static int endOfCharacter(String text, int start, int end) {
    int i = start + Character.charCount(text.codePointAt(start));
    while (i < end && isMark(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    return i;
  }

  private static boolean isWord(int c) {
    return Character.isLetterOrDigit(c) || isMark(c);
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static boolean isWordAt(String text, int i) {
    return i < text.length() && isWord(text.codePointAt(i));
  }

  /** Han, Kana and the scripts of South-East Asia have no spaces between words. */
  private static boolean isUnspaced(int c) {
    if (c < 0x0E00) {
      return false;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> isWord(c) || c == 0x30FC;
      default -> false;
    };
  }

  private static int endOfUnspaced(String text, int start) {
    int i = start;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (!isUnspaced(c) && !isMark(c) && c != 0x30FC) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  private static int endOfWord(String text, int start) {
    int i = start;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      boolean apostrophe = (c == '\'' || c == '\u2019') && i > start && isWordAt(text, i + 1);
      boolean joiner = (c == ZERO_WIDTH_JOINER || c == 0x200C) && isWordAt(text, i + 1);
      if ((!apostrophe && !joiner && !isWord(c)) || isUnspaced(c)) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
  }

  /** Returns where a hashtag, mention or cashtag ends, or its start if it is none. */
  private static int endOfTag(String text, int start) {
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
            default -> isWord(c) || c == '_' || c == ZERO_WIDTH_JOINER || c == 0x200C;
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

  private static boolean startsUrl(String text, int i) {
    char c = text.charAt(i);
    if (c != 'h' && c != 'H' && c != 'w' && c != 'W') {
      return false;
    }
    return text.regionMatches(true, i, "http://", 0, 7)
        || text.regionMatches(true, i, "https://", 0, 8)
        || text.regionMatches(true, i, "www.", 0, 4);
  }

  private static int endOfUrl(String text, int start) {
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
  private static int htmlEntity(String text, int start) {
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

  private static boolean isEmoji(int c) {
    return isBetween(c, 0x1F300, 0x1FAFF)
        || isBetween(c, 0x1F1E6, 0x1F1FF)
        || isBetween(c, 0x2600, 0x27BF)
        || isBetween(c, 0x1F000, 0x1F0FF)
        || c == 0x2B50
        || c == 0x2B55;
  }

  private static boolean isBetween(int c, int first, int last) {
    return c >= first && c <= last;
  }

  private static boolean isSkinTone(int c) {
    return c >= 0x1F3FB && c <= 0x1F3FF;
  }

  private static boolean isVariation(int c) {
    return c == 0xFE0F || c == 0xFE0E;
  }

  private static int endOfEmoji(String text, int start) {
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
  private static String plainEmoji(String emoji) {
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
  private static int emoticon(String text, int i) {
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
