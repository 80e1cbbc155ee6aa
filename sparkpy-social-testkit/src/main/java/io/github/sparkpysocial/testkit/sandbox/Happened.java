package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.testkit.community.Community;
import java.util.Objects;

/**
 * What of a network has happened while a sandbox runs: all that was written before the next post of
 * the community that is yet to happen on X. Thread-safe.
 */
final class Happened {
  private final Community community;
  private final Network network;
  private final LiveFeed feed;

  Happened(Community community, Network network, LiveFeed feed) {
    this.community = community;
    this.network = network;
    this.feed = feed;
  }

  /** Returns how many posts of the network have happened. */
  int posts() {
    return postsWhen(feed.published());
  }

  /** Returns how many posts of the network have happened when so many of X have. */
  int postsWhen(int published) {
    return published >= community.writtenPosts()
        ? community.writtenPosts(network)
        : community.writtenBefore(
            network,
            Objects.requireNonNull(
                community.postAt(published).createdAt(), "The community dates every post"));
  }
}
