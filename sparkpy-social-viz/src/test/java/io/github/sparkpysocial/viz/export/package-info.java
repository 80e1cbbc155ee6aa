@NullMarked
package io.github.sparkpysocial.viz.export;

import org.jspecify.annotations.NullMarked;
