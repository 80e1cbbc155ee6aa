@NullMarked
package io.github.sparkpysocial.samples.frame;

import org.jspecify.annotations.NullMarked;
