/**
 * What is remembered of a stream, always within bounds. {@link
 * io.github.sparkpysocial.streaming.state.Arrivals} lets each post through once and keeps
 * implausible times away from watermarks.
 */
@NullMarked
package io.github.sparkpysocial.streaming.state;

import org.jspecify.annotations.NullMarked;
