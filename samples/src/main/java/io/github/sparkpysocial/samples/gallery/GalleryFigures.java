package io.github.sparkpysocial.samples.gallery;

import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.chart.BoxPlot;
import io.github.sparkpysocial.viz.chart.CalendarChart;
import io.github.sparkpysocial.viz.chart.HeatMap;
import io.github.sparkpysocial.viz.chart.Histogram;
import io.github.sparkpysocial.viz.chart.Sankey;
import io.github.sparkpysocial.viz.chart.ScatterChart;
import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.SmallMultiples;
import io.github.sparkpysocial.viz.chart.StackedArea;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.wordcloud.Colouring;
import io.github.sparkpysocial.viz.wordcloud.CorpusComparison;
import io.github.sparkpysocial.viz.wordcloud.Mask;
import io.github.sparkpysocial.viz.wordcloud.TermCounter;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The figures of the gallery. What stands between {@code gallery:} and {@code end} is printed
 * beside the picture.
 */
public final class GalleryFigures {
  private static final Set<String> STOP_WORDS =
      Set.of(
          "the", "a", "of", "to", "in", "and", "is", "it", "for", "on", "with", "at", "my", "we");

  private final List<Post> posts;
  private final Map<String, Post> byId = new HashMap<>();
  private final Community community;

  /** Reads the posts of a community once. */
  public GalleryFigures(Community community) {
    this.community = community;
    this.posts = community.posts().filter(post -> !community.isHostile(post.id())).toList();
    posts.forEach(post -> byId.put(post.id(), post));
  }

  /** Returns the figures by name, in the order of the gallery. */
  public Map<String, Figure> all() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put("wordcloud", wordCloud());
    figures.put("masked", masked());
    figures.put("comparison", comparison());
    figures.put("bars", bars());
    figures.put("histogram", histogram());
    figures.put("timeseries", timeSeries());
    figures.put("area", area());
    figures.put("multiples", multiples());
    figures.put("heatmap", heatMap());
    figures.put("calendar", calendar());
    figures.put("boxes", boxes());
    figures.put("scatter", scatter());
    figures.put("sankey", sankey());
    figures.put("steps", steps());
    figures.putAll(new GalleryMaps(community, posts).all());
    return figures;
  }

  private WordCloud wordCloud() {
    // gallery: wordcloud
    TermCounter counter = TermCounter.builder().stopWords(STOP_WORDS).phrases().build();
    posts.forEach(post -> counter.add(post.text()));
    return WordCloud.of(counter.top(120)).withTitle("What the community writes").withSeed(7);
    // end
  }

  private WordCloud masked() {
    // gallery: masked
    TermCounter counter = TermCounter.builder().stopWords(STOP_WORDS).build();
    posts.forEach(post -> counter.add(post.text()));
    return WordCloud.of(counter.top(100))
        .withTitle("Any shape will do")
        .withMask(Mask.ellipse())
        .withColouring(Colouring.WEIGHT)
        .withSize(Size.of(720, 540));
    // end
  }

  private Figure comparison() {
    // gallery: comparison
    String first = community.topics().get(0);
    String second = community.topics().get(1);
    TermCounter one = TermCounter.builder().stopWords(STOP_WORDS).build();
    TermCounter other = TermCounter.builder().stopWords(STOP_WORDS).build();
    about(first).forEach(post -> one.add(post.text()));
    about(second).forEach(post -> other.add(post.text()));
    return CorpusComparison.of(first, one.counts(), second, other.counts()).chart(10);
    // end
  }

  private BarChart bars() {
    // gallery: bars
    TermCounter counter = TermCounter.builder().stopWords(STOP_WORDS).shortest(4).build();
    posts.forEach(post -> counter.add(post.text()));
    List<Bar> bars = new ArrayList<>();
    for (WeightedTerm term : counter.top(12)) {
      bars.add(Bar.of(term.text(), term.weight()));
    }
    return BarChart.of("Most frequent words", bars).withUnit("times");
    // end
  }

  private Histogram histogram() {
    // gallery: histogram
    List<Integer> lengths =
        posts.stream().map(post -> post.text().codePointCount(0, post.text().length())).toList();
    return Histogram.of("How long posts are", lengths).withNames("characters", "posts");
    // end
  }

  private TimeSeries timeSeries() {
    // gallery: timeseries
    Series perHour = Series.of("posts", hourly(posts));
    Instant start = perHour.points().get(0).time().plus(Duration.ofDays(3));
    TimeSeries.Hole lost = new TimeSeries.Hole(start, start.plus(Duration.ofHours(14)));
    List<Series.Point> known =
        perHour.points().stream()
            .filter(
                point -> point.time().isBefore(lost.from()) || !point.time().isBefore(lost.to()))
            .toList();
    return TimeSeries.of("Posts per hour", List.of(new Series("posts", known)))
        .withUnit("posts per hour")
        .withHoles(List.of(lost));
    // end
  }

  private StackedArea area() {
    // gallery: area
    List<Series> topics = new ArrayList<>();
    for (String topic : community.topics()) {
      topics.add(Series.of(topic, hourly(about(topic))));
    }
    return StackedArea.of("Topics over time", topics).withUnit("posts per hour");
    // end
  }

  private SmallMultiples multiples() {
    // gallery: multiples
    List<Series> topics = new ArrayList<>();
    for (String topic : community.topics()) {
      topics.add(Series.of(topic, hourly(about(topic))));
    }
    return SmallMultiples.of("Each topic on its own", topics).withUnit("posts per hour");
    // end
  }

  private HeatMap heatMap() {
    // gallery: heatmap
    List<Instant> times = times();
    return HeatMap.hourByWeekday("When people write", times, ZoneOffset.UTC).withUnit("posts");
    // end
  }

  private CalendarChart calendar() {
    // gallery: calendar
    List<Instant> times = times();
    return CalendarChart.ofTimes("Posts of each day", times, ZoneOffset.UTC).withUnit("posts");
    // end
  }

  private BoxPlot boxes() {
    // gallery: boxes
    List<BoxPlot.Box> boxes = new ArrayList<>();
    for (String topic : community.topics()) {
      List<Integer> lengths = about(topic).stream().map(post -> post.text().length()).toList();
      boxes.add(BoxPlot.Box.of(topic, lengths));
    }
    return BoxPlot.of("Length of posts by topic", boxes).withUnit("characters");
    // end
  }

  private ScatterChart scatter() {
    // gallery: scatter
    List<ScatterChart.Point> points = new ArrayList<>();
    for (Post post : posts.subList(0, Math.min(400, posts.size()))) {
      Long likes = post.engagement().likes();
      Long reposts = post.engagement().reposts();
      if (likes != null && reposts != null) {
        String topic = community.topicOf(post.id());
        points.add(new ScatterChart.Point(likes, reposts, post.text(), topic));
      }
    }
    return ScatterChart.of("Likes and reposts", points).withAxes("likes", "reposts");
    // end
  }

  private Sankey sankey() {
    // gallery: sankey
    Map<List<String>, Long> reposts = new HashMap<>();
    for (Post post : posts) {
      Post original = post.repostOfId() == null ? null : byId.get(post.repostOfId());
      if (original != null) {
        reposts.merge(List.of(post.author().label(), original.author().label()), 1L, Long::sum);
      }
    }
    List<Sankey.Flow> flows =
        reposts.entrySet().stream()
            .sorted(Comparator.comparingLong(flow -> -flow.getValue()))
            .limit(24)
            .map(
                flow ->
                    new Sankey.Flow(flow.getKey().get(0), flow.getKey().get(1), flow.getValue()))
            .toList();
    return Sankey.of("Who reposts whom", flows).withUnit("reposts");
    // end
  }

  private Sankey steps() {
    // gallery: steps
    Map<List<String>, Long> carried = new HashMap<>();
    for (Post post : posts) {
      Post original = post.repostOfId() == null ? null : byId.get(post.repostOfId());
      if (original != null) {
        carried.merge(List.of(original.author().label(), post.author().label()), 1L, Long::sum);
      }
    }
    List<Sankey.Flow> flows =
        carried.entrySet().stream()
            .map(way -> new Sankey.Flow(way.getKey().get(0), way.getKey().get(1), way.getValue()))
            .sorted(
                Comparator.comparingDouble(Sankey.Flow::value)
                    .reversed()
                    .thenComparing(Sankey.Flow::from)
                    .thenComparing(Sankey.Flow::to))
            .limit(16)
            .toList();
    return Sankey.ofSteps("Who carries on what whom wrote", flows).withUnit("reposts");
    // end
  }

  private List<Post> about(String topic) {
    return posts.stream().filter(post -> community.topicOf(post.id()).equals(topic)).toList();
  }

  private List<Instant> times() {
    return posts.stream().map(Post::createdAt).filter(Objects::nonNull).toList();
  }

  private static Map<Instant, Long> hourly(List<Post> posts) {
    return posts.stream()
        .map(Post::createdAt)
        .filter(Objects::nonNull)
        .collect(
            Collectors.groupingBy(
                time -> time.truncatedTo(ChronoUnit.HOURS), TreeMap::new, Collectors.counting()));
  }
}
