/**
 * What people do on social networks, as immutable records: posts, accounts, repositories, events,
 * groups, interactions and tombstones. Start with {@link io.github.sparkpysocial.model.Post};
 * {@link io.github.sparkpysocial.model.RecordSchema} gives every record as named columns, which all
 * stores and data frames derive from.
 *
 * <p>Ids are strings, times are UTC instants, coordinates are a type. A value that the network did
 * not tell is {@code null}; an empty list means that the network told there is none.
 */
@NullMarked
package io.github.sparkpysocial.model;

import org.jspecify.annotations.NullMarked;
