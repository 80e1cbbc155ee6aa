/**
 * Bars, series over time and scattered points. Start with {@link
 * io.github.sparkpysocial.viz.chart.BarChart#of(String, java.util.List)}.
 */
@NullMarked
package io.github.sparkpysocial.viz.chart;

import org.jspecify.annotations.NullMarked;
