package io.github.sparkpysocial.ml.internal;

import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Weighs the tokens of a post as {@code TfIdfModel} does, without Spark: {@code (1 + ln tf) · idf},
 * divided by the vector's length. Immutable.
 */
public final class TextTerms implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String VOCABULARY = "vocabulary.json";
  private static final String IDF = "idf.npy";

  private final TokenExpansion expansion;
  private final String[] vocabulary;
  private final double[] idf;
  private final HashMap<String, Integer> index;

  public TextTerms(TokenExpansion expansion, List<String> vocabulary, double[] idf) {
    this.expansion = expansion;
    this.vocabulary = vocabulary.toArray(new String[0]);
    this.idf = idf.clone();
    this.index = new HashMap<>(2 * vocabulary.size());
    for (int i = 0; i < this.vocabulary.length; i++) {
      index.put(this.vocabulary[i], i);
    }
  }

  /** Where a post has weights, in ascending order, and which. */
  public static final class Weights {
    private final int[] indices;
    private final double[] values;

    public Weights(int[] indices, double[] values) {
      this.indices = indices;
      this.values = values;
    }

    int[] indices() {
      return indices;
    }

    double[] values() {
      return values;
    }
  }

  public List<String> vocabulary() {
    return List.of(vocabulary);
  }

  public TokenExpansion expansion() {
    return expansion;
  }

  /** Returns the weights of a post, given the tokens of its text. */
  public Weights weigh(List<String> tokens) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    for (String term : expansion.of(tokens)) {
      Integer known = index.get(term);
      if (known != null) {
        counts.merge(known, 1, Integer::sum);
      }
    }
    int[] indices = new int[counts.size()];
    double[] values = new double[counts.size()];
    double squares = 0;
    int i = 0;
    for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
      indices[i] = Objects.requireNonNull(count.getKey());
      double tf = Objects.requireNonNull(count.getValue());
      values[i] = (1 + Math.log(tf)) * idf[indices[i]];
      squares += values[i] * values[i];
      i++;
    }
    double length = Math.sqrt(squares);
    for (int j = 0; j < values.length; j++) {
      values[j] /= length;
    }
    return new Weights(indices, values);
  }

  public void save(ModelDirectory.Output files) throws IOException {
    files.json(VOCABULARY, vocabulary);
    files.array(IDF, idf, idf.length);
  }

  public static TextTerms load(ModelDirectory files) throws IOException {
    String[] vocabulary = files.json(VOCABULARY, String[].class);
    double[] idf = files.doubles(IDF);
    if (vocabulary.length != idf.length) {
      throw files.damaged(vocabulary.length + " terms have " + idf.length + " frequencies");
    }
    TokenExpansion expansion =
        new TokenExpansion(
            files.model().path("ngrams").asInt(), files.model().path("negation").asBoolean());
    return new TextTerms(expansion, Arrays.asList(vocabulary), idf);
  }
}
