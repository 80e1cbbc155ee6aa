/**
 * A first look at data. {@link io.github.sparkpysocial.ml.explore.Explorer} describes the columns
 * of a frame, profiles them in one pass and counts their values; each answer brings the SQL that
 * was run and the plan that Spark made of it.
 */
@NullMarked
package io.github.sparkpysocial.ml.explore;

import org.jspecify.annotations.NullMarked;
