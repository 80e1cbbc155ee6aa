package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A listing that is harvested again and again while more is posted has all posts, each once. */
class FreeIncrementsTest {
  private static final Community COMMUNITY =
      Community.builder().seed(11).people(60).posts(600).build();

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "mastodon, mastodon:sparkling.example/public, 40",
    "bluesky, bluesky:search?q=a, 100"
  })
  void nothingIsLostBetweenTwoHarvests(String name, String place, int page)
      throws InterruptedException {
    SettableClock clock = SettableClock.at(COMMUNITY.now());
    PagedHarvest harvest = new PagedHarvest(directory, clock);
    List<SocialRecord> stored;
    int last;
    try (Sandbox sandbox = Sandbox.builder(COMMUNITY).clock(clock).live(400).start()) {
      SourceOptions options = harvest.options(sandbox.environment());
      int first = harvest.run(place, options, page).size();

      // More than a page, less than a page, and nothing at all.
      sandbox.publish(330);
      int second = harvest.run(place, options, page).size();
      sandbox.publish(70);
      stored = harvest.run(place, options, page);
      int before = sandbox.requests().size();
      last = harvest.run(place, options, page).size();

      assertThat(first).isPositive().isLessThan(second);
      assertThat(last).isEqualTo(stored.size()).isGreaterThan(second);
      assertThat(sandbox.requests().size() - before).isLessThanOrEqualTo(2);
      assertThat(sandbox.violations()).isEmpty();
    }

    assertThat(stored)
        .filteredOn(record -> record instanceof Post)
        .extracting(SocialRecord::id)
        .containsExactlyInAnyOrderElementsOf(
            COMMUNITY
                .posts(Network.of(name))
                .filter(post -> isShown(name, post))
                .map(Post::id)
                .toList());
  }

  private static boolean isShown(String network, Post post) {
    if (post.kind() == Post.Kind.REPOST) {
      return false;
    }
    return network.equals("bluesky")
        ? post.text().toLowerCase(Locale.ROOT).contains("a")
        : post.kind() != Post.Kind.REPLY || post.author().id().equals(post.inReplyToAuthorId());
  }
}
