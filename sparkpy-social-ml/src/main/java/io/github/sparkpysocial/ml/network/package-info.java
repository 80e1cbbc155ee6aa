/**
 * Who turns to whom: people and repositories as vertices, what they do as edges, and what the shape
 * of that tells. Start at {@link io.github.sparkpysocial.ml.network.PeopleNetwork}.
 */
@NullMarked
package io.github.sparkpysocial.ml.network;

import org.jspecify.annotations.NullMarked;
