/**
 * Lets figures show themselves in notebooks of Jupyter. Nothing of it is called: the kernel finds
 * {@link io.github.sparkpysocial.viz.notebook.NotebookFigures} by itself.
 */
@NullMarked
package io.github.sparkpysocial.viz.notebook;

import org.jspecify.annotations.NullMarked;
