/**
 * From a network into a store, so that it can be stopped anywhere and goes on later. {@link
 * io.github.sparkpysocial.harvest.Harvest} fetches page after page; when the records of a page are
 * durable, the {@link io.github.sparkpysocial.harvest.Ledger} notes it. Run the same harvest again
 * and it first closes the holes that the last one left, then fetches what is new.
 */
@NullMarked
package io.github.sparkpysocial.harvest;

import org.jspecify.annotations.NullMarked;
