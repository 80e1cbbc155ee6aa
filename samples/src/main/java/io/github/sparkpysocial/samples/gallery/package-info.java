/**
 * Each figure with its few lines of code, drawn from the seeded community. Start with {@link
 * io.github.sparkpysocial.samples.gallery.GalleryFigures}.
 */
@NullMarked
package io.github.sparkpysocial.samples.gallery;

import org.jspecify.annotations.NullMarked;
