package io.github.sparkpysocial.viz.wordcloud;

import java.util.List;

/**
 * Where each term of a cloud stands. Every term given is in one of the two lists.
 *
 * @param placed the terms in the picture, largest first
 * @param skipped the terms that found no place, in the order of their weights
 */
public record WordCloudLayout(List<PlacedTerm> placed, List<SkippedTerm> skipped) {

  public WordCloudLayout {
    placed = List.copyOf(placed);
    skipped = List.copyOf(skipped);
  }
}
