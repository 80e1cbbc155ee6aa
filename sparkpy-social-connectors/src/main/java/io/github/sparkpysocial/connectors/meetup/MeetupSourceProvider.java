package io.github.sparkpysocial.connectors.meetup;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.SourceProvider;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens listings of Meetup, with the name of a group as it stands in its address:
 *
 * <ul>
 *   <li>{@code meetup:London-Machine-Learning-Meetup}: the group
 *   <li>{@code meetup:…/events?status=past}: its events, with who hosts them; {@code past}, {@code
 *       upcoming} or, without the parameter, all
 *   <li>{@code meetup:…/members}: who belongs to it
 *   <li>{@code meetup:…/rsvps?status=past}: who answered the invitations to its events
 * </ul>
 *
 * <p>The OAuth access token is taken from {@code MEETUP_TOKEN}.
 */
public final class MeetupSourceProvider implements SourceProvider {
  private static final Pattern LISTING =
      Pattern.compile("([\\p{L}\\p{N}][\\p{L}\\p{N}_-]*)(?:/(events|members|rsvps))?");
  private static final String KNOWN =
      "Meetup has meetup:URLNAME and"
          + " meetup:URLNAME/{events?status=past|upcoming,members,rsvps?status=past|upcoming}";

  /** Makes a provider; called by {@link java.util.ServiceLoader}. */
  public MeetupSourceProvider() {}

  @Override
  public String scheme() {
    return "meetup";
  }

  @Override
  public RecordSource open(PlaceUri uri, SourceOptions options) {
    Matcher listing = LISTING.matcher(uri.location());
    if (!listing.matches()) {
      throw new IllegalArgumentException("There is no listing " + uri + "; " + KNOWN);
    }
    String urlname = listing.group(1);
    String what = listing.group(2) == null ? "" : listing.group(2);
    boolean hasStatus = what.equals("events") || what.equals("rsvps");
    checkParameters(uri, hasStatus ? Set.of("status", "endpoint") : Set.of("endpoint"));
    EventStatuses statuses = EventStatuses.of(uri);
    return switch (what) {
      case "events" ->
          new EventsSource(
              uri, options, MeetupApi.open(uri, options, EventsSource.POINTS), urlname, statuses);
      case "members" ->
          new MembersSource(
              uri, options, MeetupApi.open(uri, options, MembersSource.POINTS), urlname);
      case "rsvps" ->
          new RsvpsSource(
              uri, options, MeetupApi.open(uri, options, RsvpsSource.POINTS), urlname, statuses);
      default ->
          new GroupSource(uri, options, MeetupApi.open(uri, options, GroupSource.POINTS), urlname);
    };
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
