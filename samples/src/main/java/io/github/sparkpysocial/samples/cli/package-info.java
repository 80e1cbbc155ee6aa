/**
 * The {@code sparkpy} command. {@link io.github.sparkpysocial.samples.cli.Sparkpy} is where it
 * starts; each command is one class, which reads its options and leaves the work to the library.
 *
 * <p>Classes of commands mention no Spark, so that a command without Spark starts in a blink.
 */
@NullMarked
package io.github.sparkpysocial.samples.cli;

import org.jspecify.annotations.NullMarked;
