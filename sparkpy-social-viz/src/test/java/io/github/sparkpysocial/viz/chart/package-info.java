@NullMarked
package io.github.sparkpysocial.viz.chart;

import org.jspecify.annotations.NullMarked;
