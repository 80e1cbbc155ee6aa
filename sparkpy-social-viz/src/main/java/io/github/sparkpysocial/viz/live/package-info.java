/**
 * A dashboard that stays open and follows a stream. Start with {@link
 * io.github.sparkpysocial.viz.live.LiveDashboard#builder}.
 */
@NullMarked
package io.github.sparkpysocial.viz.live;

import org.jspecify.annotations.NullMarked;
