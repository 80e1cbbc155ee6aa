@NullMarked
package io.github.sparkpysocial.samples.stream;

import org.jspecify.annotations.NullMarked;
