package io.github.sparkpysocial.viz;

import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.chart.ScatterChart;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.dashboard.Cell;
import io.github.sparkpysocial.viz.dashboard.Completeness;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.FigurePanel;
import io.github.sparkpysocial.viz.dashboard.Meeting;
import io.github.sparkpysocial.viz.dashboard.Meetings;
import io.github.sparkpysocial.viz.dashboard.Quote;
import io.github.sparkpysocial.viz.dashboard.Ranking;
import io.github.sparkpysocial.viz.dashboard.Section;
import io.github.sparkpysocial.viz.dashboard.Table;
import io.github.sparkpysocial.viz.dashboard.TextBlock;
import io.github.sparkpysocial.viz.dashboard.Tile;
import io.github.sparkpysocial.viz.dashboard.Topic;
import io.github.sparkpysocial.viz.dashboard.Topics;
import io.github.sparkpysocial.viz.map.CityMap;
import io.github.sparkpysocial.viz.map.CountryValue;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.Venue;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.network.NetworkEdge;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkNode;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** One of everything, with given texts in every place that takes one. */
public final class Samples {
  /** When everything begins. */
  public static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  private static final List<Place.Precision> PRECISIONS = List.of(Place.Precision.values());

  private Samples() {}

  /** Returns one figure of each kind. */
  public static List<Figure> figures(List<String> texts) {
    List<Figure> figures = new ArrayList<>();
    figures.addAll(
        List.of(
            cloud(texts),
            bars(texts),
            series(texts),
            scatter(texts),
            map(texts),
            city(texts),
            network(texts)));
    figures.addAll(SampleCharts.all(texts));
    return List.copyOf(figures);
  }

  /** Returns a word cloud of these texts, each the heavier the earlier. */
  public static WordCloud cloud(List<String> texts) {
    List<WeightedTerm> terms = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      terms.add(
          WeightedTerm.counted(texts.get(i), Math.max(1, 100 - i))
              .withExamples(List.of(texts.get(i)))
              .withGroup(texts.get(i % 3)));
    }
    return WordCloud.of(terms).withTitle(texts.get(0));
  }

  /** Returns a bar for each text. */
  public static BarChart bars(List<String> texts) {
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      bars.add(Bar.of(texts.get(i), 1_000 - i).withGroup(texts.get(i % 2)));
    }
    return BarChart.of(texts.get(0), bars).withUnit(texts.get(0));
  }

  /** Returns a series for each text. */
  public static TimeSeries series(List<String> texts) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      series.add(
          new Series(
              texts.get(i),
              List.of(
                  new Series.Point(START, 1.0 + i),
                  new Series.Point(START.plusSeconds(3600), null),
                  new Series.Point(START.plusSeconds(7200), 3.0 + i))));
    }
    return TimeSeries.of(texts.get(0), series)
        .withUnit(texts.get(0))
        .withHoles(List.of(new TimeSeries.Hole(START.plusSeconds(1800), START.plusSeconds(5400))));
  }

  /** Returns a point for each text. */
  public static ScatterChart scatter(List<String> texts) {
    List<ScatterChart.Point> points = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      points.add(new ScatterChart.Point(i, i * i, texts.get(i), texts.get(i % 2)));
    }
    return ScatterChart.of(texts.get(0), points).withAxes(texts.get(0), texts.get(0));
  }

  /** Returns a map with each text at a place of its own. */
  public static WorldMap map(List<String> texts) {
    List<MapPoint> points = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      points.add(
          new MapPoint(
              new GeoPoint(60 - (i / 6) % 8 * 16, -150 + (i % 6) * 55),
              PRECISIONS.get(i % PRECISIONS.size()),
              texts.get(i),
              texts.get(i),
              START.plusSeconds(60L * i),
              texts.get(i),
              texts.get(i)));
    }
    return WorldMap.of(texts.get(0), points)
        .withCountries(texts.get(0), List.of(CountryValue.of("PT", 12), CountryValue.of("SG", 3)));
  }

  /** Returns a city with a meeting for each text. */
  public static CityMap city(List<String> texts) {
    List<Venue> venues = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      venues.add(
          new Venue(
              new GeoPoint(51.5 + i % 6 * 0.01, -0.1 + (i - i % 6) * 0.004),
              text,
              text,
              START,
              ZoneId.of("Europe/London"),
              (long) i,
              text,
              text));
    }
    return CityMap.of(texts.get(0), venues);
  }

  /** Returns a ring of nodes, one for each text. */
  public static NetworkGraph network(List<String> texts) {
    List<NetworkNode> nodes = new ArrayList<>();
    List<NetworkEdge> edges = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      nodes.add(
          new NetworkNode(
              i + text, text, texts.get(i % 2), texts.get(i % 3), texts.size() - i, text, text));
      int next = (i + 1) % texts.size();
      edges.add(new NetworkEdge(i + text, next + texts.get(next), text, 1 + i));
    }
    return NetworkGraph.of(texts.get(0), nodes, edges);
  }

  /** Returns a dashboard with all there is. */
  public static Dashboard dashboard(List<String> texts) {
    String first = texts.get(0);
    List<Ranking.Entry> entries = new ArrayList<>();
    Table.Builder table =
        Table.builder("table", first, Table.Column.text(first), Table.Column.number(first));
    List<Meeting> meetings = new ArrayList<>();
    List<Quote> quotes = new ArrayList<>();
    List<Completeness.Source> sources = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = texts.get(i);
      entries.add(
          Ranking.Entry.of(text, texts.size() - i).withNetwork(text).withLink(text).withNote(text));
      table.row(Cell.link(text, text), Cell.of(i));
      meetings.add(
          new Meeting(text, START, ZoneId.of("Europe/London"), text, text, (long) i, text, text));
      quotes.add(new Quote(text, text, text, START, text));
      sources.add(
          Completeness.Source.builder(text)
              .place(text)
              .note(text)
              .fetched(1_234)
              .waited(Duration.ofSeconds(92))
              .build());
    }
    Section figures = Section.of("figures", first).withLead(first);
    int number = 0;
    for (Figure figure : figures(texts)) {
      figures = figures.wide(FigurePanel.of("figure-" + number++, figure).withLead(first));
    }
    return Dashboard.builder(first)
        .subtitle(first)
        .note(first)
        .period(START, START.plusSeconds(86_400))
        .tiles(Tile.count("posts", first, 2_000).withNote(first), Tile.of("share", first, first))
        .section(
            Section.of("people", first)
                .half(Ranking.of("authors", first, first, entries))
                .half(table.build()))
        .section(
            Section.of("said", first)
                .wide(
                    Topics.of(
                        "topics", List.of(new Topic(first, 12, 0.5, texts, cloud(texts), quotes)))))
        .section(figures)
        .section(
            Section.of("rest", first)
                .wide(Meetings.of("meetings", first, meetings))
                .wide(Completeness.of("completeness", first, sources, 27))
                .wide(TextBlock.of("words", first, texts.toArray(String[]::new))))
        .build();
  }
}
