package io.github.sparkpysocial.ml.feature;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Terms with their inverse document frequencies, as {@link TfIdf} learns them. Needs no Spark.
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
}
