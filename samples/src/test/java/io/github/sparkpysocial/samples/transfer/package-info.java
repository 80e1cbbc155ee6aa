@NullMarked
package io.github.sparkpysocial.samples.transfer;

import org.jspecify.annotations.NullMarked;
