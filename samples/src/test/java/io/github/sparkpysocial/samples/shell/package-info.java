@NullMarked
package io.github.sparkpysocial.samples.shell;

import org.jspecify.annotations.NullMarked;
