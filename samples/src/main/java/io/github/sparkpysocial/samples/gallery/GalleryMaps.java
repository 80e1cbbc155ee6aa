package io.github.sparkpysocial.samples.gallery;

import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.map.CityMap;
import io.github.sparkpysocial.viz.map.CountryValue;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.Venue;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The maps and the network of the gallery. */
final class GalleryMaps {
  private final Community community;
  private final List<Post> posts;

  GalleryMaps(Community community, List<Post> posts) {
    this.community = community;
    this.posts = posts;
  }

  Map<String, Figure> all() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put("world", world());
    figures.put("city", city());
    figures.put("network", network());
    return figures;
  }

  private WorldMap world() {
    // gallery: world
    List<MapPoint> points = new ArrayList<>();
    Map<String, Integer> perCountry = new TreeMap<>();
    for (Post post : posts) {
      Place place = post.place();
      GeoPoint point = place == null ? null : place.point();
      if (place != null && point != null) {
        String who = post.author().label();
        Instant at = post.createdAt();
        points.add(
            new MapPoint(point, place.precision(), who, post.text(), at, place.name(), post.url()));
        if (place.countryCode() != null) {
          perCountry.merge(place.countryCode(), 1, Integer::sum);
        }
      }
    }
    List<CountryValue> countries =
        perCountry.entrySet().stream()
            .map(country -> CountryValue.of(country.getKey(), country.getValue()))
            .toList();
    return WorldMap.of("Where people write", points).withCountries("posts", countries);
    // end
  }

  private CityMap city() {
    // gallery: city
    List<Venue> venues = new ArrayList<>();
    for (Event event : community.events()) {
      GeoPoint point = event.place() == null ? null : event.place().point();
      if (point != null && event.startsAt() != null && event.timezone() != null) {
        venues.add(
            new Venue(
                point,
                String.valueOf(event.groupName()),
                event.title(),
                event.startsAt(),
                ZoneId.of(event.timezone()),
                event.attendees(),
                event.address(),
                event.url()));
      }
    }
    return CityMap.of("Where people meet in London", near(venues, new GeoPoint(51.5, -0.1)));
    // end
  }

  private static List<Venue> near(List<Venue> venues, GeoPoint middle) {
    return venues.stream()
        .filter(venue -> Math.abs(venue.point().latitude() - middle.latitude()) < 0.3)
        .filter(venue -> Math.abs(venue.point().longitude() - middle.longitude()) < 0.5)
        .toList();
  }

  private NetworkGraph network() {
    // gallery: network
    NetworkGraph.Builder graph = NetworkGraph.builder("Who stars which repository");
    for (Repository repository : community.repositories()) {
      List<Interaction> stars = community.starsOf(repository.id());
      String name = repository.fullName();
      graph.node(NetworkNode.of(name, "repository").withWeight(stars.size()));
      for (Interaction star : stars.subList(0, Math.min(25, stars.size()))) {
        String person = star.actor().label();
        graph.nodeIfAbsent(NetworkNode.of(person, "person").withWeight(1));
        graph.edge(person, name, "star");
      }
    }
    return graph.build();
    // end
  }
}
