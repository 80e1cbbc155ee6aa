/**
 * Where posts come from. {@link io.github.sparkpysocial.streaming.geo.Geofence} tells whether a
 * point lies in a circle or a polygon.
 */
@NullMarked
package io.github.sparkpysocial.streaming.geo;

import org.jspecify.annotations.NullMarked;
