package io.github.sparkpysocial.viz.wordcloud;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts words and phrases of texts for a cloud, in any script that sets words apart; text in
 * others, such as Chinese or Thai, has to be split first. Memory grows with the number of different
 * words, and of different pairs of neighbours when phrases are counted. Not thread-safe.
 *
 * <p>A word is a run of letters, marks, digits and underscores, with apostrophes and hyphens inside
 * it and {@code #} or {@code @} before it, in lower case; an emoji is a word, too. Addresses are
 * left out. Two neighbours are a phrase when they stand together far more often than chance would
 * have it: when the log-likelihood ratio of Dunning ("Accurate Methods for the Statistics of
 * Surprise and Coincidence", Computational Linguistics 19(1), 1993) passes a threshold. What is
 * counted in a phrase no longer counts for its two words.
 */
public final class TermCounter {
  // Java 17 has no property for emoji; these blocks hold them, and pictographs beside them.
  private static final String EMOJI =
      "[\\x{1F000}-\\x{1F3FA}\\x{1F400}-\\x{1FAFF}\\u2300-\\u23FF\\u2600-\\u27BF\\u2B00-\\u2BFF]";
  private static final Pattern WORD =
      Pattern.compile(
          "https?://\\S+"
              + "|[#@]?[\\p{L}\\p{M}\\p{N}_]+(?:['’\\-][\\p{L}\\p{M}\\p{N}_]+)*"
              + "|"
              + EMOJI
              + "(?:[\\uFE0F\\x{1F3FB}-\\x{1F3FF}]|\\u200D"
              + EMOJI
              + ")*");
  private static final int EXAMPLES = 3;
  private static final int LONGEST_EXAMPLE = 280;
  private static final int LONGEST_WORD = 100;

  /** How often something was seen, and where first. */
  private static final class Seen {
    private long count;
    private final List<String> examples = new ArrayList<>(1);

    void in(String text) {
      count++;
      if (examples.size() < EXAMPLES && !examples.contains(text)) {
        examples.add(text);
      }
    }
  }

  /** Two words that stand side by side. */
  private record Pair(String first, String second) {}

  private final Set<String> stopWords;
  private final int shortest;
  private final double phraseThreshold;
  private final Map<String, Seen> words = new HashMap<>();
  private final Map<Pair, Seen> pairs = new HashMap<>();
  private long total;

  private TermCounter(Builder builder) {
    this.stopWords = Set.copyOf(builder.stopWords);
    this.shortest = builder.shortest;
    this.phraseThreshold = builder.phraseThreshold;
  }

  /** Returns a counter without stop words or phrases, for words of two characters and more. */
  public static TermCounter create() {
    return builder().build();
  }

  /** Returns a builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Says what is counted. Not thread-safe. */
  public static final class Builder {
    private final Set<String> stopWords = new HashSet<>();
    private int shortest = 2;
    private double phraseThreshold = Double.POSITIVE_INFINITY;

    private Builder() {}

    /** Leaves these words out, whatever their case. No phrase reaches across one. Default: none. */
    public Builder stopWords(Iterable<String> words) {
      words.forEach(word -> stopWords.add(word.toLowerCase(Locale.ROOT)));
      return this;
    }

    /**
     * Leaves shorter words out, in characters; emoji always count. Default: 2.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder shortest(int characters) {
      if (characters < 1) {
        throw new IllegalArgumentException("shortest is at least 1, was " + characters);
      }
      this.shortest = characters;
      return this;
    }

    /** Counts two words as one phrase where their log-likelihood ratio is above 30. */
    public Builder phrases() {
      return phrases(30);
    }

    /**
     * Counts two words as one phrase where their log-likelihood ratio is above this. A ratio of
     * 10.8 is reached by chance once in a thousand pairs (chi-squared, one degree of freedom).
     *
     * @throws IllegalArgumentException if it is negative or not a number
     */
    public Builder phrases(double threshold) {
      if (!(threshold >= 0)) {
        throw new IllegalArgumentException(
            "The threshold of phrases is at least 0, was " + threshold);
      }
      this.phraseThreshold = threshold;
      return this;
    }

    /** Returns the counter. */
    public TermCounter build() {
      return new TermCounter(this);
    }
  }

  /** Counts the words of a text. */
  public TermCounter add(String text) {
    Objects.requireNonNull(text, "text");
    String example = text.length() > LONGEST_EXAMPLE ? text.substring(0, LONGEST_EXAMPLE) : text;
    Matcher matcher = WORD.matcher(text);
    String before = "";
    while (matcher.find()) {
      String word = matcher.group();
      if (word.startsWith("http://")
          || word.startsWith("https://")
          || word.length() > LONGEST_WORD) {
        before = "";
        continue;
      }
      word = word.toLowerCase(Locale.ROOT);
      if (stopWords.contains(word) || isTooShort(word)) {
        before = "";
        continue;
      }
      total++;
      words.computeIfAbsent(word, any -> new Seen()).in(example);
      if (!before.isEmpty() && phraseThreshold < Double.POSITIVE_INFINITY) {
        pairs.computeIfAbsent(new Pair(before, word), any -> new Seen()).in(example);
      }
      before = word;
    }
    return this;
  }

  /** Counts the words of each text. */
  public TermCounter addAll(Iterable<String> texts) {
    texts.forEach(this::add);
    return this;
  }

  private boolean isTooShort(String word) {
    return word.codePointCount(0, word.length()) < shortest
        && Character.isLetterOrDigit(word.codePointAt(0));
  }

  /** Returns how often each word occurs, phrases not joined. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new HashMap<>();
    words.forEach((word, seen) -> counts.put(word, seen.count));
    return counts;
  }

  /**
   * Returns the most frequent words and phrases with their counts and up to three texts that hold
   * them, most frequent first, those of one count in the order of their characters.
   *
   * @throws IllegalArgumentException if {@code most} is negative
   */
  public List<WeightedTerm> top(int most) {
    if (most < 0) {
      throw new IllegalArgumentException("The number of terms is at least 0, was " + most);
    }
    Map<String, Long> counts = counts();
    Map<String, Seen> phrases = new HashMap<>();
    for (Map.Entry<Pair, Seen> entry : pairs.entrySet()) {
      Pair pair = entry.getKey();
      Seen seen = entry.getValue();
      if (seen.count > 1 && surprise(pair, (double) seen.count) > phraseThreshold) {
        phrases.put(pair.first() + " " + pair.second(), seen);
        counts.merge(pair.first(), -seen.count, Long::sum);
        counts.merge(pair.second(), -seen.count, Long::sum);
      }
    }
    List<WeightedTerm> terms = new ArrayList<>();
    words.forEach((word, seen) -> add(terms, word, counts.getOrDefault(word, 0L), seen));
    phrases.forEach((phrase, seen) -> add(terms, phrase, seen.count, seen));
    terms.sort(
        Comparator.comparingDouble(WeightedTerm::weight)
            .reversed()
            .thenComparing(WeightedTerm::text));
    return List.copyOf(terms.subList(0, Math.min(most, terms.size())));
  }

  private static void add(List<WeightedTerm> terms, String text, long count, Seen seen) {
    if (count > 0) {
      terms.add(WeightedTerm.counted(text, count).withExamples(seen.examples));
    }
  }

  /**
   * Returns the log-likelihood ratio of a pair that occurs this often; 0 if it is rarer than by
   * chance.
   */
  private double surprise(Pair pair, double both) {
    double first = count(pair.first());
    double second = count(pair.second());
    double expected = first * second / total;
    if (both <= expected) {
      return 0;
    }
    double onlyFirst = first - both;
    double onlySecond = second - both;
    double neither = total - first - second + both;
    return 2
        * (entropy(both, onlyFirst, onlySecond, neither)
            - entropy(first, total - first)
            - entropy(second, total - second));
  }

  /** Returns the sum of n log n over the cells minus that of their sum. */
  private static double entropy(double... cells) {
    double sum = 0;
    double result = 0;
    for (double cell : cells) {
      double n = Math.max(0, cell);
      sum += n;
      result += n == 0 ? 0 : n * Math.log(n);
    }
    return result - (sum == 0 ? 0 : sum * Math.log(sum));
  }

  private double count(String word) {
    Seen seen = words.get(word);
    return seen == null ? 0 : seen.count;
  }
}
