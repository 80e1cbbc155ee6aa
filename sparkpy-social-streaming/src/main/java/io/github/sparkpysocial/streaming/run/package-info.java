/**
 * Queries that stay up: {@link io.github.sparkpysocial.streaming.run.QueryRun} starts one again
 * when it failed, within limits, refuses to go on with a checkpoint of another query, and stops it
 * in order.
 */
@NullMarked
package io.github.sparkpysocial.streaming.run;

import org.jspecify.annotations.NullMarked;
