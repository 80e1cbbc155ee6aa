@NullMarked
package io.github.sparkpysocial.viz;

import org.jspecify.annotations.NullMarked;
