@NullMarked
package io.github.sparkpysocial.streaming.source;

import org.jspecify.annotations.NullMarked;
