package io.github.sparkpysocial.ml.classify;

import java.io.Serializable;

/**
 * A post that was taken for something else, with the more certainty the harder it is: a mistake of
 * the model or of who labelled it.
 *
 * @param id the id of the post
 * @param text its whole text, as it was written
 * @param label what people say it is
 * @param prediction what it was taken for, by a model that had not seen it
 * @param confidence how certain that model was, from 0 to 1
 */
public record HardPost(String id, String text, String label, String prediction, double confidence)
    implements Serializable {}
