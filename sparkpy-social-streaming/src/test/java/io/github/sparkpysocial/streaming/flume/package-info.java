@NullMarked
package io.github.sparkpysocial.streaming.flume;

import org.jspecify.annotations.NullMarked;
