@NullMarked
package io.github.sparkpysocial.samples.harvest;

import org.jspecify.annotations.NullMarked;
