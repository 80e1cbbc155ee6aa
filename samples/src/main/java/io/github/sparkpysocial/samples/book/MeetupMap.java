package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.meetup.MeetupClient;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.map.CityMap;
import io.github.sparkpysocial.viz.map.Venue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The meetings about features to come in London, on a map of the city, each with its group, time
 * and guests.
 */
public final class MeetupMap {
  private static final GeoPoint LONDON = new GeoPoint(51.5074, -0.1278);
  private static final double MILES = 20;

  private MeetupMap() {}

  /** Draws the map: {@code [FILE]}. */
  public static void main(String[] args) throws IOException {
    try (Sandbox sandbox = Sandbox.start(SandboxPosts.COMMUNITY)) {
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      CityMap map = draw(MeetupClient.open(options)); // .withTiles(MapTiles.openStreetMap())
      Exporters.write(map, Path.of(args.length == 0 ? "meetups.html" : args[0]));
    }
  }

  static CityMap draw(MeetupClient meetup) {
    List<Venue> venues = new ArrayList<>();
    try (Stream<Event> events = meetup.searchEvents("feature", LONDON, MILES)) {
      events
          .filter(event -> event.place() != null && event.place().point() != null)
          .forEach(event -> venues.add(venue(event)));
    }
    return CityMap.of("Where features are talked about in London", venues);
  }

  private static Venue venue(Event event) {
    return new Venue(
        Objects.requireNonNull(Objects.requireNonNull(event.place()).point()),
        Objects.requireNonNullElse(event.groupName(), ""),
        event.title(),
        event.startsAt(),
        ZoneId.of(Objects.requireNonNullElse(event.timezone(), "Europe/London")),
        event.attendees(),
        event.address(),
        event.url());
  }
}
