/**
 * Whether a function from records to a table gives the same by a batch, by a stream and by a
 * replay: {@link io.github.sparkpysocial.testkit.equivalence.Equivalence} runs it every way and
 * shows the differences. Needs Spark on the class path.
 */
@NullMarked
package io.github.sparkpysocial.testkit.equivalence;

import org.jspecify.annotations.NullMarked;
