package io.github.sparkpysocial.testkit.community;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the community posts on Mastodon and Bluesky. */
class FreeNetworksTest {
  private static final Community COMMUNITY = Community.builder().build();

  @Test
  void whatIsPostedOnXIsWhatItWasBeforeThereWereOtherNetworks() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    COMMUNITY
        .posts()
        .forEach(
            post ->
                digest.update(
                    (post.id()
                            + post.text()
                            + post.author().id()
                            + post.createdAt()
                            + post.kind()
                            + post.engagement().likes()
                            + post.entities().hashtags().size()
                            + post.entities().mentions().size()
                            + post.entities().urls().size())
                        .getBytes(StandardCharsets.UTF_8)));

    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("5001727b2ed06169a836c550fa789e927226b85d63386f01b7dd3903539c9cd6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mastodon", "bluesky"})
  void postsAreKnownByTheirIds(String name) {
    Network network = Network.of(name);
    List<Post> posts = COMMUNITY.posts(network).toList();

    assertThat(posts).hasSizeGreaterThan(700).allMatch(post -> post.network().equals(network));
    assertThat(posts).extracting(Post::id).doesNotHaveDuplicates();
    assertThat(posts)
        .allSatisfy(
            post -> {
              int index = COMMUNITY.indexOf(network, post.id());
              assertThat(COMMUNITY.postAt(network, index)).isEqualTo(post);
              assertThat(COMMUNITY.post(post.id())).contains(post);
              assertThat(COMMUNITY.topics()).contains(COMMUNITY.topicOf(post.id()));
            });
    assertThat(COMMUNITY.deletedPostIds(network))
        .isNotEmpty()
        .allMatch(COMMUNITY::isDeleted)
        .allMatch(id -> COMMUNITY.post(id).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "mastodon", "bluesky"})
  void postsOfAVeryLargeCommunityAreKnownByTheirIds(String name) {
    Network network = Network.of(name);
    Community large = Community.builder().posts(100_000_000).build();
    int last = large.writtenPosts(network) - 1;

    for (int index : List.of(0, 4_194_303, 4_194_304, 8_388_608, last)) {
      assertThat(large.indexOf(network, large.postAt(network, index).id())).isEqualTo(index);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mastodon", "bluesky"})
  void postsAreByPeopleOfTheCommunityInTheOrderOfTime(String name) {
    Network network = Network.of(name);
    Instant before = Instant.MIN;
    for (Post post : COMMUNITY.posts(network).toList()) {
      assertThat(post.createdAt()).isAfterOrEqualTo(before).isBefore(COMMUNITY.now());
      before = post.createdAt();
      Person person = COMMUNITY.personOf(network, String.valueOf(post.author().id())).orElseThrow();
      assertThat(person.on(network)).map(Account::handle).contains(post.author().handle());
    }
    assertThat(COMMUNITY.accounts(network)).hasSizeBetween(200, 320);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mastodon", "bluesky"})
  void somePostsTellAgainWhatTheSamePersonWroteOnX(String name) {
    Network network = Network.of(name);
    int told = 0;
    for (Post post : COMMUNITY.posts(network).toList()) {
      Optional<Post> original = COMMUNITY.retoldFrom(post.id()).flatMap(COMMUNITY::post);
      if (original.isPresent()) {
        told++;
        assertThat(COMMUNITY.topicOf(post.id())).isEqualTo(COMMUNITY.topicOf(original.get().id()));
        assertThat(COMMUNITY.personOf(network, String.valueOf(post.author().id())))
            .isEqualTo(COMMUNITY.personOf(Network.X, String.valueOf(original.get().author().id())));
        assertThat(post.text()).doesNotContain("https://t.co/");
      }
    }
    assertThat(told).isGreaterThan(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mastodon", "bluesky"})
  void entitiesStandWhereTheTextSays(String name) {
    for (Post post : COMMUNITY.posts(Network.of(name)).toList()) {
      for (Entities.Hashtag tag : post.entities().hashtags()) {
        assertThat(part(post, tag.start(), tag.end())).isEqualTo('#' + tag.text());
      }
      for (Entities.Mention mention : post.entities().mentions()) {
        assertThat(mention.id()).isNotNull();
        assertThat('@' + mention.handle()).startsWith(part(post, mention.start(), mention.end()));
      }
      for (Entities.Url url : post.entities().urls()) {
        assertThat(part(post, url.start(), url.end())).isEqualTo(url.url());
        assertThat(url.expandedUrl()).startsWith("https://").endsWith(url.url());
      }
    }
  }

  private static String part(Post post, int start, int end) {
    String text = post.text();
    return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
  }

  @Test
  void postsFitTheirNetworkAndHaveItsIds() {
    assertThat(COMMUNITY.posts(Network.BLUESKY))
        .allMatch(post -> post.text().length() <= 300)
        .allMatch(
            post ->
                post.id()
                    .matches(
                        "at://did:plc:[a-z2-7]{24}/app\\.bsky\\.feed\\.(re)?post/[2-7a-z]{13}"));
    assertThat(COMMUNITY.posts(Network.MASTODON))
        .allMatch(post -> post.text().length() <= 500)
        .allMatch(post -> post.id().matches("(sparkling|lantern)\\.example/\\d{18}"));
  }

  @Test
  void otherNetworksHaveNoPosts() {
    assertThatThrownBy(() -> COMMUNITY.posts(Network.GITHUB))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("github");
  }
}
