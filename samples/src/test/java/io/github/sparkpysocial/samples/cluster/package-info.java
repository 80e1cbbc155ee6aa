@NullMarked
package io.github.sparkpysocial.samples.cluster;

import org.jspecify.annotations.NullMarked;
