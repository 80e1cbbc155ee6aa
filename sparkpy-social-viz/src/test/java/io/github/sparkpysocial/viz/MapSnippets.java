package io.github.sparkpysocial.viz;

import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.Quote;
import io.github.sparkpysocial.viz.dashboard.Tile;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.live.Alert;
import io.github.sparkpysocial.viz.live.LiveDashboard;
import io.github.sparkpysocial.viz.map.CityMap;
import io.github.sparkpysocial.viz.map.CountryValue;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.MapTiles;
import io.github.sparkpysocial.viz.map.Venue;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.network.GraphFiles;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** The code of {@code docs/maps.md}. */
final class MapSnippets {
  private MapSnippets() {}

  // snippet: world
  static void world(Path folder) throws IOException {
    MapPoint lisbon =
        new MapPoint(
                new GeoPoint(38.72, -9.14),
                Place.Precision.POINT,
                "ana",
                "Olá from Lisbon",
                Instant.parse("2026-11-22T18:30:00Z"),
                "Lisbon")
            .withLink("https://mastodon.example/@ana/1");
    WorldMap map =
        WorldMap.of("Where Spark is discussed", List.of(lisbon))
            .withCountries("posts", List.of(CountryValue.of("PT", 120), CountryValue.of("ES", 64)));
    Exporters.write(map, folder.resolve("world.html"));
  }

  // end

  // snippet: city
  static void city(Path folder) throws IOException {
    Venue spark =
        Venue.of(
            new GeoPoint(51.52, -0.08),
            "London Spark",
            "Structured Streaming night",
            Instant.parse("2026-12-01T18:30:00Z"),
            ZoneId.of("Europe/London"));
    CityMap map = CityMap.of("Meetups", List.of(spark)).withTiles(MapTiles.openStreetMap());
    Exporters.write(map, folder.resolve("city.html"));
  }

  // end

  // snippet: network
  static void network(Path folder) throws IOException {
    NetworkGraph graph =
        NetworkGraph.builder("Who stars what")
            .node(NetworkNode.of("ana", "person").withCommunity("streaming"))
            .node(NetworkNode.of("ben", "person").withCommunity("learning"))
            .node(NetworkNode.of("apache/spark", "repository").withWeight(40))
            .edge("ana", "apache/spark", "star")
            .edge("ben", "apache/spark", "commit")
            .build();
    Exporters.write(graph, folder.resolve("network.html"));
    GraphFiles.writeGexf(graph, folder.resolve("network.gexf"));
  }

  // end

  // snippet: live
  static LiveDashboard live(Dashboard dashboard) throws IOException {
    LiveDashboard live = LiveDashboard.builder(dashboard).start();
    live.publish(Tile.count("posts", "Posts", 1_204));
    live.publish(
        Alert.of(
            "Posts about Kafka tripled",
            Instant.parse("2026-11-22T18:30:00Z"),
            List.of(new Quote("Is it down?", "ana", "x", null, "https://x.example/ana/status/1"))));
    return live;
  }
  // end

}
