/**
 * How figures become markup: shared by the packages beside it, not for use from outside, may change
 * at any time.
 */
@NullMarked
package io.github.sparkpysocial.viz.internal;

import org.jspecify.annotations.NullMarked;
