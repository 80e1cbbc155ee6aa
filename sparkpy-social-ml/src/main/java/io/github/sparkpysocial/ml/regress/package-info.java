/**
 * Tells a number from others: how much a post will be liked, judged on posts that were not seen.
 * Start at {@link io.github.sparkpysocial.ml.regress.Regression}.
 */
@NullMarked
package io.github.sparkpysocial.ml.regress;

import org.jspecify.annotations.NullMarked;
