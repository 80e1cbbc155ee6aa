package io.github.sparkpysocial.ml.score;

import java.io.Serializable;

/**
 * What a classifier says of a text.
 *
 * @param label the label
 * @param confidence how certain it is, from 0 to 1
 */
public record LabelScore(String label, double confidence) implements Serializable {}
