@NullMarked
package io.github.sparkpysocial.samples.cli;

import org.jspecify.annotations.NullMarked;
