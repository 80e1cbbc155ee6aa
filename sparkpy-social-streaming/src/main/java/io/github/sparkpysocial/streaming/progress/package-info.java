/** How queries fare: {@link io.github.sparkpysocial.streaming.progress.ProgressLog}. */
@NullMarked
package io.github.sparkpysocial.streaming.progress;

import org.jspecify.annotations.NullMarked;
