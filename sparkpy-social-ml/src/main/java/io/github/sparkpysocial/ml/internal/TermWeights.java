package io.github.sparkpysocial.ml.internal;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Terms with their inverse document frequencies, and what they make of a text. Needs no Spark.
 * Immutable and thread-safe.
 */
public final class TermWeights implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Stands for a term that is not known. */
  public static final int UNKNOWN = -1;

  private final String[] terms;
  private final double[] idf;
  private final boolean sublinear;
  private final Map<String, Integer> indices;

  /**
   * Checks nothing but the sizes.
   *
   * @param terms different terms
   * @param idf the inverse document frequency of each
   * @param sublinear whether {@code 1 + ln tf} stands for the frequency {@code tf}
   */
  public TermWeights(String[] terms, double[] idf, boolean sublinear) {
    if (terms.length != idf.length) {
      throw new IllegalArgumentException(terms.length + " terms, but " + idf.length + " weights");
    }
    this.terms = terms.clone();
    this.idf = idf.clone();
    this.sublinear = sublinear;
    this.indices = new HashMap<>(terms.length * 2);
    for (int i = 0; i < terms.length; i++) {
      indices.put(terms[i], i);
    }
  }

  /**
   * Returns {@code ln((m + 1) / (df + 1)) + 1}, as scikit-learn's smoothed inverse document
   * frequency.
   *
   * @param texts m, how many texts there are
   * @param having df, in how many of them the term is
   */
  public static double idf(long texts, long having) {
    return Math.log((texts + 1.0) / (having + 1.0)) + 1;
  }

  /** Returns how many terms there are. */
  public int size() {
    return terms.length;
  }

  /** Returns the terms, in the order of their numbers. */
  public List<String> terms() {
    return List.of(terms);
  }

  /** Returns the inverse document frequencies. */
  public double[] idf() {
    return idf.clone();
  }

  /** Returns the number of a term, or {@link #UNKNOWN}. */
  public int index(String term) {
    Integer index = indices.get(term);
    return index == null ? UNKNOWN : index;
  }

  /** Returns the weight of a term that occurs so often in a text, before the text is scaled. */
  public double weight(int index, int frequency) {
    return (sublinear ? 1 + Math.log(frequency) : frequency) * idf[index];
  }

  /** Returns the weights of a text's known terms, divided by their length; none of none. */
  public TermVector weigh(Iterator<String> terms) {
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    while (terms.hasNext()) {
      Integer known = indices.get(terms.next());
      if (known != null) {
        counts.merge(known, 1, Integer::sum);
      }
    }
    int[] places = new int[counts.size()];
    double[] values = new double[counts.size()];
    double squares = 0;
    int i = 0;
    for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
      places[i] = Objects.requireNonNull(count.getKey());
      values[i] = weight(places[i], Objects.requireNonNull(count.getValue()));
      squares += values[i] * values[i];
      i++;
    }
    double length = Math.sqrt(squares);
    for (int j = 0; j < values.length; j++) {
      values[j] /= length;
    }
    return new TermVector(places, values);
  }
}
