@NullMarked
package io.github.sparkpysocial.streaming.geo;

import org.jspecify.annotations.NullMarked;
