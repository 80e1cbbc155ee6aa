/**
 * Samples, one idea a file, which run offline on the sandbox. Start with {@link
 * io.github.sparkpysocial.samples.Tour}.
 */
@NullMarked
package io.github.sparkpysocial.samples;

import org.jspecify.annotations.NullMarked;
