@NullMarked
package io.github.sparkpysocial.viz.live;

import org.jspecify.annotations.NullMarked;
