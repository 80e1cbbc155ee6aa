@NullMarked
package io.github.sparkpysocial.streaming.dstream;

import org.jspecify.annotations.NullMarked;
