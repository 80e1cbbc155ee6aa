/**
 * What posts are about, as topics that a post may mix. Start at {@link
 * io.github.sparkpysocial.ml.topic.TopicModelling}.
 */
@NullMarked
package io.github.sparkpysocial.ml.topic;

import org.jspecify.annotations.NullMarked;
