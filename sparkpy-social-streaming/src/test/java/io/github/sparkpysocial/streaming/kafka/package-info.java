@NullMarked
package io.github.sparkpysocial.streaming.kafka;

import org.jspecify.annotations.NullMarked;
