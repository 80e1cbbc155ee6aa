@NullMarked
package io.github.sparkpysocial.streaming.trend;

import org.jspecify.annotations.NullMarked;
