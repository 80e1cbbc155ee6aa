@NullMarked
package io.github.sparkpysocial.viz.map;

import org.jspecify.annotations.NullMarked;
