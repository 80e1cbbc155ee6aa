package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.testkit.community.Community;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

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

  /** Returns how many posts of X have happened. */
  int published() {
    return feed.published();
  }

  /** Returns how many posts of X there will be. */
  int all() {
    return community.writtenPosts();
  }

  /**
   * Returns the body of a stream.
   *
   * @param key whose stream it is
   * @param from the first post of X that is told of
   * @param keepAlive what is sent after a silence
   * @param texts what is sent when the post of X at an index happens
   */
  StreamBody stream(String key, int from, String keepAlive, IntFunction<List<String>> texts) {
    return feed.stream(key, from, keepAlive, texts);
  }

  /** Tells what happens to a post in a stream. */
  @FunctionalInterface
  interface Teller {
    /**
     * Tells of a post.
     *
     * @param again whether the post was told before, and it is time for what became of it
     */
    void tell(int index, boolean again);
  }

  /**
   * Tells of all posts of the network that happen together with a post of X, having told what
   * became of those that happened with the one before.
   */
  void tell(int published, Teller teller) {
    tell(published - 1, true, teller);
    tell(published, false, teller);
    if (published == all() - 1) {
      tell(published, true, teller); // nothing comes after it
    }
  }

  private void tell(int published, boolean again, Teller teller) {
    if (published >= 0) {
      int to = postsWhen(published + 1);
      for (int index = postsWhen(published); index < to; index++) {
        teller.tell(index, again);
      }
    }
  }
}
