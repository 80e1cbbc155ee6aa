/**
 * What is unusual now. {@link io.github.sparkpysocial.streaming.trend.Trends} compares each window
 * with those before it.
 */
@NullMarked
package io.github.sparkpysocial.streaming.trend;

import org.jspecify.annotations.NullMarked;
