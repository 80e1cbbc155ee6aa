package io.github.sparkpysocial.viz;

import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.FigurePanel;
import io.github.sparkpysocial.viz.dashboard.Ranking;
import io.github.sparkpysocial.viz.dashboard.Section;
import io.github.sparkpysocial.viz.dashboard.Tile;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The pictures of the documentation; {@link SnippetsTest} draws them. */
final class Snippets {
  private Snippets() {}

  static void wordCloud(Path folder) throws IOException {
    WordCloud cloud =
        WordCloud.of(
                List.of(
                    WeightedTerm.counted("streaming", 120)
                        .withExamples(List.of("Streaming counts, exactly once")),
                    WeightedTerm.counted("kafka", 80),
                    WeightedTerm.counted("سبارك", 40),
                    WeightedTerm.counted("日本", 30)))
            .withTitle("What is said");
    Exporters.write(cloud, folder.resolve("cloud.html"));
    Exporters.png(Theme.DARK, 2).write(cloud, folder.resolve("cloud.png"));
  }

  static void series(Path folder) throws IOException {
    Instant noon = Instant.parse("2026-11-22T12:00:00Z");
    Series posts = Series.of("posts", Map.of(noon, 12, noon.plusSeconds(3600), 31));
    TimeSeries chart =
        TimeSeries.of("Posts per hour", List.of(posts))
            .withHoles(List.of(new TimeSeries.Hole(noon.plusSeconds(900), noon.plusSeconds(1800))));
    Exporters.svg().write(chart, folder.resolve("posts.svg"));
  }

  static void dashboard(Path folder) throws IOException {
    WorldMap map =
        WorldMap.of(
            "Where", List.of(MapPoint.of(new GeoPoint(38.72, -9.14), "ana", "Olá from Lisbon")));
    BarChart languages = BarChart.of("Languages", List.of(Bar.of("Portuguese", 812)));
    Dashboard.builder("Spark in Lisbon")
        .subtitle("Posts of one week")
        .tiles(Tile.count("posts", "Posts", 812))
        .section(
            Section.of("who", "Who leads")
                .half(
                    Ranking.of(
                        "authors",
                        "Busiest authors",
                        "posts",
                        List.of(Ranking.Entry.of("ana", 97).withNetwork("mastodon"))))
                .half(FigurePanel.of("languages", languages)))
        .section(Section.of("where", "Where").wide(FigurePanel.of("map", map)))
        .build()
        .write(folder);
  }
}
