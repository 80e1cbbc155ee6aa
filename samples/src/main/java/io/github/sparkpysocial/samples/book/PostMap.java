package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Posts where they were written, on a map of the world; hover shows who and what. */
public final class PostMap {
  private PostMap() {}

  /** Draws the map: {@code [FILE]}. */
  public static void main(String[] args) throws IOException {
    try (Sandbox sandbox = Sandbox.start(SandboxPosts.COMMUNITY)) {
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      List<Post> posts = SearchPosts.search(options, "spark", 1_000);
      Exporters.write(draw(posts), Path.of(args.length == 0 ? "world.html" : args[0]));
    }
  }

  /** Puts each post that tells its place on the map; most do not. */
  static WorldMap draw(List<Post> posts) {
    List<MapPoint> points = new ArrayList<>();
    for (Post post : posts) {
      Place place = post.place();
      if (place != null && place.point() != null) {
        points.add(
            new MapPoint(
                    place.point(),
                    place.precision(),
                    post.author().label(),
                    post.text(),
                    post.createdAt(),
                    place.name())
                .withLink(post.url()));
      }
    }
    return WorldMap.of("Where Spark is discussed", points);
  }
}
