/**
 * The trend tracker: what a community talks about, who leads it, where it is and when it meets.
 * Start at {@link io.github.sparkpysocial.samples.trend.TrendTracker}.
 */
@NullMarked
package io.github.sparkpysocial.samples.trend;

import org.jspecify.annotations.NullMarked;
