/**
 * Points on the world, with outlines of countries that come along. Start with {@link
 * io.github.sparkpysocial.viz.map.WorldMap#of(String, java.util.List)}.
 */
@NullMarked
package io.github.sparkpysocial.viz.map;

import org.jspecify.annotations.NullMarked;
