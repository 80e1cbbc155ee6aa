/**
 * A first look at data. {@link io.github.sparkpysocial.ml.explore.Explore} opens any place:
 * columns, first rows, counts, a profile in one pass, SQL, HTML, and with each answer the query
 * that the place was asked and the plans that Spark made.
 */
@NullMarked
package io.github.sparkpysocial.ml.explore;

import org.jspecify.annotations.NullMarked;
