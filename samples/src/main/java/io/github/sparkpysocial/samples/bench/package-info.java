/**
 * How fast the library is, as a ratio against a named baseline on the same input in the same run.
 */
@NullMarked
package io.github.sparkpysocial.samples.bench;

import org.jspecify.annotations.NullMarked;
