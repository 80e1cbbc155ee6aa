package io.github.sparkpysocial.viz.wordcloud;

import java.util.Objects;

/**
 * A term and how strongly it marks one of two corpora.
 *
 * @param text the term
 * @param firstCount how often it occurs in the first corpus
 * @param secondCount how often it occurs in the second
 * @param logOdds the difference of its log-odds in the two, natural logarithm; above 0 it marks the
 *     first, below 0 the second
 * @param standardError the standard deviation of that difference
 */
public record ComparedTerm(
    String text, long firstCount, long secondCount, double logOdds, double standardError) {
  private static final double TWO_SIDED_95 = 1.959964;

  public ComparedTerm {
    Objects.requireNonNull(text, "text");
    if (!Double.isFinite(logOdds) || !(standardError > 0) || Double.isInfinite(standardError)) {
      throw new IllegalArgumentException(
          "A compared term has finite log-odds and a standard error above 0, had "
              + logOdds
              + " and "
              + standardError);
    }
  }

  /** Returns how many standard deviations the difference is from none. */
  public double zScore() {
    return logOdds / standardError;
  }

  /** Returns the lower end of the interval that holds the difference with 95 % confidence. */
  public double lowest() {
    return logOdds - TWO_SIDED_95 * standardError;
  }

  /** Returns the upper end of that interval. */
  public double highest() {
    return logOdds + TWO_SIDED_95 * standardError;
  }

  /** Returns whether that interval leaves out 0. */
  public boolean isMarked() {
    return lowest() > 0 || highest() < 0;
  }
}
