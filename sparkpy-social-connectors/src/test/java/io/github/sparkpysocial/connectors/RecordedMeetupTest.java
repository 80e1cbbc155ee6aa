package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.sandbox.Recording;
import io.github.sparkpysocial.testkit.sandbox.RecordingServer;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Meetup's own answers, recorded by the meetupr project in October 2025. */
class RecordedMeetupTest {
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-22T12:00:00Z"));

  private Page fetch(String uri, String cassette) throws InterruptedException {
    return fetch(uri, cassette, PageRequest.FIRST);
  }

  /** Fetches a page from a server that plays the cassette; the queries of meetupr were others. */
  private Page fetch(String uri, String cassette, PageRequest request) throws InterruptedException {
    Recording recording =
        Recording.load(Recorded.data("meetup/meetupr_graphql_vcr").resolve(cassette));
    try (RecordingServer server =
        RecordingServer.builder(recording).matching(RecordingServer.Matching.PATH).start()) {
      Page page =
          Places.openSource(PlaceUri.parse(uri), new SourceOptions(server.environment(), clock))
              .fetch(request);
      assertThat(server.unmatched()).isEmpty();
      return page;
    }
  }

  private static <T> List<T> of(Class<T> type, Page page) {
    return page.records().stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void aGroup() throws InterruptedException {
    Page page = fetch("meetup:rladies-lagos", "get_group.yml");

    assertThat(page.rejected()).isEmpty();
    assertThat(of(Group.class, page))
        .singleElement()
        .satisfies(
            group -> {
              assertThat(group.id()).isEqualTo("32612004");
              assertThat(group.members()).isEqualTo(870);
              assertThat(group.timezone()).isEqualTo("Africa/Lagos");
              assertThat(group.createdAt()).isEqualTo(Instant.parse("2019-08-16T08:45:21Z"));
              assertThat(group.topics()).containsExactly("Technology");
              assertThat(group.organizer().id()).isEqualTo("251470805");
            });
  }

  @Test
  void pastEventsWithTheirLocalTimeAndVenue() throws InterruptedException {
    Page page = fetch("meetup:rladies-lagos/events?status=past", "get_events.yml");

    List<Event> events = of(Event.class, page);
    assertThat(page.rejected()).isEmpty();
    assertThat(page.isLast()).isTrue();
    assertThat(events).hasSize(13).allMatch(event -> event.status() == Event.Status.PAST);
    Event first = events.get(0);
    assertThat(first.id()).isEqualTo("264156061");
    assertThat(first.startsAt()).isEqualTo(Instant.parse("2019-09-21T08:00:00Z"));
    assertThat(first.startsAtText()).isEqualTo("2019-09-21T09:00:00+01:00");
    assertThat(first.endsAt()).isEqualTo(Instant.parse("2019-09-21T15:00:00Z"));
    assertThat(first.createdAt()).isEqualTo(Instant.parse("2019-08-20T11:54:50Z"));
    assertThat(first.groupId()).isEqualTo("32612004");
    assertThat(first.place()).isNotNull();
    assertThat(first.place().countryCode()).isEqualTo("NG");
    assertThat(events).filteredOn(event -> event.place() == null).isNotEmpty(); // online
  }

  @Test
  void membersWithTheirRoles() throws InterruptedException {
    Page page = fetch("meetup:rladies-lagos/members", "get_group_members.yml");

    assertThat(page.rejected()).isEmpty();
    assertThat(page.nextCursor()).isEqualTo("MTU2NjY2OTI0NTAwMDoyODgzNDk0Mjg=");
    assertThat(of(Account.class, page)).hasSize(20);
    assertThat(of(Interaction.class, page))
        .hasSize(20)
        .first()
        .satisfies(
            membership -> {
              assertThat(membership.type()).isEqualTo(Interaction.Type.MEMBERSHIP);
              assertThat(membership.status()).isEqualTo("ORGANIZER");
              assertThat(membership.createdAt()).isEqualTo(Instant.parse("2019-08-16T08:45:21Z"));
              assertThat(membership.targetName()).isEqualTo("R-Ladies Lagos");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "find_groups.yml, R-Ladies, 200, MjAw",
    "find_groups_correct.yml, R-Ladies, 10, MTA=",
    "find_groups_datetime.yml, JavaScript, 10, MTA=",
    "find_groups_limits.yml, Python, 10, MTA="
  })
  void groupsThatAreSearchedFor(String cassette, String query, int count, String next)
      throws InterruptedException {
    Page page = fetch("meetup:groups?lat=0&lon=0&radius=100000000&q=" + query, cassette);

    assertThat(page.rejected()).isEmpty();
    assertThat(of(Group.class, page)).hasSize(count).allMatch(group -> group.createdAt() != null);
    assertThat(page.nextCursor()).isEqualTo(next); // there may be none behind it
  }

  @Test
  void answersToAnInvitation() throws InterruptedException {
    String cursor = "{\"unfinished\":[{\"event\":\"103349942\",\"cursor\":\"MA==\"}]}";
    Page page =
        fetch("meetup:data-science-dc/rsvps", "get_event_rsvps.yml", PageRequest.FIRST.at(cursor));

    assertThat(page.rejected()).isEmpty();
    assertThat(page.isLast()).isTrue();
    assertThat(of(Interaction.class, page))
        .hasSize(92)
        .allMatch(rsvp -> rsvp.targetName() != null && rsvp.actor().id() != null);
  }
}
