package io.github.sparkpysocial.ml.feature;

import static io.github.sparkpysocial.ml.feature.Glyphs.emoticon;
import static io.github.sparkpysocial.ml.feature.Glyphs.endOfCharacter;
import static io.github.sparkpysocial.ml.feature.Glyphs.endOfEmoji;
import static io.github.sparkpysocial.ml.feature.Glyphs.endOfTag;
import static io.github.sparkpysocial.ml.feature.Glyphs.endOfUnspaced;
import static io.github.sparkpysocial.ml.feature.Glyphs.endOfUrl;
import static io.github.sparkpysocial.ml.feature.Glyphs.endOfWord;
import static io.github.sparkpysocial.ml.feature.Glyphs.htmlEntity;
import static io.github.sparkpysocial.ml.feature.Glyphs.isEmoji;
import static io.github.sparkpysocial.ml.feature.Glyphs.isUnspaced;
import static io.github.sparkpysocial.ml.feature.Glyphs.isWord;
import static io.github.sparkpysocial.ml.feature.Glyphs.isWordAt;
import static io.github.sparkpysocial.ml.feature.Glyphs.plainEmoji;
import static io.github.sparkpysocial.ml.feature.Glyphs.startsUrl;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Scans a text once from left to right and gives its tokens, as {@link SocialTokenizer} tells. A
 * regular expression for all of this would be several times slower and no easier to read. Needs no
 * Spark. Immutable and thread-safe.
 */
public final class Tokens implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What a token is. */
  public enum Kind {
    /** A word, or a name in a text without signs. */
    WORD,
    /** A hashtag, mention or cashtag with its sign. */
    SIGNED,
    /** The word of a hashtag or cashtag, without the sign. */
    TAGGED,
    /** The name of a mention, without the sign. */
    MENTIONED,
    /** A CamelCase part of a hashtag. */
    PART,
    /** An emoji without skin tone. */
    EMOJI,
    /** A Western emoticon. */
    EMOTICON,
    /** Two neighbouring characters of a script without spaces. */
    PAIR;

    /** Whether two posts must share the token to say the same. */
    public boolean isSaid() {
      return this != SIGNED && this != MENTIONED && this != PART;
    }
  }

  /** Takes the tokens of a text in their order. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes one token.
     *
     * @param start where it was found in the text after NFKC, in UTF-16 units
     * @param end where it ends there
     */
    void token(String token, Kind kind, int start, int end);
  }

  private final boolean splitHashtags;

  /**
   * @param splitHashtags whether {@code #MachineLearning} also gives {@code machine} and {@code
   *     learning}
   */
  public Tokens(boolean splitHashtags) {
    this.splitHashtags = splitHashtags;
  }

  /** Returns the tokens in the order of the text. */
  public List<String> of(String text) {
    List<String> tokens = new ArrayList<>();
    scan(text, (token, kind, start, end) -> tokens.add(token));
    return tokens;
  }

  /** Returns the tokens with their places in the original text, counted in code points. */
  public List<Token> located(String original) {
    Offsets offsets = Offsets.of(original, normalized(original));
    List<Token> tokens = new ArrayList<>();
    scan(
        original,
        (token, kind, start, end) ->
            tokens.add(new Token(token, kind, offsets.start(start), offsets.end(end))));
    return tokens;
  }

  /** Gives each token to {@code sink}, in the order of the text. */
  public void scan(String original, Sink sink) {
    String text = normalized(original);
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
        i = tag(text, i, endOfTag(text, i), sink);
      } else if (isEmoji(c)) {
        int end = endOfEmoji(text, i);
        sink.token(plainEmoji(text.substring(i, end)), Kind.EMOJI, i, end);
        i = end;
      } else if (emoticon(text, i) > 0) {
        int end = i + emoticon(text, i);
        sink.token(text.substring(i, end), Kind.EMOTICON, i, end);
        i = end;
      } else if (isUnspaced(c)) {
        int end = endOfUnspaced(text, i);
        pairs(text, i, end, sink);
        i = end;
      } else if (isWord(c)) {
        int end = endOfWord(text, i);
        if (end < text.length() && text.charAt(end) == '@' && isWordAt(text, end + 1)) {
          i = endOfUrl(text, i); // an e-mail address names nobody's topic
        } else {
          word(text, i, end, Kind.WORD, sink);
          i = end;
        }
      } else {
        i = after;
      }
    }
  }

  private static String normalized(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return Normalizer.isNormalized(text, Normalizer.Form.NFKC)
            ? text
            : Normalizer.normalize(text, Normalizer.Form.NFKC);
      }
    }
    return text;
  }

  private int tag(String text, int start, int end, Sink sink) {
    String signed = text.substring(start, end).toLowerCase(Locale.ROOT);
    char sign = signed.charAt(0);
    sink.token(signed, Kind.SIGNED, start, end);
    sink.token(signed.substring(1), sign == '@' ? Kind.MENTIONED : Kind.TAGGED, start + 1, end);
    if (sign == '#' && splitHashtags) {
      camelCase(text, start + 1, end, sink);
    }
    return end;
  }

  /** Splits before a capital that follows a small letter, or that a small letter follows. */
  private static void camelCase(String text, int from, int to, Sink sink) {
    int start = from;
    for (int i = from + 1; i <= to; i++) {
      boolean cut =
          i == to
              || text.charAt(i) == '_'
              || text.charAt(i - 1) == '_'
              || startsPart(text, i, to)
              || Character.isDigit(text.charAt(i)) != Character.isDigit(text.charAt(i - 1));
      if (cut) {
        boolean whole = start == from && i == to;
        if (!whole && !(i - start == 1 && text.charAt(start) == '_')) {
          word(text, start, i, Kind.PART, sink);
        }
        start = i;
      }
    }
  }

  private static boolean startsPart(String name, int i, int to) {
    return Character.isUpperCase(name.charAt(i))
        && (Character.isLowerCase(name.charAt(i - 1))
            || (i + 1 < to && Character.isLowerCase(name.charAt(i + 1))));
  }

  private static void word(String text, int start, int end, Kind kind, Sink sink) {
    String lower = text.substring(start, end).toLowerCase(Locale.ROOT);
    String word = shorten(lower.replace('\u2019', '\''));
    if (word.endsWith("'s")) {
      word = word.substring(0, word.length() - 2);
    }
    if (word.codePointCount(0, word.length()) > 1) {
      sink.token(word, kind, start, end);
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
  private static void pairs(String text, int start, int end, Sink sink) {
    int previous = start;
    int middle = endOfCharacter(text, start, end);
    if (middle == end) {
      sink.token(text.substring(start, end), Kind.PAIR, start, end);
    }
    while (middle < end) {
      int next = endOfCharacter(text, middle, end);
      sink.token(text.substring(previous, next), Kind.PAIR, previous, next);
      previous = middle;
      middle = next;
    }
  }
}
