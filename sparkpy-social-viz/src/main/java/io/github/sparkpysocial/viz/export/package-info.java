/**
 * Writes figures as HTML, SVG and PNG. Start with {@link
 * io.github.sparkpysocial.viz.export.Exporters#write}.
 */
@NullMarked
package io.github.sparkpysocial.viz.export;

import org.jspecify.annotations.NullMarked;
