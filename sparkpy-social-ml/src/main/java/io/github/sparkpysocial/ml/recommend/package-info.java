/**
 * Recommends what people may take to: repositories, hashtags, other people. Start at {@link
 * io.github.sparkpysocial.ml.recommend.Preferences} for the data and {@link
 * io.github.sparkpysocial.ml.recommend.Recommendation} for the learning.
 */
@NullMarked
package io.github.sparkpysocial.ml.recommend;

import org.jspecify.annotations.NullMarked;
