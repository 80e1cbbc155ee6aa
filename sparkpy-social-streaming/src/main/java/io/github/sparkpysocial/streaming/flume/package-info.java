/**
 * Social records for an agent of Apache Flume 1.11: {@link
 * io.github.sparkpysocial.streaming.flume.SocialSource}. Needs {@code
 * org.apache.flume:flume-ng-core}, which an agent has.
 */
@NullMarked
package io.github.sparkpysocial.streaming.flume;

import org.jspecify.annotations.NullMarked;
