/**
 * Moves records between any two stores. Start with {@link
 * io.github.sparkpysocial.transfer.Transfer}.
 */
@NullMarked
package io.github.sparkpysocial.transfer;

import org.jspecify.annotations.NullMarked;
