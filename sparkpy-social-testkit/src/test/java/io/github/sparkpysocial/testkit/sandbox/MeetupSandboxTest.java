package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeetupSandboxTest {
  private static final Community COMMUNITY = Community.builder().posts(10).build();
  private static final Group GROUP = COMMUNITY.groups().get(0);

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());

  @RegisterExtension
  final SandboxExtension sandbox =
      SandboxExtension.perTest(
          Sandbox.builder(COMMUNITY)
              .clock(clock)
              .limits(Limits.ofTheNetworks().withMeetupPoints(40)));

  private JsonNode ask(String query, Map<String, Object> variables) throws IOException {
    ObjectNode body = Json.object();
    body.put("query", query);
    ObjectNode given = body.putObject("variables");
    variables.forEach((name, value) -> given.set(name, Json.scalar(value)));
    Http.Got got = Http.graphQl(sandbox.sandbox(), body.toString());
    assertThat(got.status()).isEqualTo(200);
    return got.json();
  }

  private JsonNode ask(String query) throws IOException {
    return ask(query, Map.of("urlname", String.valueOf(GROUP.handle())));
  }

  @Test
  void aGroupAnswersWithTheFieldsAskedForUnderTheNamesGiven() throws IOException {
    JsonNode data =
        ask("""
                query ($urlname: String!) {
                  ours: groupByUrlname(urlname: $urlname) {
                    __typename id called: name lat lon timezone country
                    stats { memberCounts { all } }
                    organizer { ...who }
                  }
                  none: groupByUrlname(urlname: "Nobody-Here") { id }
                }
                fragment who on Member { id name }
                """)
            .path("data");

    JsonNode ours = data.path("ours");
    assertThat(ours.fieldNames())
        .toIterable()
        .containsExactly(
            "__typename",
            "id",
            "called",
            "lat",
            "lon",
            "timezone",
            "country",
            "stats",
            "organizer");
    assertThat(ours.path("called").asText()).isEqualTo(GROUP.name());
    assertThat(ours.path("stats").path("memberCounts").path("all").asLong())
        .isEqualTo(GROUP.members());
    assertThat(ours.path("organizer").path("id").asText()).isEqualTo(GROUP.organizer().id());
    assertThat(ours.path("country").asText()).hasSize(2).isLowerCase();
    assertThat(data.get("none").isNull()).isTrue();
  }

  @Test
  void pagingGivesEachEventOnceAndLiesOnTheLastPage() throws IOException {
    String query =
        """
        query ($urlname: String!, $first: Int = 3, $after: String) {
          groupByUrlname(urlname: $urlname) {
            events(first: $first, after: $after, filter: {status: [PAST]}) {
              totalCount
              pageInfo { hasNextPage endCursor }
              edges { node { id title dateTime endTime duration status eventType
                eventHosts { memberId name }
                venues { name lat lon country }
                group { id } } }
            }
          }
        }
        """;
    List<Event> past =
        COMMUNITY.events().stream()
            .filter(e -> GROUP.id().equals(e.groupId()) && e.status() == Event.Status.PAST)
            .toList();
    List<JsonNode> nodes = new ArrayList<>();
    boolean more = true;
    int pages = 0;
    Map<String, Object> variables =
        new HashMap<>(Map.of("urlname", String.valueOf(GROUP.handle())));
    if (past.size() % 3 != 0) {
      variables.put("first", (long) past.size());
    }
    while (more) {
      JsonNode events = ask(query, variables).path("data").path("groupByUrlname").path("events");
      assertThat(events.path("totalCount").asInt()).isEqualTo(past.size());
      events.path("edges").forEach(edge -> nodes.add(edge.path("node")));
      more = events.path("pageInfo").path("hasNextPage").asBoolean();
      variables.put("after", events.path("pageInfo").path("endCursor").asText());
      pages++;
    }

    assertThat(nodes)
        .extracting(node -> node.path("id").asText())
        .isEqualTo(past.stream().map(Event::id).toList());
    // One page more than needed, since the last full one claims that there is another.
    assertThat(pages).isEqualTo(past.size() % 3 == 0 ? past.size() / 3 + 1 : 2);
    for (JsonNode node : nodes) {
      Event event =
          past.stream()
              .filter(e -> e.id().equals(node.path("id").asText()))
              .findFirst()
              .orElseThrow();
      assertThat(node.path("dateTime").asText()).isEqualTo(event.startsAtText());
      assertThat(OffsetDateTime.parse(node.path("endTime").asText()).toInstant())
          .isEqualTo(event.endsAt());
      assertThat(Duration.parse(node.path("duration").asText()))
          .isEqualTo(Duration.between(event.startsAt(), event.endsAt()));
      assertThat(node.path("eventHosts")).hasSize(event.hosts().size());
      assertThat(node.path("venues")).hasSize(event.place() == null ? 0 : 1);
    }
  }

  @Test
  void membersAndAnswersAreThoseOfTheCommunity() throws IOException {
    JsonNode memberships =
        ask("""
                query ($urlname: String!) { groupByUrlname(urlname: $urlname) {
                  memberships(first: 1000) { totalCount
                    edges { node { id name } metadata { role joinTime } } } } }
                """)
            .path("data")
            .path("groupByUrlname")
            .path("memberships");
    assertThat(memberships.path("edges"))
        .extracting(edge -> edge.path("node").path("id").asText())
        .isEqualTo(COMMUNITY.membershipsOf(GROUP.id()).stream().map(m -> m.actor().id()).toList());
    assertThat(memberships.path("edges"))
        .anyMatch(edge -> edge.path("metadata").path("role").asText().equals("ORGANIZER"));

    Event event =
        COMMUNITY.events().stream()
            .filter(e -> COMMUNITY.rsvpsTo(e.id()).size() > 5)
            .findFirst()
            .orElseThrow();
    JsonNode rsvps =
        ask(
                "query ($id: ID!) { event(id: $id) { rsvps(first: 1000) { yesCount totalCount"
                    + " edges { node { id status guestsCount member { id } } } } } }",
                Map.of("id", event.id()))
            .path("data")
            .path("event")
            .path("rsvps");
    assertThat(rsvps.path("yesCount").asLong()).isEqualTo(event.attendees());
    assertThat(rsvps.path("edges"))
        .extracting(edge -> edge.path("node").path("id").asText())
        .isEqualTo(COMMUNITY.rsvpsTo(event.id()).stream().map(Interaction::id).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{groupByUrlname(urlname: \"x\") {upcomingEvents {count}}}|"
            + "Field 'upcomingEvents' in type 'Group' is undefined",
        "{groupByUrlname(urlname: \"x\")}|Subselection required",
        "{groupByUrlname(urlname: \"x\") {id {x}}}|Subselection not allowed",
        "{groupByUrlname {id}}|Missing field argument 'urlname'",
        "{groupByUrlname(name: \"x\") {id}}|Unknown field argument 'name'",
        "query ($u: String!) {groupByUrlname(urlname: $u) {id}}|coerced Null value for NonNull",
        "{groupByUrlname(urlname: $v) {id}}|Undefined variable 'v'",
        "{groupByUrlname(urlname: \"x\") {events(filter: {status: SOON}) {totalCount}}}|"
            + "not a valid 'EventStatus'",
        "{groupByUrlname(urlname: \"x\") {events(filter: {colour: 1}) {totalCount}}}|"
            + "not in 'GroupEventFilter'",
        "{groupByUrlname(urlname: \"x\") {events(first: \"3\") {totalCount}}}|not a valid 'Int'",
        "{groupByUrlname(urlname: \"x\") {...gone}}|fragment 'gone'",
        "{groupByUrlname(urlname: \"x\") {id}|Invalid syntax",
        "{}|Invalid syntax",
        "mutation {x}|Invalid syntax"
      })
  void aQueryThatTheSchemaDoesNotAllowIsRefusedInTheBody(String query, String message)
      throws IOException {
    JsonNode answer = ask(query, Map.of());

    assertThat(answer.has("data")).isFalse();
    assertThat(answer.path("errors").get(0).path("message").asText()).contains(message);
    assertThat(answer.path("errors").get(0).path("extensions").has("classification")).isTrue();
  }

  @Test
  void variablesAsTextAreOfTheOldApi() throws IOException {
    Http.Got got =
        Http.graphQl(sandbox.sandbox(), "{\"query\":\"{event(id: 1) {id}}\",\"variables\":\"{}\"}");

    assertThat(got.json().path("errors").get(0).path("message").asText()).contains("object");
    assertThat(Http.graphQl(sandbox.sandbox(), "nonsense").json().has("errors")).isTrue();
  }

  @Test
  void directivesIncludeAndSkip() throws IOException {
    JsonNode group =
        ask("query ($urlname: String!, $yes: Boolean = true) {"
                + " groupByUrlname(urlname: $urlname) { id @include(if: $yes)"
                + " name @skip(if: $yes) ... on Group @include(if: false) { lat } } }")
            .path("data")
            .path("groupByUrlname");

    assertThat(group.fieldNames()).toIterable().containsExactly("id");
  }

  @Test
  void theBudgetIsToldInTheBodyAlone() throws IOException {
    String query =
        "query ($urlname: String!) { groupByUrlname(urlname: $urlname) {"
            + " events { edges { node { rsvps { totalCount } } } } } }";
    for (int i = 0; i < 20; i++) {
      assertThat(ask(query).has("data")).isTrue(); // two connections, two points
    }
    assertThat(sandbox.sandbox().violations()).isEmpty();

    JsonNode over = ask(query);

    JsonNode extensions = over.path("errors").get(0).path("extensions");
    assertThat(extensions.path("code").asText()).isEqualTo("RATE_LIMITED");
    assertThat(over.get("data").isNull()).isTrue();
    assertThat(sandbox.sandbox().violations()).hasSize(1);
    clock.set(Instant.parse(extensions.path("resetAt").asText()));
    assertThat(ask(query).path("errors").isMissingNode()).isTrue();
  }

  @Test
  void withoutTheTokenAndAtTheOldAddressNothingIsTold() throws IOException {
    Http.Got none = Http.get(sandbox.sandbox(), "/gql-ext");

    assertThat(none.status()).isEqualTo(401);
    assertThat(none.json().path("errors").get(0).path("code").asText()).isEqualTo("auth_fail");
    assertThat(Http.authorised(sandbox.sandbox(), "/gql").status()).isEqualTo(503);
  }

  @Test
  void theSchemaIsAPartOfMeetups() throws IOException {
    Path file =
        Path.of(System.getProperty("sparkpy.data", ""), "meetup/introspection-2025-10.json.gz");
    assumeTrue(Files.exists(file), "Not run: Meetup's introspection is not at " + file);
    JsonNode types;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      JsonNode whole = Objects.requireNonNull(Json.parse(in.readAllBytes()));
      types = whole.findValue("types");
    }
    Map<String, Map<String, String>> theirs = new HashMap<>();
    for (JsonNode type : types) {
      Map<String, String> fields = new HashMap<>();
      for (JsonNode field : type.path("fields")) {
        fields.put(field.path("name").asText(), spelled(field.path("type")));
        for (JsonNode argument : field.path("args")) {
          fields.put(
              field.path("name").asText() + '/' + argument.path("name").asText(),
              spelled(argument.path("type")));
        }
      }
      theirs.put(type.path("name").asText(), fields);
    }

    GraphQlSchema.load("meetup.graphqls")
        .objects()
        .forEach(
            (type, fields) ->
                fields.forEach(
                    (name, field) -> {
                      Map<String, String> known = theirs.getOrDefault(type, Map.of());
                      assertThat(known.get(name)).as(type + "." + name).isEqualTo(field.type());
                      field
                          .arguments()
                          .forEach(
                              (argument, argumentType) ->
                                  assertThat(known.get(name + '/' + argument))
                                      .as(type + "." + name + "." + argument)
                                      .isEqualTo(argumentType));
                    }));
  }

  private static String spelled(JsonNode type) {
    return switch (type.path("kind").asText()) {
      case "NON_NULL" -> spelled(type.path("ofType")) + '!';
      case "LIST" -> '[' + spelled(type.path("ofType")) + ']';
      default -> type.path("name").asText();
    };
  }
}
