package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.live.Frame;
import io.github.sparkpysocial.live.LiveMessage;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What real servers of Mastodon and Bluesky answered to others, served over loopback, gives these
 * records.
 */
class RecordedFreeNetworksTest {
  private final AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);
  private HttpServer server;
  private SourceOptions options;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = body.get();
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    options =
        new SourceOptions(
            Map.of("SPARKPY_SANDBOX", "http://127.0.0.1:" + server.getAddress().getPort()),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** File, posts, accounts, hashtags, mentions, links, replies, boosts; nothing is set aside. */
  @ParameterizedTest
  @CsvSource({
    "tag_timeline.json, 20, 17, 44, 15, 8, 8, 0",
    "public_timeline.json, 20, 19, 0, 0, 1, 0, 0",
    "timelines.json, 1, 1, 0, 0, 0, 0, 0",
    "statuses.json, 1, 1, 0, 0, 0, 0, 0",
    "bookmarks.json, 1, 1, 0, 0, 0, 0, 0",
    "favourites.json, 1, 1, 0, 0, 0, 0, 0",
    "trends_view_trending_statuses_success.json, 1, 0, 0, 0, 0, 0, 0"
  })
  void mastodonTimelines(
      String file,
      int posts,
      int accounts,
      int hashtags,
      int mentions,
      int links,
      int replies,
      int boosts)
      throws Exception {
    Page page = mastodon(file, "mastodon:mastodon.social/public");
    List<Post> read = posts(page);

    assertThat(page.rejected()).isEmpty();
    assertThat(
            List.of(
                read.size(),
                (int) page.records().stream().filter(r -> r instanceof Account).count(),
                read.stream().mapToInt(p -> p.entities().hashtags().size()).sum(),
                read.stream().mapToInt(p -> p.entities().mentions().size()).sum(),
                read.stream().mapToInt(p -> p.entities().urls().size()).sum(),
                (int) read.stream().filter(p -> p.kind() == Post.Kind.REPLY).count(),
                (int) read.stream().filter(p -> p.kind() == Post.Kind.REPOST).count()))
        .isEqualTo(List.of(posts, accounts, hashtags, mentions, links, replies, boosts));
    assertThat(read)
        .allSatisfy(
            post -> {
              assertThat(post.text()).doesNotContain("</p>", "<br", "<span", "<a ", "&amp;");
              post.entities()
                  .hashtags()
                  .forEach(
                      t -> assertThat(part(post, t.start(), t.end())).isEqualTo('#' + t.text()));
              post.entities()
                  .mentions()
                  .forEach(
                      m -> assertThat('@' + m.handle()).startsWith(part(post, m.start(), m.end())));
            });
  }

  @Test
  void aPostOf2017HasTheIdOfTheInstanceWhereItWasWritten() throws Exception {
    Post post = posts(mastodon("tag_timeline.json", "mastodon:friends.nico/tags/mastodon")).get(0);

    assertThat(post.id()).isEqualTo("mastodon.social/3610569");
    assertThat(post.author().handle()).isEqualTo("jeroenpraat@mastodon.social");
    assertThat(post.inReplyToId()).isEqualTo("friends.nico/675923");
    assertThat(post.inReplyToAuthorId()).isEqualTo("alexl@mstdn.io");
    assertThat(post.text()).startsWith("@alexl @deadsuperhero  Yes, but not only #Mastodon ");
    assertThat(post.createdAt()).isEqualTo(Instant.parse("2017-04-21T15:00:42Z"));
  }

  @Test
  void mastodonSearchesWithAndWithoutAuthors() throws Exception {
    List<Post> bare =
        posts(mastodon("search_for_statuses_ranging_ids.json", "mastodon:a.example/search?q=cats"));
    Page accounts =
        mastodon("search_only_accounts.json", "mastodon:a.example/search?q=cats&type=accounts");

    assertThat(bare)
        .extracting(Post::id)
        .containsExactly("a.example/8330", "a.example/4456", "a.example/3100", "a.example/1220");
    assertThat(bare.get(0).text()).isEqualTo("cats\ncats never change");
    assertThat(bare.get(3).entities().hashtags()).hasSize(1);
    assertThat(accounts.records()).isNotEmpty().allMatch(r -> r instanceof Account);
  }

  private Page mastodon(String file, String place) throws Exception {
    body.set(Files.readAllBytes(data("mastodon/bigbone_assets").resolve(file)));
    return fetch(place);
  }

  private Page fetch(String place) throws InterruptedException {
    try (RecordSource source = Places.openSource(PlaceUri.parse(place), options)) {
      return source.fetch(PageRequest.FIRST);
    }
  }

  private static List<Post> posts(Page page) {
    return page.records().stream().filter(r -> r instanceof Post).map(r -> (Post) r).toList();
  }

  private static String part(Post post, int start, int end) {
    String text = post.text();
    return text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
  }

  private static Path data(String folder) {
    return Recorded.data(folder);
  }

  @Test
  void blueskysThreadGivesItsPostWithPictureAndQuote() throws Exception {
    String thread =
        Files.readString(
            data("bluesky/atproto_test_data").resolve("thread_view_post_with_embed_media.json"));
    String view = object(thread, thread.indexOf("\"post\":") + "\"post\":".length());
    body.set(("{\"posts\":[" + view + "]}").getBytes(StandardCharsets.UTF_8));

    Page page = fetch("bluesky:search?q=x");

    assertThat(page.rejected()).isEmpty();
    Post post = posts(page).get(0);
    assertThat(post.id())
        .isEqualTo("at://did:plc:kvwvcn5iqfooopmyzvb4qzba/app.bsky.feed.post/3kaheyt6vpc22");
    assertThat(post.kind()).isEqualTo(Post.Kind.QUOTE);
    assertThat(post.quoteOfId()).startsWith("at://did:plc:");
    assertThat(post.mediaUrls()).hasSize(1);
    assertThat(post.author().handle()).isEqualTo("test.marshal.dev");
    assertThat(post.createdAt()).isEqualTo(Instant.parse("2023-09-28T12:49:36.735Z"));
  }

  @Test
  void blueskysFollowsGiveProfiles() throws Exception {
    String follows =
        Files.readString(data("bluesky/atproto_test_data").resolve("get_follows.json"));
    body.set(follows.replaceFirst("\"follows\"", "\"profiles\"").getBytes(StandardCharsets.UTF_8));

    Page page = fetch("bluesky:profiles?handles=why.bsky.team,divy.zone");

    assertThat(page.rejected()).isEmpty();
    assertThat(page.unknownFields()).isEmpty();
    assertThat(page.records())
        .extracting(SocialRecord::id)
        .contains("did:plc:vpkhqolt662uhesyj6nxm7ys");
    Account why = (Account) page.records().get(0);
    assertThat(why.handle()).isEqualTo("why.bsky.team");
    assertThat(why.createdAt()).isEqualTo(Instant.parse("2022-11-17T01:04:43.624Z"));
  }

  /** Records as they stand in repositories, put into a message of Jetstream each. */
  @ParameterizedTest
  @CsvSource({
    "post_record.json, new text114, 2024-02-22T19:58:13.903293Z",
    "extended_post_record.json, regress test, 2023-07-21T01:33:51.481951Z",
    "custom_record.json, foo, 2023-07-21T01:33:51.481951Z"
  })
  void blueskysPostsInAStream(String file, String text, String createdAt) throws Exception {
    Post post = (Post) streamed(file).records().get(0);

    assertThat(post.text()).isEqualTo(text);
    assertThat(post.createdAt()).isEqualTo(Instant.parse(createdAt));
  }

  @ParameterizedTest
  @CsvSource({"like_record.json", "extended_like_record.json"})
  void blueskysLikesInAStream(String file) throws Exception {
    Interaction like = (Interaction) streamed(file).records().get(0);

    assertThat(like.type()).isEqualTo(Interaction.Type.LIKE);
    assertThat(like.targetId()).contains("/app.bsky.feed.post/");
    assertThat(like.createdAt()).isNotNull();
  }

  @Test
  void whatIsNoRecordOfOursBringsNothing() throws Exception {
    LiveMessage feed = streamed("feed_record.json");

    assertThat(feed.records()).isEmpty();
    assertThat(feed.rejected()).isEmpty();
    assertThat(feed.resumeAt()).isNotNull();
  }

  private LiveMessage streamed(String file) throws IOException {
    String recorded = Files.readString(data("bluesky/atproto_test_data").resolve(file));
    String uri = recorded.replaceFirst("(?s).*?\"uri\": \"at://([^\"]+)\".*", "$1");
    String[] parts = uri.split("/", -1);
    String record = object(recorded, recorded.indexOf("\"value\":") + "\"value\":".length());
    String message =
        String.format(
            "{\"did\":\"%s\",\"time_us\":1760000000000000,\"kind\":\"commit\",\"commit\":{"
                + "\"rev\":\"3\",\"operation\":\"create\",\"collection\":\"%s\",\"rkey\":\"%s\","
                + "\"record\":%s}}",
            parts[0], parts[1], parts[2], record);
    try (LiveSource source = Places.openLive(PlaceUri.parse("bluesky:jetstream"), options)) {
      LiveMessage decoded = source.decode(new Frame(null, message));
      assertThat(decoded.rejected()).isEmpty();
      return decoded;
    }
  }

  /** Returns the JSON object that begins after a place in a text without braces in strings. */
  private static String object(String text, int from) {
    int start = text.indexOf('{', from);
    int depth = 0;
    for (int at = start; ; at++) {
      depth += text.charAt(at) == '{' ? 1 : text.charAt(at) == '}' ? -1 : 0;
      if (depth == 0) {
        return text.substring(start, at + 1);
      }
    }
  }
}
