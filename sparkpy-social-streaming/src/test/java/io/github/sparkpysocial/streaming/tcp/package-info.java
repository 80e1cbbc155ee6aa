@NullMarked
package io.github.sparkpysocial.streaming.tcp;

import org.jspecify.annotations.NullMarked;
