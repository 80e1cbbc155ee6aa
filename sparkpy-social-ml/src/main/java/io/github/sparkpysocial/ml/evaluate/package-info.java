/**
 * How well a learner did. {@link io.github.sparkpysocial.ml.evaluate.Agreement} compares clusters
 * with labels that people gave.
 */
@NullMarked
package io.github.sparkpysocial.ml.evaluate;

import org.jspecify.annotations.NullMarked;
