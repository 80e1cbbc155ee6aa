package io.github.sparkpysocial.ml.cluster;

import java.io.Serializable;
import java.util.Objects;

/**
 * A term with how much it matters.
 *
 * @param term a token of {@link io.github.sparkpysocial.ml.feature.SocialTokenizer}
 * @param weight positive; larger matters more, comparable within one list
 */
public record WeightedTerm(String term, double weight) implements Serializable {
  public WeightedTerm {
    Objects.requireNonNull(term, "term");
  }
}
