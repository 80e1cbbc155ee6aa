package io.github.sparkpysocial.ml.feature;

import java.io.Serializable;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * Checks the language that a network tells of a post against its text: the script of its letters,
 * and the stop words in it. It corrects what is plainly wrong and fills what is missing when the
 * text is plain; it is no detector of languages, and believes the network otherwise.
 */
public final class LanguageCheck implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The tag for a language that is not known, as BCP-47 has it. */
  public static final String UNDETERMINED = "und";

  /** So many more different stop words of another language outweigh a tag. */
  private static final int PLAIN = 3;

  private static final Tokens TOKENS = new Tokens(false);

  /** Scripts that tell the language by themselves. */
  private static final Map<UnicodeScript, String> TELLING =
      new EnumMap<>(
          Map.of(
              UnicodeScript.HIRAGANA, "ja",
              UnicodeScript.KATAKANA, "ja",
              UnicodeScript.HANGUL, "ko",
              UnicodeScript.THAI, "th",
              UnicodeScript.GREEK, "el",
              UnicodeScript.HEBREW, "he",
              UnicodeScript.ARMENIAN, "hy",
              UnicodeScript.GEORGIAN, "ka"));

  private static final Map<String, Set<UnicodeScript>> SCRIPTS = new HashMap<>();

  static {
    put(Set.of(UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA), "ja");
    put(Set.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO), "zh");
    put(Set.of(UnicodeScript.HANGUL, UnicodeScript.HAN), "ko");
    put(Set.of(UnicodeScript.CYRILLIC), "ru", "uk", "bg", "be", "mk");
    put(Set.of(UnicodeScript.ARABIC), "ar", "fa", "ur", "ps");
    put(Set.of(UnicodeScript.DEVANAGARI), "hi", "mr", "ne");
    put(Set.of(UnicodeScript.HEBREW), "he", "iw", "yi");
    put(Set.of(UnicodeScript.GREEK), "el");
    put(Set.of(UnicodeScript.THAI), "th");
    put(
        Set.of(UnicodeScript.LATIN),
        "en",
        "de",
        "fr",
        "es",
        "pt",
        "it",
        "nl",
        "sv",
        "da",
        "no",
        "nb",
        "fi",
        "hu",
        "tr",
        "pl",
        "cs",
        "ro",
        "id",
        "tl",
        "et",
        "ca",
        "eu",
        "vi");
  }

  private static void put(Set<UnicodeScript> scripts, String... languages) {
    for (String language : languages) {
      SCRIPTS.put(language, scripts);
    }
  }

  private final Map<String, Set<String>> stopWords = new HashMap<>();

  /** Reads the stop words of all languages that have a list, see {@link StopWords}. */
  public LanguageCheck() {
    Set<String> ofNetworks = new HashSet<>(StopWords.of(List.of()));
    for (String language : StopWords.languages()) {
      Set<String> words = new HashSet<>(StopWords.of(List.of(language)));
      words.removeAll(ofNetworks);
      stopWords.put(language, words);
    }
    stopWords.remove("nb"); // the same list as "no"
  }

  /**
   * Returns the language of a text as a primary BCP-47 tag, or {@value #UNDETERMINED}.
   *
   * @param tag what the network told
   */
  public String language(@Nullable String text, @Nullable String tag) {
    String told = tag == null ? UNDETERMINED : tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    TOKENS.scan(
        text == null ? "" : text,
        (token, kind, start, end) -> {
          if (kind == Tokens.Kind.WORD || kind == Tokens.Kind.PAIR || kind == Tokens.Kind.TAGGED) {
            words.add(token);
          }
        });
    Map<UnicodeScript, Integer> letters = letters(words);
    UnicodeScript script = most(letters);
    if (script == null) {
      return told;
    }
    boolean japanese = letters.containsKey(UnicodeScript.HIRAGANA);
    Set<UnicodeScript> expected = SCRIPTS.get(told);
    boolean believed =
        !told.equals(UNDETERMINED) && (expected == null || expected.contains(script));
    if (believed && !(told.equals("zh") && japanese)) {
      String other = byStopWords(words, told);
      return other == null ? told : other;
    }
    String telling = japanese ? "ja" : TELLING.get(script);
    if (telling != null) {
      return telling;
    }
    String plain = byStopWords(words, UNDETERMINED);
    return plain == null ? UNDETERMINED : plain;
  }

  /** Returns a column with the checked language. */
  public Column column(Column text, Column tag) {
    UDF2<@Nullable String, @Nullable String, String> check = this::language;
    return functions.udf(check, DataTypes.StringType).apply(text, tag);
  }

  /** Returns a language of which far more stop words are in the text than of the told one. */
  private @Nullable String byStopWords(List<String> words, String told) {
    Set<String> different = new HashSet<>(words);
    String best = null;
    int most = 0;
    int second = 0;
    int own = 0;
    for (Map.Entry<String, Set<String>> list : stopWords.entrySet()) {
      int hits = (int) different.stream().filter(list.getValue()::contains).count();
      if (list.getKey().equals(told)) {
        own = hits;
      } else if (hits > most) {
        second = most;
        most = hits;
        best = list.getKey();
      } else {
        second = Math.max(second, hits);
      }
    }
    return most >= own + PLAIN && most > second ? best : null;
  }

  private static Map<UnicodeScript, Integer> letters(List<String> words) {
    Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
    for (String word : words) {
      word.codePoints()
          .filter(Character::isLetter)
          .forEach(c -> letters.merge(UnicodeScript.of(c), 1, Integer::sum));
    }
    return letters;
  }

  private static @Nullable UnicodeScript most(Map<UnicodeScript, Integer> letters) {
    UnicodeScript most = null;
    int count = 0;
    for (Map.Entry<UnicodeScript, Integer> each : letters.entrySet()) {
      if (each.getValue() > count) {
        count = each.getValue();
        most = each.getKey();
      }
    }
    return most;
  }
}
