/**
 * Finds what occurs together. Start at {@link
 * io.github.sparkpysocial.ml.frequent.FrequentHashtags}.
 */
@NullMarked
package io.github.sparkpysocial.ml.frequent;

import org.jspecify.annotations.NullMarked;
