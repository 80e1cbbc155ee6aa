/**
 * Places of records. Every network, file and database is named by a URI: {@link
 * io.github.sparkpysocial.place.PlaceUri} reads it, {@link io.github.sparkpysocial.place.Places}
 * opens it.
 */
@NullMarked
package io.github.sparkpysocial.place;

import org.jspecify.annotations.NullMarked;
