@NullMarked
package io.github.sparkpysocial.viz.dashboard;

import org.jspecify.annotations.NullMarked;
