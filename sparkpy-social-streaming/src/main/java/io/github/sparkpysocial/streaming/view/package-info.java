/**
 * Views that are served while they are computed anew. One function from records to a table, a
 * {@link io.github.sparkpysocial.streaming.view.View}, serves both: {@link
 * io.github.sparkpysocial.streaming.view.LambdaView} joins what a batch counted of the past with
 * what a stream counts since, {@link io.github.sparkpysocial.streaming.view.KappaView} replays the
 * log into another version, compares the two and switches.
 */
@NullMarked
package io.github.sparkpysocial.streaming.view;

import org.jspecify.annotations.NullMarked;
