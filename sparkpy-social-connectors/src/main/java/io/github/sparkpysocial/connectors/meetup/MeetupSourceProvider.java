package io.github.sparkpysocial.connectors.meetup;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.SourceProvider;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens listings of Meetup, with the name of a group as it stands in its address:
 *
 * <ul>
 *   <li>{@code meetup:London-Machine-Learning-Meetup}: the group
 *   <li>{@code meetup:…/events?status=past&since=2026-01-01&until=2026-07-01}: its events, with who
 *       hosts them; {@code past}, {@code upcoming}, {@code cancelled} or, without the parameter,
 *       all three; those that start between two times
 *   <li>{@code meetup:…/members}: who belongs to it
 *   <li>{@code meetup:…/rsvps?status=past}: who answered the invitations to its events, with the
 *       same parameters
 *   <li>{@code meetup:…/members/ID/groups}: all groups that one of its members belongs to
 *   <li>{@code meetup:events?q=spark&lat=51.5&lon=-0.12&radius=20&start=&end=}: events of any group
 *       around a point; Meetup wants the first three parameters
 *   <li>{@code meetup:groups?q=spark&lat=51.5&lon=-0.12&radius=20}: groups around a point
 *   <li>{@code meetup:self/groups}: the groups of the owner of the token
 * </ul>
 *
 * <p>The OAuth access token is taken from {@code MEETUP_TOKEN}. With {@code MEETUP_CLIENT_ID},
 * {@code MEETUP_CLIENT_SECRET} and {@code MEETUP_REFRESH_TOKEN} it is fetched and renewed; Meetup
 * gives another refresh token each time, which is kept in the file {@code MEETUP_TOKEN_FILE}.
 */
public final class MeetupSourceProvider implements SourceProvider {
  private static final String NAME = "([\\p{L}\\p{N}][\\p{L}\\p{N}_-]*)";
  private static final Pattern LISTING = Pattern.compile(NAME + "(?:/(events|members|rsvps))?");
  private static final Pattern MEMBER_GROUPS =
      Pattern.compile(NAME + "/members/(\\d{1,18})/groups");
  private static final Set<String> SEARCH = Set.of("q", "lat", "lon", "radius", "endpoint");
  private static final String KNOWN =
      "Meetup has meetup:URLNAME,"
          + " meetup:URLNAME/{events,rsvps}?status=past|upcoming|cancelled&since=&until=,"
          + " meetup:URLNAME/members, meetup:URLNAME/members/ID/groups, meetup:self/groups,"
          + " meetup:events?q=&lat=&lon=&radius=&start=&end= and"
          + " meetup:groups?q=&lat=&lon=&radius=";

  /** Makes a provider; called by {@link java.util.ServiceLoader}. */
  public MeetupSourceProvider() {}

  @Override
  public String scheme() {
    return "meetup";
  }

  @Override
  public RecordSource open(PlaceUri uri, SourceOptions options) {
    switch (uri.location()) {
      case "events" -> {
        checkParameters(uri, union(SEARCH, "start", "end"));
        SearchArea area = SearchArea.of(uri);
        return new EventSearchSource(uri, options, MeetupApi.open(uri, options), area);
      }
      case "groups" -> {
        checkParameters(uri, SEARCH);
        SearchArea area = SearchArea.of(uri);
        return new GroupSearchSource(uri, options, MeetupApi.open(uri, options), area);
      }
      case "self/groups" -> {
        checkParameters(uri, Set.of("endpoint"));
        return new MemberGroupsSource(uri, options, MeetupApi.open(uri, options));
      }
      default -> {
        return ofGroup(uri, options);
      }
    }
  }

  private static RecordSource ofGroup(PlaceUri uri, SourceOptions options) {
    Matcher memberGroups = MEMBER_GROUPS.matcher(uri.location());
    if (memberGroups.matches()) {
      checkParameters(uri, Set.of("endpoint"));
      return new MemberGroupsSource(
          uri, options, MeetupApi.open(uri, options), memberGroups.group(1), memberGroups.group(2));
    }
    Matcher listing = LISTING.matcher(uri.location());
    if (!listing.matches()) {
      throw new IllegalArgumentException("There is no listing " + uri + "; " + KNOWN);
    }
    String urlname = listing.group(1);
    String what = listing.group(2) == null ? "" : listing.group(2);
    boolean ofEvents = what.equals("events") || what.equals("rsvps");
    checkParameters(
        uri, ofEvents ? Set.of("status", "since", "until", "endpoint") : Set.of("endpoint"));
    EventSelection selection = EventSelection.of(uri);
    MeetupApi api = MeetupApi.open(uri, options);
    return switch (what) {
      case "events" -> new EventsSource(uri, options, api, urlname, selection);
      case "members" -> new MembersSource(uri, options, api, urlname);
      case "rsvps" -> new RsvpsSource(uri, options, api, urlname, selection);
      default -> new GroupSource(uri, options, api, urlname);
    };
  }

  private static Set<String> union(Set<String> some, String... others) {
    Set<String> all = new HashSet<>(some);
    all.addAll(List.of(others));
    return all;
  }

  private static void checkParameters(PlaceUri uri, Set<String> known) {
    for (String name : uri.parameters().keySet()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException(
            "Unknown parameter '" + name + "' in " + uri + "; " + KNOWN);
      }
    }
  }
}
