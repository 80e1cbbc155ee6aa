package io.github.sparkpysocial.connectors.meetup;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Meetup as typed records, for code that wants neither a store nor a ledger. Streams are lazy: each
 * page is asked for when the stream gets there, as fast as Meetup's limits allow, and reading one
 * again asks again. An item that cannot be read is left out of a stream; a {@code Harvest} of the
 * same listing sets it aside instead.
 *
 * <pre>{@code
 * MeetupClient meetup = MeetupClient.open(SourceOptions.fromEnvironment());
 * try (Stream<Event> events = meetup.events("London-Machine-Learning-Meetup", EventState.PAST)) {
 *   events.limit(10).forEach(event -> System.out.println(event.title()));
 * }
 * }</pre>
 *
 * <p>Streams fail with {@link java.util.concurrent.CancellationException} if their thread is
 * interrupted, and with a {@link io.github.sparkpysocial.SocialException} if Meetup refuses.
 * Thread-safe.
 */
public final class MeetupClient {
  private final SourceOptions options;

  private MeetupClient(SourceOptions options) {
    this.options = Objects.requireNonNull(options, "options");
  }

  /** The state of an event. */
  public enum EventState {
    /** To come. */
    UPCOMING,
    /** Over. */
    PAST,
    /** Does not take place. */
    CANCELLED
  }

  /** Returns a client; makes no request. {@link MeetupSourceProvider} tells its credentials. */
  public static MeetupClient open(SourceOptions options) {
    return new MeetupClient(options);
  }

  /**
   * Returns a group.
   *
   * @param urlname its name as it stands in its address
   * @throws io.github.sparkpysocial.InvalidQueryException if there is none of this name
   */
  public Group group(String urlname) {
    try (Stream<Group> groups = records(Query.encode(urlname), Group.class)) {
      return groups.findFirst().orElseThrow(() -> new IllegalStateException("No group came"));
    }
  }

  /** Returns all events of a group but drafts. */
  public Stream<Event> events(String urlname) {
    return records(Query.encode(urlname) + "/events", Event.class);
  }

  /** Returns the events of a group that are in a state. */
  public Stream<Event> events(String urlname, EventState state) {
    String status = state.name().toLowerCase(Locale.ROOT);
    return records(Query.encode(urlname) + "/events?status=" + status, Event.class);
  }

  /** Returns who belongs to a group. */
  public Stream<Interaction> members(String urlname) {
    return records(Query.encode(urlname) + "/members", Interaction.class);
  }

  /** Returns the answers to the invitations to all events of a group. */
  public Stream<Interaction> rsvps(String urlname) {
    return records(Query.encode(urlname) + "/rsvps", Interaction.class);
  }

  /** Returns the groups that a member of a group belongs to. */
  public Stream<Group> groupsOf(String urlname, String memberId) {
    return records(
        Query.encode(urlname) + "/members/" + Query.encode(memberId) + "/groups", Group.class);
  }

  /** Returns the groups of the owner of the token. */
  public Stream<Group> ownGroups() {
    return records("self/groups", Group.class);
  }

  /** Returns the events to come around a point, the first to start first. */
  public Stream<Event> searchEvents(String query, GeoPoint centre, double radiusMiles) {
    return records("events" + area(query, centre, radiusMiles), Event.class);
  }

  /** Returns the groups around a point. */
  public Stream<Group> searchGroups(String query, GeoPoint centre, double radiusMiles) {
    return records("groups" + area(query, centre, radiusMiles), Group.class);
  }

  private static String area(String query, GeoPoint centre, double radiusMiles) {
    return "?q="
        + Query.encode(query)
        + "&lat="
        + centre.latitude()
        + "&lon="
        + centre.longitude()
        + "&radius="
        + radiusMiles;
  }

  private <T extends SocialRecord> Stream<T> records(String listing, Class<T> type) {
    RecordSource source =
        new MeetupSourceProvider().open(PlaceUri.parse("meetup:" + listing), options);
    return source.records().filter(type::isInstance).map(type::cast).onClose(source::close);
  }
}
