/**
 * Points in the plane for vectors of many dimensions, to be drawn. Start at {@link
 * io.github.sparkpysocial.ml.project.Projection}.
 */
@NullMarked
package io.github.sparkpysocial.ml.project;

import org.jspecify.annotations.NullMarked;
