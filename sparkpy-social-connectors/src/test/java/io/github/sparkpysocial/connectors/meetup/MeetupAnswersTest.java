package io.github.sparkpysocial.connectors.meetup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.LimitWait;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the client makes of the shapes that Meetup's answers have been seen in. */
@NullUnmarked // what is unknown here would be a failure
class MeetupAnswersTest {
  private static final String GROUP =
      "{\"data\":{\"groupByUrlname\":{\"id\":\"1\",\"name\":\"A group\"}}}";

  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-22T12:00:00Z"));
  private final List<LimitWait> waits = new ArrayList<>();
  private final Deque<String> answers = new ArrayDeque<>();

  /** Answers in turn; {@code 503 {...}} is an answer of that status. */
  private Page fetch(String uri, String... scripted) throws InterruptedException {
    answers.addAll(List.of(scripted));
    Timing timing =
        new Timing() {
          @Override
          public Instant now() {
            return clock.instant();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            clock.sleep(duration);
          }
        };
    SourceOptions options =
        new SourceOptions(Map.of("MEETUP_TOKEN", "a-token-of-the-test"), clock)
            .withLimits(RateLimits.create(timing))
            .withListener(waits::add)
            .withTransport(
                request -> {
                  String answer = answers.remove();
                  boolean hasStatus = Character.isDigit(answer.charAt(0));
                  return HttpResponse.of(
                      request.uri(),
                      hasStatus ? Integer.parseInt(answer.substring(0, 3)) : 200,
                      Headers.NONE,
                      (hasStatus ? answer.substring(4) : answer).getBytes(StandardCharsets.UTF_8));
                });
    return Places.openSource(PlaceUri.parse(uri), options).fetch(PageRequest.FIRST);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"RATE_LIMITED\","
            + "\"resetAt\":\"2026-11-22T12:00:30Z\"}}],\"data\":null}|31",
        "{\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"RATE_LIMITED\","
            + "\"resetAt\":1795348830}}]}|31",
        "{\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"RATE_LIMITED\","
            + "\"resetAt\":\"1795348830000\"}}]}|31",
        "{\"errors\":[{\"message\":\"Too many requests\"}],\"data\":null}|60",
        "{\"errors\":[{\"code\":\"throttled\",\"message\":\"x\"}]}|60",
        "429 {\"errors\":[{\"code\":\"limit\",\"message\":\"x\"}]}|60",
        "429 nonsense|60",
        "{\"code\":\"RATE_LIMITED\",\"details\":\"x\",\"resetAt\":\"2026-11-22T14:00:30+02:00\"}|31"
      })
  void aLimitIsWaitedForAsLongAsItSays(String limited, int seconds) throws InterruptedException {
    assertThat(fetch("meetup:a-group", limited, GROUP).records()).hasSize(1);

    assertThat(waits)
        .extracting(wait -> wait.duration().toSeconds())
        .containsExactly((long) seconds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 {}",
        "400 nonsense",
        "400 {\"errors\":[{\"code\":\"bad_request\",\"message\":\"x\"}]}",
        "500 <html>",
        "503 {\"code\":\"gateway\",\"details\":\"timed out\"}"
      })
  void aFailureThatPassesIsAskedAgain(String failed) throws InterruptedException {
    assertThat(fetch("meetup:a-group", failed, failed, GROUP).records()).hasSize(1);
    assertThat(waits).hasSize(2).allMatch(wait -> wait.cause() == LimitWait.Cause.RETRY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401 {\"errors\":[{\"code\":\"auth_fail\",\"message\":\"no\"}]}|auth|refused the token"
            + " (401)",
        "{\"errors\":[{\"code\":\"auth_fail\",\"message\":\"no\"}]}|auth|refused the token (200)",
        "400 {\"error\":\"invalid_grant\"}|auth|refused the token (400)",
        "{\"error\":\"invalid_token\",\"error_description\":\"expired\"}|auth|expired",
        "{\"data\":{\"groupByUrlname\":null}}|query|no group 'a-group'",
        "{\"errors\":[{\"message\":\"Field x is undefined\",\"extensions\":"
            + "{\"classification\":\"ValidationError\"}}]}|query|Field x is undefined",
        "400 {\"errors\":[{\"message\":\"Field x is undefined\",\"extensions\":"
            + "{\"classification\":\"ValidationError\"}}]}|query|Field x is undefined",
        "{}|query|no reason given",
        "{\"data\":null,\"errors\":[{\"message\":\"broken\",\"path\":[\"x\"]}]}|query|broken",
        "503 {\"errors\":[{\"code\":\"x\",\"message\":\"deprecated, migrate to gql-ext\"}]}|"
            + "transport|given this address up",
        "404 {}|transport|is this Meetup's API",
        "307 {}|transport|is this Meetup's API",
        "nonsense|transport|no JSON"
      })
  void aRefusalSaysWhatToDo(String refused, String kind, String message) {
    Class<? extends SocialException> type =
        switch (kind) {
          case "auth" -> AuthenticationException.class;
          case "query" -> InvalidQueryException.class;
          default -> TransportException.class;
        };

    assertThatThrownBy(() -> fetch("meetup:a-group", refused))
        .isInstanceOf(type)
        .hasMessageContaining(message)
        .hasMessageNotContaining("a-token-of-the-test");
    assertThat(answers).isEmpty();
  }

  private static String events(String edges, String pageInfo, String errors) {
    return "{\"data\":{\"groupByUrlname\":{\"id\":\"1\",\"name\":\"A\",\"timezone\":\"Asia/Kolkata\","
        + "\"events\":{\"pageInfo\":"
        + pageInfo
        + ",\"edges\":["
        + edges
        + "]}}}"
        + errors
        + "}";
  }

  private static String edge(String id, String cursor, String more) {
    return "{\"cursor\":\""
        + cursor
        + "\",\"node\":{\"id\":\""
        + id
        + "\",\"title\":\"t\",\"status\":\"PAST\""
        + more
        + "}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"hasNextPage\":true,\"endCursor\":\"c\"}|c",
        "{\"hasNextPage\":false,\"endCursor\":\"c\"}|",
        "{\"hasNextPage\":true,\"endCursor\":null}|last",
        "{\"hasNextPage\":true,\"endCursor\":\"\"}|last",
        "null|"
      })
  void theEndIsFoundThoughTheAnswerLies(String pageInfo, String next) throws InterruptedException {
    Page page = fetch("meetup:a/events", events(edge("1", "last", ""), pageInfo, ""));

    assertThat(page.nextCursor()).isEqualTo(next);
  }

  @Test
  void anEmptyPageOrOneThatNamesItselfIsTheEnd() {
    var unchanged =
        io.github.sparkpysocial.connectors.internal.JsonDocument.of(
            "{\"pageInfo\":{\"hasNextPage\":true,\"endCursor\":\"c\"},\"edges\":[{}]}");
    var empty =
        io.github.sparkpysocial.connectors.internal.JsonDocument.of(
            "{\"pageInfo\":{\"hasNextPage\":true,\"endCursor\":null},\"edges\":[]}");

    assertThat(MeetupAnswer.next(unchanged.root(), "c")).isNull();
    assertThat(MeetupAnswer.next(unchanged.root(), "b")).isEqualTo("c");
    assertThat(MeetupAnswer.next(empty.root(), "c")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2019-09-21T09:00:00+01:00|2019-09-21T08:00:00Z",
        "2021-11-20T17:00+05:30|2021-11-20T11:30:00Z",
        "2021-11-20T17:00-05:00[US/Eastern]|2021-11-20T22:00:00Z",
        "2021-11-20T17:00:00.5-05:00[America/New_York]|2021-11-20T22:00:00.500Z",
        "1421440101000|2015-01-16T20:28:21Z",
        "2026-11-22T12:00:00Z|2026-11-22T12:00:00Z"
      })
  void allSpellingsOfATimeAreRead(String spelled, Instant expected) throws InterruptedException {
    Page page =
        fetch(
            "meetup:a/events",
            events(
                edge("1", "c", ",\"dateTime\":\"" + spelled + "\",\"duration\":\"PT1H30M\""),
                "null",
                ""));

    Event event = (Event) page.records().get(0);
    assertThat(event.startsAt()).isEqualTo(expected);
    assertThat(event.endsAt()).isEqualTo(expected.plus(Duration.ofMinutes(90)));
    assertThat(event.startsAtText()).isEqualTo(spelled);
  }

  /** GraphQL gives what it can and says in an error what it could not. */
  @Test
  void whatIsLeftOutOfAnAnswerIsSetAsideWithTheReason() throws InterruptedException {
    Page page =
        fetch(
            "meetup:a/events",
            events(
                edge("1", "c", "")
                    + ",{\"cursor\":\"d\",\"node\":null},"
                    + edge("3", "e", ",\"dateTime\":\"soon\""),
                "null",
                ",\"errors\":[{\"message\":\"event 2 is private\",\"path\":[\"x\",1]}]"));

    assertThat(page.records()).hasSize(1);
    assertThat(page.rejected())
        .extracting(rejected -> rejected.reason())
        .containsExactly(
            "Meetup left the item out: event 2 is private", "The field 'dateTime' is not a time");
    assertThat(new String(page.rejected().get(0).raw(), StandardCharsets.UTF_8))
        .contains("\"cursor\":\"d\"");
  }

  @Test
  void aListingThatIsLeftOutIsNotAnEmptyOne() {
    assertThatThrownBy(
            () ->
                fetch(
                    "meetup:a/members",
                    "{\"data\":{\"groupByUrlname\":{\"id\":\"1\",\"memberships\":null}},"
                        + "\"errors\":[{\"message\":\"timed out\"}]}"))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("left 'memberships' out of its answer: timed out");
  }

  @Test
  void answersThatArePrivateAreSetAsideAndTheOthersGoOn() throws InterruptedException {
    String answered =
        "{\"id\":\"8\",\"rsvps\":{\"edges\":[{\"node\":{\"id\":\"9\",\"status\":\"YES\","
            + "\"member\":{\"id\":\"4\"}}}]}}";
    Page page =
        fetch(
            "meetup:a/rsvps",
            "{\"data\":{\"groupByUrlname\":{\"id\":\"1\",\"events\":{\"edges\":["
                + "{\"node\":{\"id\":\"7\",\"rsvps\":null}},{\"node\":"
                + answered
                + "}]}}},\"errors\":[{\"message\":\"private\"}]}");

    assertThat(page.records()).extracting(record -> record.id()).containsExactly("9");
    assertThat(page.rejected()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "meetup:events?lat=1&lon=2|needs q, lat and lon",
        "meetup:events?q=&lat=1&lon=2|needs q, lat and lon",
        "meetup:groups?q=a&lon=2|needs q, lat and lon",
        "meetup:events?q=a&lat=north&lon=2|'lat' in",
        "meetup:events?q=a&lat=95&lon=2|95",
        "meetup:events?q=a&lat=1&lon=2&radius=-3|must be positive",
        "meetup:groups?q=a&lat=1&lon=2&start=2026-01-01|Unknown parameter 'start'",
        "meetup:a/events?status=soon|past, upcoming or cancelled",
        "meetup:a/events?since=yesterday|'since' in",
        "meetup:a/members?status=past|Unknown parameter 'status'",
        "meetup:a/photos|There is no listing"
      })
  void aWrongPlaceIsRefusedBeforeAnythingIsAsked(String uri, String message) {
    assertThatThrownBy(() -> fetch(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void withoutCredentialsItSaysWhichToSet() {
    assertThatThrownBy(
            () -> Places.openSource(PlaceUri.parse("meetup:a"), new SourceOptions(Map.of(), clock)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("MEETUP_TOKEN")
        .hasMessageContaining("MEETUP_REFRESH_TOKEN");
    assertThatThrownBy(
            () ->
                Places.openSource(
                    PlaceUri.parse("meetup:a"),
                    new SourceOptions(Map.of("MEETUP_REFRESH_TOKEN", "r3fresh"), clock)))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("MEETUP_CLIENT_ID");
  }
}
