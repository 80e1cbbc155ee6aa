@NullMarked
package io.github.sparkpysocial.streaming.journal;

import org.jspecify.annotations.NullMarked;
