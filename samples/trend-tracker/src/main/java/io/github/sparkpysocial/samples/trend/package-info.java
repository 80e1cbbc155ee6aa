/**
 * The trend tracker: what a community talks about, who leads it, where it is and when it meets.
 * Start at {@link io.github.sparkpysocial.samples.trend.TrendTracker} for what was harvested, and
 * at {@link io.github.sparkpysocial.samples.trend.LiveTrends} for what is said now.
 */
@NullMarked
package io.github.sparkpysocial.samples.trend;

import org.jspecify.annotations.NullMarked;
