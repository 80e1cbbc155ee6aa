package io.github.sparkpysocial.connectors.bluesky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.PagedHarvest;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.RecordedRequest;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every listing of Bluesky, harvested from the sandbox, equals what the community posted. */
@SuppressWarnings("NullAway") // the community dates every post
class BlueskyHarvestTest {
  private static final Community COMMUNITY =
      Community.builder().seed(7).people(90).posts(600).blueskyPosts(800).build();
  private static final Account BUSIEST =
      COMMUNITY.people().get(0).on(Network.BLUESKY).orElseThrow();

  @TempDir Path directory;

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private PagedHarvest paged;
  private Sandbox sandbox;
  private SourceOptions anonymous;
  private SourceOptions loggedIn;

  @BeforeEach
  void start() {
    sandbox =
        Sandbox.builder(COMMUNITY)
            .clock(clock)
            .limits(Limits.ofTheNetworks().withBluesky(5))
            .start();
    paged = new PagedHarvest(directory, clock);
    anonymous = paged.options(sandbox.environment());
    Map<String, String> environment = new HashMap<>(sandbox.environment());
    environment.put("BLUESKY_IDENTIFIER", String.valueOf(BUSIEST.handle()));
    environment.put("BLUESKY_APP_PASSWORD", "never-sent-to-a-sandbox");
    loggedIn = paged.options(environment);
  }

  @AfterEach
  void keepsEveryLimit() {
    sandbox.close();
    assertThat(sandbox.violations()).isEmpty();
  }

  @Test
  void aSearchWithoutALoginGoesBackThroughTimeToTheFirstPost() throws InterruptedException {
    List<SocialRecord> stored = paged.run("bluesky:search?q=spark", anonymous, 100);

    assertThat(posts(stored)).hasSizeGreaterThan(300);
    assertThat(essence(posts(stored)))
        .containsExactlyInAnyOrderElementsOf(essence(found(says("spark"))));
    assertThat(sandbox.requests()).noneMatch(request -> request.query().containsKey("cursor"));
    assertThat(paged.quarantine().count()).isZero();
  }

  @Test
  void aSearchWithALoginFindsTheSame() throws InterruptedException {
    List<SocialRecord> stored = paged.run("bluesky:search?q=spark", loggedIn, 100);

    assertThat(essence(posts(stored)))
        .containsExactlyInAnyOrderElementsOf(essence(found(says("spark"))));
  }

  @Test
  void aSearchBringsTheAuthorsOfItsPosts() throws InterruptedException {
    List<SocialRecord> stored = paged.run("bluesky:search?q=kafka", anonymous, 100);

    assertThat(stored)
        .filteredOn(r -> r instanceof Account)
        .extracting(SocialRecord::id)
        .containsExactlyInAnyOrderElementsOf(
            found(says("kafka")).stream().map(p -> p.author().id()).distinct().toList());
  }

  @Test
  void aSearchIsNarrowedByTagsLanguageAuthorAndTime() throws InterruptedException {
    Instant since = Instant.parse("2026-11-10T00:00:00Z");
    Instant until = Instant.parse("2026-11-13T06:30:00Z");

    assertThat(
            essence(
                posts(
                    paged.run(
                        "bluesky:search?q=a&tag=PySpark&lang=en&since=2026-11-10"
                            + "&until=2026-11-13T06:30:00Z",
                        anonymous,
                        100))))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            essence(
                found(
                    says("a")
                        .and(
                            p ->
                                p.entities().hashtags().stream()
                                    .anyMatch(t -> t.text().equals("PySpark")))
                        .and(p -> "en".equals(p.language()))
                        .and(p -> !p.createdAt().isBefore(since))
                        .and(p -> p.createdAt().isBefore(until)))));
    assertThat(posts(paged.run("bluesky:search?q=e&author=" + BUSIEST.handle(), anonymous, 100)))
        .isNotEmpty()
        .extracting(post -> post.author().id())
        .containsOnly(BUSIEST.id());
  }

  @Test
  void postsOfTheSameMomentAreNotLostAtTheEndOfAPage() {
    // 250 posts, 90 of them in one millisecond, in a server that shows a hundred at once.
    List<String> views = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      int millis = i < 60 ? 999 - i : i < 150 ? 500 : 499 - (i - 150);
      views.add(view(i, String.format("2026-11-15T10:00:00.%03dZ", millis)));
    }
    SourceOptions options =
        paged.options(Map.of()).withTransport(request -> search(request, views, 100));

    try (RecordSource source = Places.openSource(PlaceUri.parse("bluesky:search?q=x"), options)) {
      List<String> ids =
          source.records().filter(r -> r instanceof Post).map(SocialRecord::id).toList();

      assertThat(ids)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 250).mapToObj(BlueskyHarvestTest::address).toList());
    }
  }

  @Test
  void moreThanAPageInOneMomentDoesNotTurnInCircles() {
    List<String> views = new ArrayList<>();
    for (int i = 0; i < 350; i++) {
      int millis = i < 20 ? 999 - i : i < 320 ? 500 : 499 - (i - 320);
      views.add(view(i, String.format("2026-11-15T10:00:00.%03dZ", millis)));
    }
    SourceOptions options =
        paged.options(Map.of()).withTransport(request -> search(request, views, 100));

    try (RecordSource source = Places.openSource(PlaceUri.parse("bluesky:search?q=x"), options)) {
      List<String> ids =
          source.records().filter(r -> r instanceof Post).map(SocialRecord::id).toList();

      assertThat(ids).doesNotHaveDuplicates().contains(address(0), address(349));
    }
  }

  /** Answers as a server that shows its first page only, and compares milliseconds. */
  private static HttpResponse search(HttpRequest request, List<String> views, int page) {
    var until = Pattern.compile("until=([^&]+)").matcher(request.uri().toString());
    String before = until.find() ? until.group(1).replace("%3A", ":") : "9999";
    List<String> shown =
        views.stream()
            .filter(v -> v.replaceAll(".*\"indexedAt\":\"([^\"]+)\".*", "$1").compareTo(before) < 0)
            .limit(page)
            .toList();
    return HttpResponse.of(
        request.uri(),
        200,
        Headers.NONE,
        ("{\"cursor\":\"100\",\"posts\":[" + String.join(",", shown) + "]}")
            .getBytes(StandardCharsets.UTF_8));
  }

  private static String address(int i) {
    return "at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/" + i;
  }

  private static String view(int i, String at) {
    return String.format(
        "{\"uri\":\"%s\",\"author\":{\"did\":\"did:plc:aaaaaaaaaaaaaaaaaaaaaaaa\","
            + "\"handle\":\"a.example\"},\"record\":{\"text\":\"x\",\"createdAt\":\"%s\"},"
            + "\"indexedAt\":\"%s\"}",
        address(i), at, at);
  }

  @Test
  void anAccountBringsItsPostsRepliesAndReposts() throws InterruptedException {
    List<Post> stored = posts(paged.run("bluesky:" + BUSIEST.handle() + "/posts", anonymous, 100));

    assertThat(stored)
        .extracting(Post::kind)
        .contains(Post.Kind.ORIGINAL, Post.Kind.REPLY, Post.Kind.REPOST);
    assertThat(essence(stored))
        .containsExactlyInAnyOrderElementsOf(
            essence(
                COMMUNITY
                    .posts(Network.BLUESKY)
                    .filter(post -> BUSIEST.id().equals(post.author().id()))
                    .toList()));
    assertThat(
            posts(
                paged.run(
                    "bluesky:" + BUSIEST.id() + "/posts?filter=posts_no_replies", anonymous, 100)))
        .isNotEmpty()
        .extracting(Post::kind)
        .doesNotContain(Post.Kind.REPLY);
  }

  @Test
  void everyHandleAskedForHasAnOutcome() throws InterruptedException {
    List<Account> accounts = COMMUNITY.accounts(Network.BLUESKY).stream().limit(30).toList();
    String handles =
        String.join(",", accounts.stream().map(a -> String.valueOf(a.handle())).toList())
            + ",nobody.example";

    List<SocialRecord> stored = paged.run("bluesky:profiles?handles=" + handles, anonymous, 25);

    assertThat(stored)
        .map(r -> ((Account) r).toBuilder().provenance(Provenance.UNKNOWN).raw(null).build())
        .containsExactlyInAnyOrderElementsOf(accounts);
    assertThat(paged.quarantine().count()).isOne();
  }

  @Test
  void aSessionIsRenewedWhenItsTokenIsTooOld() throws InterruptedException {
    try (RecordSource source =
        Places.openSource(PlaceUri.parse("bluesky:search?q=spark"), loggedIn)) {
      Page first = source.fetch(PageRequest.FIRST);
      clock.advance(Duration.ofHours(3));
      Page second = source.fetch(PageRequest.FIRST);
      clock.advance(Duration.ofDays(70));
      Page third = source.fetch(PageRequest.FIRST);

      assertThat(first.records()).hasSameSizeAs(second.records()).hasSameSizeAs(third.records());
    }
    assertThat(sandbox.requests())
        .extracting(RecordedRequest::path)
        .filteredOn(path -> path.contains("com.atproto.server"))
        .containsExactly(
            "/xrpc/com.atproto.server.createSession",
            "/xrpc/com.atproto.server.refreshSession",
            "/xrpc/com.atproto.server.refreshSession",
            "/xrpc/com.atproto.server.createSession");
  }

  @Test
  void aLoginThatIsRefusedSaysWhatToCheck() {
    Map<String, String> environment = new HashMap<>(sandbox.environment());
    environment.put("BLUESKY_IDENTIFIER", "nobody.example");

    try (RecordSource source =
        Places.openSource(PlaceUri.parse("bluesky:search?q=spark"), paged.options(environment))) {
      assertThatThrownBy(() -> source.fetch(PageRequest.FIRST))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("BLUESKY_APP_PASSWORD")
          .hasMessageContaining("AuthenticationRequired");
    }
    assertThatThrownBy(
            () ->
                Places.openSource(
                    PlaceUri.parse("bluesky:search?q=spark"),
                    paged.options(Map.of("BLUESKY_IDENTIFIER", "a.example"))))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("BLUESKY_APP_PASSWORD");
  }

  @Test
  void limitsAndServerErrorsAreWaitedOut() throws InterruptedException {
    sandbox.next(
        "/xrpc/app.bsky.feed.searchPosts",
        Fault.rateLimited(Duration.ofMinutes(4)),
        Fault.status(502),
        Fault.closeConnection());

    assertThat(posts(paged.run("bluesky:search?q=kafka", anonymous, 100)))
        .hasSameSizeAs(found(says("kafka")));
  }

  @Test
  void whatBlueskyRefusesIsTold() {
    try (RecordSource source =
        Places.openSource(PlaceUri.parse("bluesky:nobody.example/posts"), anonymous)) {
      assertThatThrownBy(() -> source.fetch(PageRequest.FIRST))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("app.bsky.feed.getAuthorFeed")
          .hasMessageContaining("Profile not found");
    }
    sandbox.next("/xrpc/app.bsky.feed.searchPosts", Fault.status(403));
    try (RecordSource source =
        Places.openSource(PlaceUri.parse("bluesky:search?q=spark"), anonymous)) {
      assertThatThrownBy(() -> source.fetch(PageRequest.FIRST))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("BLUESKY_IDENTIFIER");
    }
  }

  @Test
  void unknownFieldsAreCountedAndKept() throws InterruptedException {
    sandbox.next("/xrpc/app.bsky.feed.searchPosts", Fault.unknownField());

    try (RecordSource source =
        Places.openSource(PlaceUri.parse("bluesky:search?q=spark"), anonymous)) {
      Page page = source.fetch(PageRequest.FIRST);

      assertThat(page.unknownFields())
          .containsKeys(
              "post.sandbox_novelty", "record.sandbox_novelty", "profile.sandbox_novelty");
    }
  }

  @Test
  void whatIsNoListingIsRefusedWithThoseThereAre() {
    for (String place :
        List.of(
            "bluesky:firehose",
            "bluesky:search",
            "bluesky:search?q=x&sort=best",
            "bluesky:search?q=x&author=no handle",
            "bluesky:search?q=x&limit=3",
            "bluesky:not_a_handle/posts",
            "bluesky:a.example/posts?filter=all",
            "bluesky:profiles",
            "bluesky:profiles?handles=a.example,?")) {
      assertThatThrownBy(() -> Places.openSource(PlaceUri.parse(place), anonymous))
          .as(place)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("bluesky:");
    }
  }

  @Test
  void anonymousReadersNeedNoConfigurationAtAll() {
    List<String> asked = new ArrayList<>();
    SourceOptions bare =
        paged
            .options(Map.of())
            .withTransport(
                request -> {
                  asked.add(request.toString());
                  assertThat(request.headers().first("Authorization")).isNull();
                  return HttpResponse.of(
                      request.uri(),
                      200,
                      Headers.NONE,
                      "{\"posts\":[]}".getBytes(StandardCharsets.UTF_8));
                });

    try (RecordSource source =
        Places.openSource(PlaceUri.parse("bluesky:search?q=apache+spark"), bare)) {
      assertThat(source.records()).isEmpty();
    }
    assertThat(asked)
        .containsExactly(
            "GET https://public.api.bsky.app/xrpc/app.bsky.feed.searchPosts"
                + "?q=apache%20spark&sort=latest&limit=100");
  }

  private static Predicate<Post> says(String word) {
    return post ->
        post.kind() != Post.Kind.REPOST && post.text().toLowerCase(Locale.ROOT).contains(word);
  }

  private static List<Post> found(Predicate<Post> matches) {
    return COMMUNITY.posts(Network.BLUESKY).filter(matches).toList();
  }

  private static List<Post> posts(List<SocialRecord> records) {
    return records.stream().filter(r -> r instanceof Post).map(r -> (Post) r).toList();
  }

  /** Returns posts without what a truth cannot have; a feed does not tell all of a repost. */
  private static List<Post> essence(List<Post> posts) {
    return posts.stream()
        .map(
            post -> {
              boolean repost = post.kind() == Post.Kind.REPOST;
              return post.toBuilder()
                  .createdAtText(null)
                  .conversationId(repost ? null : post.conversationId())
                  .engagement(repost ? Engagement.UNKNOWN : post.engagement())
                  .sensitive(repost ? null : post.sensitive())
                  .provenance(Provenance.UNKNOWN)
                  .raw(null)
                  .build();
            })
        .toList();
  }
}
