/**
 * Social records as Spark data frames. {@link io.github.sparkpysocial.ml.frame.Frames} turns any
 * place, or records at hand, into a {@code Dataset<Row>} and back; {@link
 * io.github.sparkpysocial.ml.frame.Schemas} tells the columns. In plain Spark the same is reached
 * by {@code spark.read().format("social").option("kind", "post").load("posts.jsonl")}.
 */
@NullMarked
package io.github.sparkpysocial.ml.frame;

import org.jspecify.annotations.NullMarked;
