/**
 * Text features for posts, as stages of a Spark ML {@code Pipeline} that can be saved and loaded.
 * In the order of use: {@link io.github.sparkpysocial.ml.feature.SocialTokenizer} finds the words,
 * hashtags, mentions and emoji of a text, {@link io.github.sparkpysocial.ml.feature.StopWords}
 * lists the words that say nothing, {@link io.github.sparkpysocial.ml.feature.TfIdf} weighs the
 * others, {@link io.github.sparkpysocial.ml.feature.LatentSemantics} reduces them to a few
 * dimensions.
 */
@NullMarked
package io.github.sparkpysocial.ml.feature;

import org.jspecify.annotations.NullMarked;
