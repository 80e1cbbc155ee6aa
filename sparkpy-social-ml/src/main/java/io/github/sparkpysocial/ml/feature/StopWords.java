package io.github.sparkpysocial.ml.feature;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.ml.feature.StopWordsRemover;

/**
 * Words that say nothing about what a post is about: Spark's lists by language, and the words that
 * networks add to every language, such as {@code rt}. For use with Spark's {@link
 * StopWordsRemover}.
 */
public final class StopWords {
  /** BCP-47 primary tag to the name of Spark's list. */
  private static final Map<String, String> LISTS =
      Map.ofEntries(
          Map.entry("da", "danish"),
          Map.entry("nl", "dutch"),
          Map.entry("en", "english"),
          Map.entry("fi", "finnish"),
          Map.entry("fr", "french"),
          Map.entry("de", "german"),
          Map.entry("hu", "hungarian"),
          Map.entry("it", "italian"),
          Map.entry("no", "norwegian"),
          Map.entry("nb", "norwegian"),
          Map.entry("pt", "portuguese"),
          Map.entry("ru", "russian"),
          Map.entry("es", "spanish"),
          Map.entry("sv", "swedish"),
          Map.entry("tr", "turkish"));

  private static final List<String> NETWORK_WORDS = List.of("rt", "via", "amp", "http", "https");

  private StopWords() {}

  /** Returns the languages that have a list, as primary BCP-47 tags in alphabetical order. */
  public static List<String> languages() {
    return LISTS.keySet().stream().sorted().toList();
  }

  /**
   * Returns the stop words of some languages, as {@link SocialTokenizer} spells them, in
   * alphabetical order.
   *
   * @param languages BCP-47 tags such as {@code en} or {@code pt-BR}; a language without a list
   *     adds nothing
   */
  public static List<String> of(Collection<String> languages) {
    Set<String> words = new TreeSet<>(NETWORK_WORDS);
    for (String language : languages) {
      String list = LISTS.get(language.split("[-_]", 2)[0].toLowerCase(java.util.Locale.ROOT));
      if (list != null) {
        for (String word : StopWordsRemover.loadDefaultStopWords(list)) {
          words.addAll(SocialTokenizer.tokens(word));
        }
      }
    }
    return List.copyOf(words);
  }
}
