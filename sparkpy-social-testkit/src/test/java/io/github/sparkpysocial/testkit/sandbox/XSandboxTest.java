package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XSandboxTest {
  private static final Community COMMUNITY = Community.builder().posts(900).build();
  private static final String SEARCH = "/2/tweets/search/recent?query=";
  private static final String ALL_FIELDS =
      "&tweet.fields=created_at,author_id,lang,entities,public_metrics,referenced_tweets,"
          + "conversation_id,in_reply_to_user_id,geo,source,possibly_sensitive,note_tweet"
          + "&expansions=author_id,referenced_tweets.id,geo.place_id,in_reply_to_user_id"
          + "&user.fields=created_at,location,verified,public_metrics,description"
          + "&place.fields=country_code,geo,place_type,name,country";

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());

  @RegisterExtension
  final SandboxExtension sandbox =
      SandboxExtension.perTest(
          Sandbox.builder(COMMUNITY)
              .clock(clock)
              .limits(Limits.ofTheNetworks().withXSearch(60).withXLookup(2)));

  private Http.Got search(String query, String more) throws IOException {
    return Http.authorised(sandbox.sandbox(), SEARCH + Http.encode(query) + more);
  }

  private List<JsonNode> pages(String query, String more) throws IOException {
    List<JsonNode> pages = new ArrayList<>();
    String token = "";
    do {
      JsonNode page = search(query, more + token).json();
      pages.add(page);
      token = "&next_token=" + page.path("meta").path("next_token").asText();
    } while (pages.get(pages.size() - 1).path("meta").has("next_token"));
    return pages;
  }

  private List<String> ids(String query) throws IOException {
    List<String> ids = new ArrayList<>();
    for (JsonNode page : pages(query, "&max_results=100")) {
      page.path("data").forEach(post -> ids.add(post.path("id").asText()));
    }
    return ids;
  }

  private static List<String> expected(Predicate<Post> test) {
    List<String> ids =
        new ArrayList<>(
            COMMUNITY
                .posts()
                .filter(post -> post.kind() != Post.Kind.REPOST)
                .filter(test)
                .map(Post::id)
                .toList());
    Collections.reverse(ids);
    return ids;
  }

  @Test
  void pagingToTheEndGivesEachPostOnceNewestFirst() throws IOException {
    assertThat(ids(COMMUNITY.searchQuery())).isEqualTo(expected(post -> true));
    assertThat(sandbox.sandbox().violations()).isEmpty();
  }

  @Test
  void someOfThePagesAreShortOrEmptyAlthoughMoreFollow() throws IOException {
    List<JsonNode> pages = pages(COMMUNITY.searchQuery(), "&max_results=20");

    List<Integer> counts =
        pages.stream()
            .limit(pages.size() - 1)
            .map(page -> page.path("meta").path("result_count").asInt())
            .toList();
    assertThat(counts).contains(0, 10, 20);
    assertThat(pages)
        .filteredOn(page -> page.path("meta").path("result_count").asInt() == 0)
        .noneMatch(page -> page.has("data") || page.path("meta").has("newest_id"));
  }

  @Test
  void theSameQuestionGetsTheSameAnswer() throws IOException {
    String first = search("kafka", ALL_FIELDS).response().body();

    assertThat(search("kafka", ALL_FIELDS).response().body()).isEqualTo(first);
  }

  @Test
  void wordsTagsPhrasesAndOperatorsFindWhatTheySay() throws IOException {
    String author = COMMUNITY.topAuthors(1).get(0).account().label();
    assertThat(ids("from:" + author)).isEqualTo(expected(p -> author.equals(p.author().handle())));
    assertThat(ids("kafka lang:pt"))
        .isNotEmpty()
        .isEqualTo(expected(p -> has(p, "kafka") && "pt".equals(p.language())));
    assertThat(ids("#MLlib OR #SparkSQL"))
        .isNotEmpty()
        .isEqualTo(expected(p -> tag(p, "mllib") || tag(p, "sparksql")));
    assertThat(ids("kafka -watermark -is:reply"))
        .isNotEmpty()
        .isEqualTo(
            expected(p -> has(p, "kafka") && !has(p, "watermark") && p.kind() != Post.Kind.REPLY));
    assertThat(ids("\"query plan\" (sql OR join)"))
        .isNotEmpty()
        .isEqualTo(
            expected(
                p ->
                    p.text().toLowerCase(Locale.ROOT).contains("query plan")
                        && (has(p, "sql") || has(p, "join"))));
    assertThat(ids("spark has:geo place_country:PT"))
        .isNotEmpty()
        .isSubsetOf(expected(p -> p.place() != null && "PT".equals(p.place().countryCode())));
  }

  private static boolean has(Post post, String word) {
    return Pattern.compile("(?iU)(?<![\\p{L}\\p{N}_])" + word + "(?![\\p{L}\\p{N}_])")
        .matcher(post.text())
        .find();
  }

  private static boolean tag(Post post, String tag) {
    return post.entities().hashtags().stream().anyMatch(h -> h.text().equalsIgnoreCase(tag));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bio:spark", "lang:en", "kafka (spark", "kafka) spark", "-(kafka spark)", "\"open",
        "is:funny spark", "from:", "-kafka", "()", "has:everything spark", "OR"
      })
  void aQueryThatXWouldRefuseIsRefused(String query) throws IOException {
    Http.Got got = search(query, "");

    assertThat(got.status()).isEqualTo(400);
    assertThat(got.json().path("title").asText()).isEqualTo("Invalid Request");
    assertThat(got.json().path("type").asText())
        .isEqualTo("https://api.x.com/2/problems/invalid-request");
    assertThat(got.json().path("errors").get(0).path("parameters").has("query")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "&max_results=9, max_results",
    "&max_results=101, max_results",
    "&tweet.fields=colour, tweet.fields",
    "&post.fields=lang, post.fields",
    "&expansions=author, expansions",
    "&colour=red, colour",
    "&since_id=abc, since_id",
    "&next_token=abc, next_token",
    "&start_time=2026-11-01T00:00:00Z, start_time",
    "&end_time=2027-01-01T00:00:00Z, end_time",
    "&start_time=yesterday, start_time"
  })
  void aParameterThatXWouldRefuseIsNamed(String more, String parameter) throws IOException {
    Http.Got got = search("spark", more);

    assertThat(got.status()).isEqualTo(400);
    assertThat(got.json().path("errors").get(0).path("parameters").has(parameter)).isTrue();
  }

  @Test
  void aQueryIsAtMost512CharactersLong() throws IOException {
    assertThat(search("spark " + "x".repeat(506), "").status()).isEqualTo(200);
    assertThat(search("spark " + "x".repeat(507), "").status()).isEqualTo(400);
  }

  @Test
  void onlyTheFieldsAskedForComeBack() throws IOException {
    JsonNode bare = search("spark", "").json();
    assertThat(bare.has("includes")).isFalse();
    assertThat(bare.path("data"))
        .allSatisfy(
            post ->
                assertThat(post.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("id", "text", "edit_history_tweet_ids"));

    JsonNode withUsers = search("spark", "&expansions=author_id&user.fields=location").json();

    assertThat(withUsers.path("data")).allMatch(post -> post.has("author_id"));
    assertThat(withUsers.path("includes").path("users"))
        .allSatisfy(
            user ->
                assertThat(user.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("id", "name", "username", "location"));
  }

  @Test
  void everythingThatIsKnownOfAPostCanBeRead() throws IOException {
    int points = 0;
    int notes = 0;
    for (JsonNode page : pages(COMMUNITY.searchQuery(), "&max_results=100" + ALL_FIELDS)) {
      for (JsonNode json : page.path("data")) {
        Post post = COMMUNITY.post(json.path("id").asText()).orElseThrow();
        String text =
            json.has("note_tweet")
                ? json.path("note_tweet").path("text").asText()
                : json.path("text").asText();
        assertThat(text).isEqualTo(post.text());
        assertThat(Instant.parse(json.path("created_at").asText())).isEqualTo(post.createdAt());
        assertThat(json.path("author_id").asText()).isEqualTo(post.author().id());
        assertThat(json.path("lang").asText()).isEqualTo(post.language());
        JsonNode entities =
            json.has("note_tweet")
                ? json.path("note_tweet").path("entities")
                : json.path("entities");
        assertThat(entities.path("hashtags")).hasSize(post.entities().hashtags().size());
        assertThat(entities.path("mentions")).hasSize(post.entities().mentions().size());
        assertThat(json.path("public_metrics").path("like_count").asLong())
            .isEqualTo(post.engagement().likes());
        Place place = post.place();
        assertThat(json.path("geo").has("place_id")).isEqualTo(place != null);
        if (place != null && place.precision() == Place.Precision.POINT) {
          points++;
          // Longitude first, as GeoJSON has it.
          assertThat(json.path("geo").path("coordinates").path("coordinates").get(0).asDouble())
              .isEqualTo(Objects.requireNonNull(place.point()).longitude());
        }
        notes += json.has("note_tweet") ? 1 : 0;
      }
    }
    assertThat(points).isPositive();
    assertThat(notes).isPositive();
  }

  @Test
  void sinceAndUntilAreExclusive() throws IOException {
    List<String> all = expected(post -> has(post, "kafka"));

    JsonNode between =
        search("kafka", "&max_results=100&since_id=" + all.get(9) + "&until_id=" + all.get(3))
            .json();

    assertThat(between.path("data"))
        .extracting(p -> p.path("id").asText())
        .isEqualTo(all.subList(4, 9));
    assertThat(between.path("meta").path("newest_id").asText()).isEqualTo(all.get(4));
    assertThat(between.path("meta").path("oldest_id").asText()).isEqualTo(all.get(8));
  }

  @Test
  void theSearchCoversSevenDays() throws IOException {
    clock.advance(Duration.ofDays(3));

    List<String> found = ids("spark");

    Instant edge = clock.instant().minus(Duration.ofDays(7));
    assertThat(found)
        .isNotEmpty()
        .allMatch(
            id ->
                !Objects.requireNonNull(COMMUNITY.post(id).orElseThrow().createdAt())
                    .isBefore(edge));
    clock.advance(Duration.ofDays(5));
    assertThat(search("spark", "").json().has("data")).isFalse();
  }

  @Test
  void everyIdAskedForHasAnOutcome() throws IOException {
    String deleted = COMMUNITY.deletedPostIds().iterator().next();
    String there = COMMUNITY.posts().findFirst().orElseThrow().id();

    JsonNode json =
        Http.authorised(sandbox.sandbox(), "/2/tweets?ids=" + there + "," + deleted).json();

    assertThat(json.path("data")).extracting(p -> p.path("id").asText()).containsExactly(there);
    assertThat(json.path("errors"))
        .singleElement()
        .satisfies(
            error -> {
              assertThat(error.path("resource_id").asText()).isEqualTo(deleted);
              assertThat(error.path("type").asText())
                  .isEqualTo("https://api.x.com/2/problems/resource-not-found");
            });
  }

  @Test
  void withoutTheTokenNothingIsTold() throws IOException {
    Http.Got none = Http.get(sandbox.sandbox(), SEARCH + "spark");
    Http.Got wrong = Http.get(sandbox.sandbox(), SEARCH + "spark", "Authorization", "Bearer x");

    assertThat(none.status()).isEqualTo(401);
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(none.json().path("title").asText()).isEqualTo("Unauthorized");
    assertThat(sandbox.sandbox().requests()).hasSize(2).allMatch(r -> r.status() == 401);
    assertThat(sandbox.sandbox().requests().toString()).doesNotContain("Bearer");
  }

  @Test
  void theHeadersTellWhatIsLeftAndMoreIsAViolation() throws IOException {
    String path = "/2/tweets?ids=1";
    Http.Got first = Http.authorised(sandbox.sandbox(), path);
    assertThat(first.number("x-rate-limit-limit")).isEqualTo(2);
    assertThat(first.number("x-rate-limit-remaining")).isEqualTo(1);
    assertThat(first.number("x-rate-limit-reset"))
        .isEqualTo(clock.instant().plusSeconds(900).getEpochSecond());
    Http.authorised(sandbox.sandbox(), path);
    assertThat(sandbox.sandbox().violations()).isEmpty();

    Http.Got third = Http.authorised(sandbox.sandbox(), path);

    assertThat(third.status()).isEqualTo(429);
    assertThat(third.json().path("type").asText())
        .isEqualTo("https://api.x.com/2/problems/rate-limit-exceeded");
    assertThat(third.header("retry-after")).isEmpty();
    assertThat(sandbox.sandbox().violations())
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.network()).isEqualTo(Network.X);
              assertThat(violation.rule())
                  .isEqualTo("more than 2 in PT15M for x:/2/tweets of sandbox");
            });

    clock.advance(Duration.ofMinutes(15));
    assertThat(Http.authorised(sandbox.sandbox(), path).status()).isEqualTo(200);
    assertThat(search("spark", "").status()).isEqualTo(200); // a window of its own
  }

  @Test
  void theServersTimeIsThatOfItsClock() throws IOException {
    clock.advance(Duration.ofHours(-7));

    assertThat(search("spark", "").header("date")).isEqualTo("Sun, 15 Nov 2026 05:00:00 GMT");
  }

  @Test
  void theNamesOfPostsCanBeTheNewOnes() throws IOException {
    try (Sandbox post = Sandbox.builder(COMMUNITY).clock(clock).xDialect(XDialect.POST).start()) {
      JsonNode json =
          Http.authorised(
                  post,
                  SEARCH + "spark+is:reply&post.fields=public_metrics&expansions=referenced_posts")
              .json();

      assertThat(json.path("includes").path("posts")).isNotEmpty();
      assertThat(json.path("data").get(0).has("edit_history_post_ids")).isTrue();
      assertThat(json.path("data").get(0).path("public_metrics").has("repost_count")).isTrue();
      assertThat(Http.authorised(post, SEARCH + "spark&tweet.fields=lang").status()).isEqualTo(400);
    }
  }

  @Test
  void repostsAreFoundOnlyIfTheSandboxIsToldSo() throws IOException {
    try (Sandbox before = Sandbox.builder(COMMUNITY).clock(clock).repostsInSearch().start()) {
      JsonNode json =
          Http.authorised(before, SEARCH + "spark+is:retweet&max_results=100" + ALL_FIELDS).json();

      assertThat(json.path("data"))
          .isNotEmpty()
          .allMatch(p -> p.path("text").asText().startsWith("RT @"))
          .allMatch(p -> p.path("text").asText().codePoints().count() <= 140)
          .allMatch(
              p -> "retweeted".equals(p.path("referenced_tweets").get(0).path("type").asText()));
    }
    assertThat(search("spark is:retweet", "").json().path("meta").path("result_count").asInt())
        .isZero();
  }
}
