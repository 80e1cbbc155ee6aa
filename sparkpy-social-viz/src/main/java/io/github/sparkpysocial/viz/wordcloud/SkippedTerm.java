package io.github.sparkpysocial.viz.wordcloud;

/**
 * A term that is not in the picture.
 *
 * @param term the term
 * @param reason why not, and what to do
 */
public record SkippedTerm(WeightedTerm term, String reason) {}
