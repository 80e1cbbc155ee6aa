package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault as a plain client of HTTP meets it. */
class FaultOnTheWireTest {
  private static final Community COMMUNITY = Community.builder().posts(400).people(40).build();
  private static final String REPOSITORY = "/repos/sparkling-labs/lantern";
  private static final String SEARCH = "/2/tweets/search/recent?query=spark&max_results=10";

  private final SettableClock clock = SettableClock.at(COMMUNITY.now().plusMillis(250));

  @RegisterExtension
  final SandboxExtension extension =
      SandboxExtension.perTest(Sandbox.builder(COMMUNITY).clock(clock));

  private Http.Got ask(String path, Fault... faults) throws IOException {
    extension.sandbox().next("/", faults);
    return Http.authorised(extension.sandbox(), path);
  }

  private static Instant date(String header) {
    return ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
  }

  @Test
  void retryAfterAsADateIsNeverTooEarly() throws IOException {
    Http.Got got = ask(REPOSITORY, Fault.rateLimitedUntil(Duration.ofSeconds(30)));

    assertThat(got.status()).isEqualTo(429);
    assertThat(date(got.header("retry-after")))
        .isEqualTo(COMMUNITY.now().plusSeconds(31)); // 30.25 s, rounded up
    clock.set(date(got.header("retry-after")));
    assertThat(Http.authorised(extension.sandbox(), REPOSITORY).status()).isEqualTo(200);
    assertThat(extension.sandbox().violations()).isEmpty();
  }

  @Test
  void aUsedUpQuotaSaysWhenItsWindowEndsAndNothingElse() throws IOException {
    Http.Got x = ask(SEARCH, Fault.quotaUsedUp(Duration.ofSeconds(40)));
    Http.Got gitHub = ask(REPOSITORY, Fault.quotaUsedUp(Duration.ofSeconds(50)));

    assertThat(x.status()).isEqualTo(429);
    assertThat(x.number("x-rate-limit-remaining")).isZero();
    assertThat(x.number("x-rate-limit-reset"))
        .isEqualTo(COMMUNITY.now().plusSeconds(41).getEpochSecond());
    assertThat(x.header("retry-after")).isEmpty();
    assertThat(gitHub.number("x-ratelimit-remaining")).isZero();
    assertThat(gitHub.number("x-ratelimit-reset"))
        .isEqualTo(COMMUNITY.now().plusSeconds(51).getEpochSecond());
    assertThat(gitHub.json().path("message").asText()).startsWith("API rate limit exceeded");
  }

  @Test
  void aBareLimitHasNoHeaderThatSpeaksOfIt() throws IOException {
    for (String path : List.of(SEARCH, REPOSITORY)) {
      Http.Got got = ask(path, Fault.rateLimitedWithoutHeaders());

      assertThat(got.status()).isEqualTo(429);
      assertThat(got.response().headers().map().keySet())
          .noneMatch(name -> name.contains("limit") || name.contains("retry"))
          .doesNotContain("date");
    }
    clock.advance(Duration.ofSeconds(60));
    assertThat(Http.authorised(extension.sandbox(), SEARCH).status()).isEqualTo(200);
    assertThat(extension.sandbox().violations()).isEmpty();
  }

  @Test
  void gitHubNamesWhoLimits() throws IOException {
    Http.Got got = ask(REPOSITORY, Fault.limitedBy());

    assertThat(got.status()).isEqualTo(403);
    assertThat(got.header("gh-limited-by")).isNotEmpty();
    assertThat(got.header("retry-after")).isEmpty();
  }

  @Test
  void graphQlSaysItsLimitInTheBody() throws IOException {
    extension.sandbox().next("/gql-ext", Fault.graphQlLimited(Duration.ofSeconds(9)));

    Http.Got got = Http.graphQl(extension.sandbox(), "{}");

    assertThat(got.status()).isEqualTo(200);
    assertThat(got.json().path("errors").get(0).path("extensions").path("code").asText())
        .isEqualTo("RATE_LIMITED");
  }

  @Test
  void anExpiredTokenIsRefused() throws IOException {
    assertThat(ask(SEARCH, Fault.expiredToken()).status()).isEqualTo(401);
    assertThat(Http.authorised(extension.sandbox(), SEARCH).status()).isEqualTo(200);
  }

  @Test
  void whoTakesItsTokenToAnotherHostIsNoted() throws IOException {
    Http.Got got = ask(REPOSITORY + "/stargazers?page=2", Fault.redirectElsewhere());
    String there = got.header("location");
    assertThat(got.status()).isEqualTo(307);
    assertThat(there).startsWith("http://localhost:").contains("/elsewhere/github/repos/");

    assertThat(Http.get(extension.sandbox(), there).response().body()).startsWith("<!doctype");
    assertThat(extension.sandbox().violations()).isEmpty();

    Http.authorised(extension.sandbox(), there);
    assertThat(extension.sandbox().violations())
        .singleElement()
        .satisfies(v -> assertThat(v.rule()).contains("another host"));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, -40})
  void aWrongLengthIsFoundOut(int bytes) throws IOException {
    byte[] good =
        Http.authorised(extension.sandbox(), REPOSITORY)
            .response()
            .body()
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    if (bytes > 0) {
      assertThatThrownBy(() -> ask(REPOSITORY, Fault.wrongLength(bytes)))
          .isInstanceOf(IOException.class);
    } else {
      Http.Got cut = ask(REPOSITORY, Fault.wrongLength(bytes));
      assertThat(cut.number("content-length")).isEqualTo(good.length + bytes);
      assertThat(cut.json()).isEmpty(); // it ends within the JSON
    }
    assertThat(Http.authorised(extension.sandbox(), REPOSITORY).status()).isEqualTo(200);
  }

  @Test
  void aSlowBodyIsWholeInTheEnd() throws IOException {
    Http.Got got = ask(REPOSITORY, Fault.slowBody(20, Duration.ofMillis(1)));

    assertThat(got.json().path("full_name").asText()).isEqualTo("sparkling-labs/lantern");
  }

  @Test
  void aStalledBodyNeverEndsUntilTheClientHangsUp() throws Exception {
    extension.sandbox().next("/", Fault.stallBody());
    HttpClient client = HttpClient.newHttpClient();
    CompletableFuture<HttpResponse<String>> pending =
        client.sendAsync(
            HttpRequest.newBuilder(URI.create(extension.uri() + REPOSITORY)).build(),
            HttpResponse.BodyHandlers.ofString());

    assertThatThrownBy(() -> pending.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    pending.cancel(true);
    assertThat(Http.authorised(extension.sandbox(), REPOSITORY).status()).isEqualTo(200);
  }

  @Test
  void aWrongClockTellsWrongTimesThatFitTogether() throws IOException {
    Http.Got right = ask(SEARCH);
    Http.Got wrong = ask(SEARCH, Fault.wrongDate(Duration.ofHours(-6)));
    Http.Got none = ask(SEARCH, Fault.withoutDate());

    assertThat(date(wrong.header("date")))
        .isEqualTo(date(right.header("date")).minus(Duration.ofHours(6)));
    assertThat(wrong.number("x-rate-limit-reset"))
        .isEqualTo(right.number("x-rate-limit-reset") - 6 * 3600);
    assertThat(none.status()).isEqualTo(200);
    assertThat(none.header("date")).isEmpty();
  }

  @Test
  void fieldsAreMissingRenamedOrOfAnotherType() throws IOException {
    JsonNode good = ask(REPOSITORY).json();
    JsonNode missing = ask(REPOSITORY, Fault.missingField("id")).json();
    JsonNode renamed = ask(REPOSITORY, Fault.renamedField("id", "number")).json();
    JsonNode retyped = ask(REPOSITORY, Fault.changedType("owner")).json();
    JsonNode wrapped = ask(REPOSITORY, Fault.changedType("id")).json();

    assertThat(good.path("id").isIntegralNumber()).isTrue();
    assertThat(missing.has("id")).isFalse();
    assertThat(missing.path("owner").has("id")).isFalse();
    assertThat(renamed.has("id")).isFalse();
    assertThat(renamed.get("number")).isEqualTo(good.get("id"));
    assertThat(retyped.path("owner").isTextual()).isTrue();
    assertThat(wrapped.path("id").get("value")).isEqualTo(good.get("id"));
  }

  @Test
  void aPageHasItemsTwiceOrOutOfOrder() throws IOException {
    List<String> good = ids(ask(SEARCH).json());
    List<String> twice = ids(ask(SEARCH, Fault.duplicateItems()).json());
    List<String> shuffled = ids(ask(SEARCH, Fault.shuffledItems()).json());

    assertThat(twice).hasSize(2 * good.size());
    assertThat(new java.util.LinkedHashSet<>(twice)).containsExactlyElementsOf(good);
    assertThat(shuffled).containsExactlyInAnyOrderElementsOf(good).isNotEqualTo(good);
  }

  @Test
  void aPageRepeatsTheOneBefore() throws IOException {
    JsonNode first = ask(SEARCH).json();
    String next = first.path("meta").path("next_token").asText();
    JsonNode second = ask(SEARCH + "&next_token=" + next).json();
    JsonNode overlapping = ask(SEARCH + "&next_token=" + next, Fault.repeatedPage()).json();
    JsonNode other = ask(SEARCH.replace("query=spark", "query=jobs"), Fault.repeatedPage()).json();

    List<String> both = new ArrayList<>(ids(second));
    both.addAll(ids(second)); // the page before in time was this very one
    assertThat(ids(overlapping)).isEqualTo(both);
    assertThat(overlapping.path("meta")).isEqualTo(second.path("meta"));
    assertThat(ids(other)).doesNotHaveDuplicates(); // another listing
  }

  private static List<String> ids(JsonNode body) {
    List<String> ids = new ArrayList<>();
    body.path("data").forEach(item -> ids.add(item.path("id").asText()));
    return ids;
  }
}
