@NullMarked
package io.github.sparkpysocial.viz.internal;

import org.jspecify.annotations.NullMarked;
