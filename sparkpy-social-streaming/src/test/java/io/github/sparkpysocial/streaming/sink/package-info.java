@NullMarked
package io.github.sparkpysocial.streaming.sink;

import org.jspecify.annotations.NullMarked;
