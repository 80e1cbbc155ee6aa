@NullMarked
package io.github.sparkpysocial.testkit.time;

import org.jspecify.annotations.NullMarked;
