/**
 * Counts over time. {@link io.github.sparkpysocial.streaming.window.WindowCounts} counts hashtags,
 * words or authors by window, the same over a stream and over what was stored of it.
 */
@NullMarked
package io.github.sparkpysocial.streaming.window;

import org.jspecify.annotations.NullMarked;
