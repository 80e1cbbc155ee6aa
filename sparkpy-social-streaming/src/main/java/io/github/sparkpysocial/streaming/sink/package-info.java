/**
 * Where streams end, exactly once: what Spark hands over again after a failure is written over what
 * it was. {@link io.github.sparkpysocial.streaming.sink.RecordSink} writes records into any store,
 * {@link io.github.sparkpysocial.streaming.sink.TableSink} writes counts and other tables into a
 * database.
 */
@NullMarked
package io.github.sparkpysocial.streaming.sink;

import org.jspecify.annotations.NullMarked;
