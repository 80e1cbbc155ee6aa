/**
 * Twins for the older API of Spark, {@code spark-streaming}, that the book teaches. {@link
 * io.github.sparkpysocial.streaming.dstream.SocialReceiver} brings records into a {@code DStream}
 * and loses none; {@link io.github.sparkpysocial.streaming.dstream.LineReceiver} brings lines of a
 * socket. Start new programs with Structured Streaming.
 */
@NullMarked
package io.github.sparkpysocial.streaming.dstream;

import org.jspecify.annotations.NullMarked;
