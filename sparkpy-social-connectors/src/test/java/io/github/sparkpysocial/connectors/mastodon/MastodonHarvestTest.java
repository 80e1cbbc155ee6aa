package io.github.sparkpysocial.connectors.mastodon;

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
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every listing of Mastodon, harvested from the sandbox, equals what the community posted. */
@SuppressWarnings("NullAway") // the community dates and signs every post
class MastodonHarvestTest {
  private static final Community COMMUNITY =
      Community.builder().seed(7).people(90).posts(600).mastodonPosts(600).build();
  private static final String HOST = Community.INSTANCE;

  @TempDir Path directory;

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private PagedHarvest paged;
  private Sandbox sandbox;
  private SourceOptions options;

  @BeforeEach
  void start() {
    sandbox =
        Sandbox.builder(COMMUNITY)
            .clock(clock)
            .limits(Limits.ofTheNetworks().withMastodon(5))
            .start();
    paged = new PagedHarvest(directory, clock);
    options = paged.options(sandbox.environment());
  }

  @AfterEach
  void keepsEveryLimit() {
    sandbox.close();
    assertThat(sandbox.violations()).isEmpty();
    assertThat(paged.quarantine().count()).isZero();
  }

  @Test
  void aTagTimelineBringsEveryPostWithTheTag() throws InterruptedException {
    List<Post> stored = harvest("tags/apachespark");

    assertThat(stored).hasSizeGreaterThan(100);
    assertThat(essence(stored))
        .containsExactlyInAnyOrderElementsOf(essence(truth(tagged("ApacheSpark"))));
  }

  @Test
  void moreTagsNarrowOrWidenATimelineOnAllItsPages() throws InterruptedException {
    List<Post> any = harvest("tags/apachespark?any=pyspark,Spark&none=kafka");
    List<Post> all = harvest("tags/streaming?all=pyspark");

    assertThat(essence(any))
        .containsExactlyInAnyOrderElementsOf(
            essence(
                truth(
                    tagged("ApacheSpark")
                        .or(tagged("PySpark"))
                        .or(tagged("Spark"))
                        .and(tagged("Kafka").negate()))));
    assertThat(essence(all))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            essence(truth(tagged("streaming").and(tagged("PySpark")))));
  }

  @Test
  void thePublicTimelineBringsWhatAnswersNobodyElse() throws InterruptedException {
    Predicate<Post> shown =
        post ->
            post.kind() != Post.Kind.REPOST
                && (post.kind() != Post.Kind.REPLY
                    || post.author().id().equals(post.inReplyToAuthorId()));

    assertThat(essence(harvest("public")))
        .containsExactlyInAnyOrderElementsOf(essence(truth(shown)));
    assertThat(essence(harvest("public?local=true")))
        .containsExactlyInAnyOrderElementsOf(
            essence(truth(shown.and(post -> post.id().startsWith(HOST + "/")))));
    assertThat(essence(harvest("public?remote=true")))
        .containsExactlyInAnyOrderElementsOf(
            essence(truth(shown.and(post -> !post.id().startsWith(HOST + "/")))));
  }

  @Test
  void aTimelineEndsWhereSinceAndUntilSay() throws InterruptedException {
    Instant since = Instant.parse("2026-11-10T00:00:00Z");
    Instant until = Instant.parse("2026-11-12T06:30:00Z");

    List<Post> stored = harvest("tags/apachespark?since=2026-11-10&until=2026-11-12T06:30:00Z");

    assertThat(essence(stored))
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(
            essence(
                truth(
                    tagged("ApacheSpark")
                        .and(post -> !post.createdAt().isBefore(since))
                        .and(post -> post.createdAt().isBefore(until)))));
    assertThat(sandbox.requests())
        .as("nothing newer is fetched")
        .allMatch(request -> request.query().containsKey("max_id"));
  }

  @Test
  void anAccountBringsItsPostsRepliesQuotesAndBoosts() throws InterruptedException {
    Account busiest = COMMUNITY.people().get(0).on(Network.MASTODON).orElseThrow();

    List<Post> stored = harvest("accounts/" + busiest.handle() + "/posts");

    assertThat(stored).extracting(Post::kind).contains(Post.Kind.ORIGINAL, Post.Kind.REPOST);
    assertThat(essence(stored))
        .containsExactlyInAnyOrderElementsOf(
            essence(truth(post -> busiest.id().equals(post.author().id()))));
    assertThat(harvest("accounts/" + busiest.handle() + "/posts?exclude_reblogs=true"))
        .extracting(Post::kind)
        .isNotEmpty()
        .doesNotContain(Post.Kind.REPOST);
  }

  @Test
  void postsComeWithTheAccountsOfTheirAuthors() throws InterruptedException {
    List<SocialRecord> stored = harvestAll("tags/apachespark");

    List<Account> expected =
        truth(tagged("ApacheSpark")).stream()
            .map(post -> String.valueOf(post.author().id()))
            .distinct()
            .map(id -> account(id))
            .toList();
    assertThat(stored)
        .filteredOn(record -> record instanceof Account)
        .map(r -> ((Account) r).toBuilder().provenance(Provenance.UNKNOWN).raw(null).build())
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void searchFindsAccountsAndPosts() throws InterruptedException {
    List<SocialRecord> accounts = harvestAll("search?q=otter&type=accounts");
    List<Post> posts = harvest("search?q=watermark&type=statuses");

    assertThat(accounts).extracting(SocialRecord::recordKind).containsOnly(RecordKind.ACCOUNT);
    assertThat(accounts)
        .extracting(SocialRecord::id)
        .containsExactlyInAnyOrderElementsOf(
            COMMUNITY.accounts(Network.MASTODON).stream()
                .filter(a -> (a.id() + ' ' + a.name()).toLowerCase(Locale.ROOT).contains("otter"))
                .map(Account::id)
                .toList());
    assertThat(essence(posts))
        .hasSizeGreaterThan(40)
        .containsExactlyInAnyOrderElementsOf(
            essence(
                truth(
                    post ->
                        post.kind() != Post.Kind.REPOST
                            && post.text().toLowerCase(Locale.ROOT).contains("watermark"))));
  }

  @Test
  void aLimitWithoutAHintAndAServerErrorAreWaitedOut() throws InterruptedException {
    sandbox.next(
        "/api/v1/timelines/tag",
        Fault.rateLimited(Duration.ofMinutes(4)),
        Fault.status(503),
        Fault.closeConnection());

    assertThat(harvest("tags/pyspark")).hasSameSizeAs(truth(tagged("PySpark")));
  }

  @Test
  void aClosedTimelineSaysWhichTokenToSet() {
    sandbox.next("/api/v1/timelines/public", Fault.status(422));

    try (RecordSource source = open("public")) {
      assertThatThrownBy(() -> source.fetch(PageRequest.FIRST))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("requires an authenticated user")
          .hasMessageContaining("MASTODON_TOKEN");
    }
  }

  @Test
  void anAccountThatIsNotThereIsNamed() {
    try (RecordSource source = open("accounts/nobody/posts")) {
      assertThatThrownBy(() -> source.fetch(PageRequest.FIRST))
          .isInstanceOf(InvalidQueryException.class)
          .hasMessageContaining("/api/v1/accounts/lookup")
          .hasMessageContaining("Record not found");
    }
  }

  @Test
  void unknownFieldsAreCountedAndKept() throws InterruptedException {
    sandbox.next("/api/v1/timelines/tag", Fault.unknownField());

    try (RecordSource source = open("tags/spark")) {
      Page page = source.fetch(PageRequest.FIRST);

      assertThat(page.unknownFields())
          .containsKeys("status.sandbox_novelty", "account.sandbox_novelty");
      assertThat(page.records()).allMatch(r -> String.valueOf(r.raw()).contains("sandbox_novelty"));
    }
  }

  @Test
  void aPostIsOneWhateverInstanceShowsIt() throws InterruptedException {
    List<Post> here = harvest("tags/apachespark");
    List<Post> elsewhere;
    try (RecordSource source =
        Places.openSource(PlaceUri.parse("mastodon:other.example/tags/apachespark"), options)) {
      elsewhere = source.records().filter(r -> r instanceof Post).map(r -> (Post) r).toList();
    }

    assertThat(elsewhere)
        .extracting(Post::id)
        .containsExactlyInAnyOrderElementsOf(here.stream().map(Post::id).toList());
  }

  @Test
  void theTokenGoesToItsOwnInstanceAlone() {
    Map<String, String> environment =
        Map.of("MASTODON_TOKEN", "t0ken", "MASTODON_HOST", "Mastodon.example");

    assertThat(token("mastodon:mastodon.example/public", environment)).isTrue();
    assertThat(token("mastodon:evil.example/public", environment)).isFalse();
    assertThat(token("mastodon:any.example/public", Map.of("MASTODON_TOKEN", "t0ken"))).isTrue();
    assertThatThrownBy(
            () ->
                Places.openSource(
                    PlaceUri.parse("mastodon:evil.example/search?q=x"), paged.options(environment)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("MASTODON_TOKEN");
  }

  private boolean token(String place, Map<String, String> environment) {
    List<Boolean> signed = new ArrayList<>();
    SourceOptions recording =
        paged
            .options(environment)
            .withTransport(
                request -> {
                  signed.add(request.headers().first("Authorization") != null);
                  return HttpResponse.of(
                      request.uri(), 200, Headers.NONE, "[]".getBytes(StandardCharsets.UTF_8));
                });
    try (RecordSource source = Places.openSource(PlaceUri.parse(place), recording)) {
      assertThat(source.records()).isEmpty();
    }
    return signed.get(0);
  }

  @Test
  void whatIsNoListingIsRefusedWithThoseThereAre() {
    for (String place :
        List.of(
            "mastodon:mastodon.social",
            "mastodon:mastodon.social/lists/1",
            "mastodon:not a host/public",
            "mastodon:mastodon.social/tags/a%20b",
            "mastodon:mastodon.social/public?any=x",
            "mastodon:mastodon.social/public?local=maybe",
            "mastodon:mastodon.social/tags/a?any=b,c,d,e",
            "mastodon:mastodon.social/accounts/a@b@c/posts",
            "mastodon:mastodon.social/search?type=accounts",
            "mastodon:mastodon.social/search?q=x&type=hashtags",
            "mastodon:mastodon.social/search?q=x&type=groups")) {
      assertThatThrownBy(() -> Places.openSource(PlaceUri.parse(place), options))
          .as(place)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("mastodon:");
    }
  }

  @Test
  void anonymousReadersNeedNoConfigurationAtAll() {
    SourceOptions bare = new SourceOptions(Map.of(), clock);

    try (RecordSource source =
        Places.openSource(PlaceUri.parse("mastodon:mastodon.social/tags/apachespark"), bare)) {
      assertThat(source.profile().pageSize()).isEqualTo(40);
    }
  }

  private static Account account(String id) {
    return COMMUNITY.accounts(Network.MASTODON).stream()
        .filter(account -> account.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static Predicate<Post> tagged(String tag) {
    return post ->
        post.kind() != Post.Kind.REPOST
            && post.entities().hashtags().stream().anyMatch(h -> h.text().equalsIgnoreCase(tag));
  }

  private static List<Post> truth(Predicate<Post> shown) {
    return COMMUNITY.posts(Network.MASTODON).filter(shown).toList();
  }

  private RecordSource open(String listing) {
    return Places.openSource(PlaceUri.parse("mastodon:" + HOST + "/" + listing), options);
  }

  private List<Post> harvest(String listing) throws InterruptedException {
    return harvestAll(listing).stream()
        .filter(record -> record instanceof Post)
        .map(record -> (Post) record)
        .toList();
  }

  private List<SocialRecord> harvestAll(String listing) throws InterruptedException {
    return paged.run("mastodon:" + HOST + "/" + listing, options, 40);
  }

  /**
   * Returns posts without what a truth cannot have. An instance tells its own number of the post
   * that a reply answers, which is the id of the target only if it was written there.
   */
  private static List<Post> essence(List<Post> posts) {
    return posts.stream()
        .map(
            post ->
                post.toBuilder()
                    .inReplyToId(post.inReplyToId() == null ? null : repliedTo(post.inReplyToId()))
                    .provenance(Provenance.UNKNOWN)
                    .raw(null)
                    .build())
        .toList();
  }

  private static String repliedTo(String id) {
    return id.startsWith(HOST + "/") && COMMUNITY.indexOf(Network.MASTODON, id) >= 0
        ? id
        : "written elsewhere";
  }
}
