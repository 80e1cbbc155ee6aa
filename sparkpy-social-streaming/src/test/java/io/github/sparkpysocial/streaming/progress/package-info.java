@NullMarked
package io.github.sparkpysocial.streaming.progress;

import org.jspecify.annotations.NullMarked;
