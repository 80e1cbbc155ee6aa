/**
 * Time that tests hold in their hands: {@link io.github.sparkpysocial.testkit.time.SettableClock}.
 */
@NullMarked
package io.github.sparkpysocial.testkit.time;

import org.jspecify.annotations.NullMarked;
