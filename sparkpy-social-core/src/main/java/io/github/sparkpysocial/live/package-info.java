/**
 * What networks send as it happens. A {@link io.github.sparkpysocial.live.LiveSource} knows one
 * network's stream: how to connect, what a frame means, how to fill a hole by a search.
 */
@NullMarked
package io.github.sparkpysocial.live;

import org.jspecify.annotations.NullMarked;
