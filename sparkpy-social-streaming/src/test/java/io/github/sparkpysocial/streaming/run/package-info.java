@NullMarked
package io.github.sparkpysocial.streaming.run;

import org.jspecify.annotations.NullMarked;
