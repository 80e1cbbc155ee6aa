@NullMarked
package io.github.sparkpysocial.streaming.window;

import org.jspecify.annotations.NullMarked;
