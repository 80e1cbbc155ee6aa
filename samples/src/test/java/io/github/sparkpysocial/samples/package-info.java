@NullMarked
package io.github.sparkpysocial.samples;

import org.jspecify.annotations.NullMarked;
