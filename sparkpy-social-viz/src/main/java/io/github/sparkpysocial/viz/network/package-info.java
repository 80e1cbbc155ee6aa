/**
 * Who is tied to whom: people, repositories, groups and what they do to each other. Start with
 * {@link io.github.sparkpysocial.viz.network.NetworkGraph#builder(String)}; {@link
 * io.github.sparkpysocial.viz.network.GraphFiles} writes what Gephi and other programs read.
 */
@NullMarked
package io.github.sparkpysocial.viz.network;

import org.jspecify.annotations.NullMarked;
