/**
 * Where records are kept. {@link io.github.sparkpysocial.store.RecordStore} is one contract for
 * files and databases; open one with {@link io.github.sparkpysocial.place.Places#openStore}. What
 * cannot be read is set aside in a {@link io.github.sparkpysocial.store.Quarantine}, with the place
 * and the raw bytes, and never stops the rest.
 */
@NullMarked
package io.github.sparkpysocial.store;

import org.jspecify.annotations.NullMarked;
