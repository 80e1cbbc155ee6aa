package io.github.sparkpysocial.ml.classify;

import java.io.Serializable;
import java.util.List;

/**
 * The terms that speak most for a label.
 *
 * @param label the label
 * @param terms the terms with the largest weights, largest first
 */
public record TellingTerms(String label, List<Term> terms) implements Serializable {

  /**
   * A term.
   *
   * @param term as the tokenizer gives it
   * @param weight what a post of this term alone gains for the label, beyond what it gains for the
   *     labels on average
   */
  public record Term(String term, double weight) implements Serializable {}

  public TellingTerms {
    terms = List.copyOf(terms);
  }
}
