/**
 * Says when something in a stream needs a person. An {@link
 * io.github.sparkpysocial.streaming.alert.AlertRule} says what, {@link
 * io.github.sparkpysocial.streaming.alert.Alerts} finds it, and {@link
 * io.github.sparkpysocial.streaming.alert.AlertSink} tells of it once.
 */
@NullMarked
package io.github.sparkpysocial.streaming.alert;

import org.jspecify.annotations.NullMarked;
