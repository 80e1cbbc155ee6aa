/** A Spark cluster on one machine, for what a local session does not show. */
@NullMarked
package io.github.sparkpysocial.samples.cluster;

import org.jspecify.annotations.NullMarked;
