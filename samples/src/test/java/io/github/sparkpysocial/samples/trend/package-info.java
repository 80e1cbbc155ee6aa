@NullMarked
package io.github.sparkpysocial.samples.trend;

import org.jspecify.annotations.NullMarked;
