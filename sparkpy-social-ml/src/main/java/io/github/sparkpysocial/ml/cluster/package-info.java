/**
 * Groups of posts that speak of the same. Start at {@link
 * io.github.sparkpysocial.ml.cluster.TextClustering}; its model tells each post's cluster and a
 * report with a card for each.
 */
@NullMarked
package io.github.sparkpysocial.ml.cluster;

import org.jspecify.annotations.NullMarked;
