/**
 * Turns figures into SVG, pixels and parts of a page: shared by the exporters and the dashboard,
 * not for use from outside, may change at any time.
 */
@NullMarked
package io.github.sparkpysocial.viz.internal.render;

import org.jspecify.annotations.NullMarked;
