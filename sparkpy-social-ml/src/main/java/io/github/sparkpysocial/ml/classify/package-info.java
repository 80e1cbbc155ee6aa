/**
 * Tells what a text is: a classifier of posts that is trained from labelled ones, with an honest
 * report of how well it does.
 */
@NullMarked
package io.github.sparkpysocial.ml.classify;

import org.jspecify.annotations.NullMarked;
