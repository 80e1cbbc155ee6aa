package io.github.sparkpysocial.samples.trend;

import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.viz.dashboard.FigurePanel;
import io.github.sparkpysocial.viz.dashboard.Section;
import io.github.sparkpysocial.viz.dashboard.TextBlock;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import java.util.List;
import java.util.Locale;

/** Where it is said and held. */
record Whereabouts(Answers answers) {
  private static final int MOST = 1_500;

  Section section() {
    String places =
        """
        SELECT latitude, longitude, geo_precision, coalesce(author_handle, author_name, '') AS who,
          text AS what, created_at AS at, place_name, url FROM posts
        WHERE latitude IS NOT NULL AND longitude IS NOT NULL
        UNION ALL
        SELECT latitude, longitude, geo_precision, coalesce(group_name, ''), title, starts_at,
          place_name, url FROM events
        WHERE latitude IS NOT NULL AND longitude IS NOT NULL
        """;
    List<MapPoint> points =
        answers
            .rows(
                "SELECT * FROM (%s) ORDER BY at DESC NULLS LAST, what LIMIT %d"
                    .formatted(places, MOST))
            .stream()
            .map(
                row ->
                    new MapPoint(
                        new GeoPoint(row.getDouble(0), row.getDouble(1)),
                        row.isNullAt(2)
                            ? Place.Precision.POINT
                            : Place.Precision.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                        row.getString(3),
                        row.getString(4),
                        Answers.instant(row, 5),
                        Answers.text(row, 6),
                        Answers.text(row, 7)))
            .toList();
    Section section = Section.of("places", "Where");
    if (points.isEmpty()) {
      return section.wide(
          TextBlock.of("no-places", "", "No record here tells where it was made or held."));
    }
    long all = answers.rows("SELECT count(*) FROM (%s)".formatted(places)).get(0).getLong(0);
    FigurePanel map = FigurePanel.of("map", WorldMap.of("Where it is said and held", points));
    return section.wide(
        points.size() < all
            ? map.withLead("The latest %,d of %,d".formatted(points.size(), all))
            : map);
  }
}
