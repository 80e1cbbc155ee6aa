package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.bluesky.BlueskyClient;
import io.github.sparkpysocial.connectors.mastodon.MastodonClient;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.live.LiveRefusedException;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mastodon and Bluesky as methods. */
class FreeClientsTest {
  private static final Community COMMUNITY =
      Community.builder().seed(7).people(90).posts(400).build();

  @TempDir Path directory;

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());

  private SourceOptions options(Map<String, String> environment) {
    return new PagedHarvest(directory, clock).options(environment);
  }

  @Test
  void mastodonFetchesAsManyPagesAsAreRead() throws InterruptedException {
    try (Sandbox sandbox = Sandbox.builder(COMMUNITY).clock(clock).start()) {
      MastodonClient client = MastodonClient.of(Community.INSTANCE, options(sandbox.environment()));

      List<Post> posts = client.publicTimeline().limit(50).toList();

      assertThat(posts)
          .hasSize(50)
          .extracting(Post::createdAt)
          .isSortedAccordingTo(Comparator.reverseOrder());
      assertThat(sandbox.requests()).hasSize(2);
      assertThat(client.tag("PySpark")).isNotEmpty();
      assertThat(client.searchAccounts("otter")).isNotEmpty();
      assertThat(client.searchPosts("watermark")).isNotEmpty();
      assertThat(client.hashtags("py")).extracting(MastodonClient.Tag::name).contains("pyspark");
      Account first = COMMUNITY.people().get(0).on(Network.MASTODON).orElseThrow();
      assertThat(client.postsOf(String.valueOf(first.handle())))
          .extracting(post -> post.author().id())
          .containsOnly(first.id());
      assertThat(sandbox.violations()).isEmpty();
    }
  }

  @Test
  void blueskyFetchesAsManyPagesAsAreRead() {
    try (Sandbox sandbox = Sandbox.builder(COMMUNITY).clock(clock).start()) {
      BlueskyClient client = BlueskyClient.of(options(sandbox.environment()));

      assertThat(client.search("spark").limit(120)).hasSize(120);

      assertThat(sandbox.requests()).hasSize(2);
      Account first = COMMUNITY.people().get(0).on(Network.BLUESKY).orElseThrow();
      assertThat(client.postsOf(first.id())).isNotEmpty();
      assertThat(client.profiles(List.of(String.valueOf(first.handle()))))
          .extracting(Account::id)
          .containsExactly(first.id());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wss://evil.example",
        "ws://home.example",
        "wss://home.example.evil.example",
        "wss://evilhome.example",
        "wss://user@home.example",
        "not an address"
      })
  void theTokenIsNotStreamedToAnotherHost(String streaming) {
    SourceOptions options =
        options(Map.of("MASTODON_TOKEN", "t0ken"))
            .withTransport(
                request ->
                    HttpResponse.of(
                        request.uri(),
                        200,
                        Headers.NONE,
                        ("{\"configuration\":{\"urls\":{\"streaming\":\"" + streaming + "\"}}}")
                            .getBytes(StandardCharsets.UTF_8)));

    try (LiveSource source = MastodonClient.of("home.example", options).streamPublic()) {
      assertThatThrownBy(() -> source.connect(null))
          .isInstanceOfSatisfying(
              LiveRefusedException.class,
              e -> assertThat(e.kind()).isEqualTo(LiveRefusedException.Kind.FINAL))
          .hasMessageContaining("home.example")
          .hasMessageNotContaining("t0ken");
    }
  }
}
