/**
 * Pictures of a community as single files that work with the network off.
 *
 * <p>A {@link io.github.sparkpysocial.viz.Figure} is an immutable record of plain data, such as a
 * {@link io.github.sparkpysocial.viz.wordcloud.WordCloud}; {@link
 * io.github.sparkpysocial.viz.export.Exporters} writes it as HTML, SVG or PNG, and {@link
 * io.github.sparkpysocial.viz.dashboard.Dashboard} puts several on one page. Nothing here needs
 * Spark, a display or a font of its own.
 *
 * <p>All text is taken for hostile: it is escaped, cut where it is too long for a picture, and
 * loses the characters that XML forbids and those that turn the direction of what follows.
 */
@NullMarked
package io.github.sparkpysocial.viz;

import org.jspecify.annotations.NullMarked;
