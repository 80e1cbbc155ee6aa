package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.feature.Tokens;
import io.github.sparkpysocial.ml.internal.Dense;
import io.github.sparkpysocial.ml.internal.SparseRows;
import io.github.sparkpysocial.ml.internal.TermWeights;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Where a text lies among those that were learnt from: its weighed terms, projected on a few
 * directions, with length one. Needs no Spark. Immutable and thread-safe.
 */
final class PostSpace implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Tokens TOKENS = new Tokens(false);

  private final TermWeights weights;
  private final double[] directions;
  private final int dimensions;

  /**
   * Takes the arrays as they are.
   *
   * @param directions a row of {@code dimensions} numbers for each term
   */
  PostSpace(TermWeights weights, double[] directions, int dimensions) {
    this.weights = weights;
    this.directions = directions;
    this.dimensions = dimensions;
  }

  TermWeights weights() {
    return weights;
  }

  double[] directions() {
    return directions;
  }

  int dimensions() {
    return dimensions;
  }

  /** Returns the point of a text, zero if it has no known term. */
  double[] point(String text) {
    return point(row(weights, text), 0);
  }

  /** Returns the point of a row of weighed terms. */
  double[] point(SparseRows rows, int row) {
    double[] product = new double[dimensions];
    rows.times(row, directions, product);
    return Dense.unit(product);
  }

  /** Returns whether a point stands for a text that has known terms. */
  static boolean saysSomething(double[] point) {
    for (double value : point) {
      if (value != 0) {
        return true;
      }
    }
    return false;
  }

  /** Returns the weighed terms of a text as the only row, in the order of the text. */
  static SparseRows row(TermWeights weights, String text) {
    Counts counts = new Counts(weights);
    TOKENS.scan(text, counts);
    SparseRows.Builder row = new SparseRows.Builder(1, counts.size);
    for (int i = 0; i < counts.size; i++) {
      row.add(counts.terms[i], weights.weight(counts.terms[i], counts.frequencies[i]));
    }
    row.endUnitRow();
    return row.build();
  }

  /** Counts the known terms of one text. */
  private static final class Counts implements Tokens.Sink {
    private final TermWeights weights;
    private int[] terms = new int[32];
    private int[] frequencies = new int[32];
    private int size;

    Counts(TermWeights weights) {
      this.weights = weights;
    }

    @Override
    public void token(String token, Tokens.Kind kind, int start, int end) {
      int term = weights.index(token);
      if (term == TermWeights.UNKNOWN) {
        return;
      }
      for (int i = 0; i < size; i++) {
        if (terms[i] == term) {
          frequencies[i]++;
          return;
        }
      }
      if (size == terms.length) {
        terms = Arrays.copyOf(terms, 2 * size);
        frequencies = Arrays.copyOf(frequencies, 2 * size);
      }
      terms[size] = term;
      frequencies[size++] = 1;
    }
  }
}
