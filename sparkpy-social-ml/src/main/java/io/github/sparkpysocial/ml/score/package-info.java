/**
 * Scores texts one by one with saved models, for services: no Spark session, and no class of Spark,
 * is needed. Start at {@link io.github.sparkpysocial.ml.score.TextClassifier}.
 */
@NullMarked
package io.github.sparkpysocial.ml.score;

import org.jspecify.annotations.NullMarked;
