package io.github.sparkpysocial.connectors.meetup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.testkit.sandbox.GraphQlCheck;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The queries are ones that Meetup's schema allows, as far as it is known here. */
class MeetupQueriesTest {

  @ParameterizedTest
  @EnumSource
  void theSandboxTakesIt(MeetupQuery query) {
    assertThat(GraphQlCheck.ofTheSandbox().problem(query.text())).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void meetupItselfTakesIt(MeetupQuery query) {
    assertThat(meetup().problem(query.text())).isNull();
  }

  @Test
  void theCheckFindsWhatIsWrong() {
    GraphQlCheck meetup = meetup();

    assertThat(meetup.problem("{groupByUrlname(urlname: \"a\") {upcomingEvents {count}}}"))
        .contains("'upcomingEvents' in type 'Group' is undefined");
    assertThat(meetup.problem("query a($q: String) {groupByUrlname(urlname: $q) {id}}"))
        .contains("takes 'String!'")
        .contains("declared as 'String'");
    assertThat(meetup.problem("{eventSearch(filter: {query: \"a\", lat: 1.0}) {totalCount}}"))
        .contains("missing the field 'lon'");
    assertThat(meetup.problem("query a($x: Int) {self {id}}")).contains("Unused variable 'x'");
    assertThat(
            meetup.problem(
                "query a($s: [RsvpStatus]) {groupByUrlname(urlname: \"a\")"
                    + " {events(filter: {status: $s}) {totalCount}}}"))
        .contains("takes '[EventStatus]'");
  }

  /** The points are estimated from the request alone. */
  @ParameterizedTest
  @EnumSource
  void itsCostIsKnownFromTheRequest(MeetupQuery query) {
    var body = MeetupApi.variables().put("query", query.text());

    assertThat(
            MeetupQuery.cost(
                HttpRequest.postJson(
                    URI.create("https://api.meetup.com/gql-ext"), body.toString())))
        .isEqualTo(query.points())
        .isBetween(1, 500);
  }

  private static GraphQlCheck meetup() {
    Path file =
        Path.of(System.getProperty("sparkpy.data", "../shared/data"))
            .resolve("meetup/introspection-2025-10.json.gz");
    assumeTrue(Files.exists(file), () -> "NOT RUN: Meetup's introspection is not there: " + file);
    return GraphQlCheck.ofIntrospection(file);
  }
}
