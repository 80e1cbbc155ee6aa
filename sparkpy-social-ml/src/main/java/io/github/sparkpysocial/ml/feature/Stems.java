package io.github.sparkpysocial.ml.feature;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import opennlp.tools.stemmer.snowball.SnowballStemmer;
import opennlp.tools.stemmer.snowball.SnowballStemmer.ALGORITHM;
import org.jspecify.annotations.Nullable;

/**
 * The stems of words by Snowball's algorithms (Porter 2001, "Snowball: A language for stemming
 * algorithms"), as {@code org.apache.opennlp:opennlp-tools} has them, which must be on the class
 * path. A stemmer keeps what it works on, so each thread has its own.
 */
final class Stems {
  private static final Map<String, ALGORITHM> ALGORITHMS =
      Map.ofEntries(
          Map.entry("ar", ALGORITHM.ARABIC),
          Map.entry("ca", ALGORITHM.CATALAN),
          Map.entry("da", ALGORITHM.DANISH),
          Map.entry("de", ALGORITHM.GERMAN),
          Map.entry("el", ALGORITHM.GREEK),
          Map.entry("en", ALGORITHM.ENGLISH),
          Map.entry("es", ALGORITHM.SPANISH),
          Map.entry("fi", ALGORITHM.FINNISH),
          Map.entry("fr", ALGORITHM.FRENCH),
          Map.entry("ga", ALGORITHM.IRISH),
          Map.entry("hu", ALGORITHM.HUNGARIAN),
          Map.entry("id", ALGORITHM.INDONESIAN),
          Map.entry("in", ALGORITHM.INDONESIAN), // as X still says
          Map.entry("it", ALGORITHM.ITALIAN),
          Map.entry("nb", ALGORITHM.NORWEGIAN),
          Map.entry("nl", ALGORITHM.DUTCH),
          Map.entry("no", ALGORITHM.NORWEGIAN),
          Map.entry("pt", ALGORITHM.PORTUGUESE),
          Map.entry("ro", ALGORITHM.ROMANIAN),
          Map.entry("ru", ALGORITHM.RUSSIAN),
          Map.entry("sv", ALGORITHM.SWEDISH),
          Map.entry("tr", ALGORITHM.TURKISH));

  private static final ThreadLocal<Map<ALGORITHM, SnowballStemmer>> OWN =
      ThreadLocal.withInitial(() -> new EnumMap<>(ALGORITHM.class));

  private Stems() {}

  static List<String> languages() {
    return ALGORITHMS.keySet().stream().sorted().toList();
  }

  /**
   * Returns the stems of words in their order. What does not begin with a letter, such as a hashtag
   * with its sign or an emoji, stays as it is; so does all of a language that has no stemmer.
   *
   * @param language a BCP-47 tag
   */
  static String[] of(List<String> tokens, @Nullable String language) {
    String[] stems = tokens.toArray(new String[0]);
    ALGORITHM algorithm = language == null ? null : ALGORITHMS.get(primary(language));
    if (algorithm != null) {
      SnowballStemmer stemmer = OWN.get().computeIfAbsent(algorithm, SnowballStemmer::new);
      for (int i = 0; i < stems.length; i++) {
        if (Character.isLetter(stems[i].codePointAt(0))) {
          stems[i] = stemmer.stem(stems[i]).toString();
        }
      }
    }
    return stems;
  }

  private static String primary(String language) {
    return language.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
  }
}
