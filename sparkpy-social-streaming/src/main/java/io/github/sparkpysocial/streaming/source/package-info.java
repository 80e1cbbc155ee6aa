/**
 * Where live records come from. {@link io.github.sparkpysocial.streaming.source.PostFiles} follows
 * files of posts as they arrive and gives a streaming {@code Dataset<Row>} with the columns of
 * {@link io.github.sparkpysocial.ml.frame.Schemas}.
 */
@NullMarked
package io.github.sparkpysocial.streaming.source;

import org.jspecify.annotations.NullMarked;
