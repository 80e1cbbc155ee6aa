package io.github.sparkpysocial.samples.trend;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.cluster.CentralPost;
import io.github.sparkpysocial.ml.cluster.ClusterCard;
import io.github.sparkpysocial.ml.cluster.ClusteringReport;
import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.cluster.TextClusteringModel;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.viz.Size;
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
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what a community talks about, who leads it, where it is and when it meets: records
 * become views, views answer SQL, texts become clusters, answers become figures on one page. Only
 * answers of bounded size come to this process; the records stay with Spark.
 *
 * <pre>{@code
 * Trends trends = new TrendTracker(spark, Instant.now()).track(PlaceUri.parse("posts.jsonl"));
 * trends.dashboard().write(Path.of("report"));
 * }</pre>
 *
 * <p>Used by one thread at a time.
 */
public final class TrendTracker {
  private static final int LEADERS = 10;
  private static final int MEETINGS = 12;
  private static final int MAP_POINTS = 1_500;
  private static final int MOST_STEPS = 400;
  private static final int TERMS = 60;
  private static final int TERMS_AS_LABELS = 8;
  private static final int QUOTES = 3;
  private static final int TEXTS_PER_CLUSTER = 10;

  /** Before this there was no network that we read; such a time is a mistake. */
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  private final SparkSession spark;
  private final Instant now;
  private int k = 5;
  private long seed = 42;
  private String title = "Community trends";
  private List<Completeness.Source> sources = List.of();
  private Consumer<String> listener = step -> {};

  /**
   * Makes a tracker.
   *
   * @param now the instant that tells what is past from what is to come
   */
  public TrendTracker(SparkSession spark, Instant now) {
    this.spark = spark;
    this.now = now;
  }

  /** Sets into how many clusters the posts are divided, if they are enough. Default: 5. */
  public TrendTracker clusters(int k) {
    this.k = k;
    return this;
  }

  /** Sets what all chance comes from. Default: 42. */
  public TrendTracker seed(long seed) {
    this.seed = seed;
    return this;
  }

  /** Sets the heading of the page. */
  public TrendTracker title(String title) {
    this.title = title;
    return this;
  }

  /** Sets where the records came from and how complete they are, for the page to show. */
  public TrendTracker sources(List<Completeness.Source> sources) {
    this.sources = List.copyOf(sources);
    return this;
  }

  /** Sets who hears of each step before it begins. */
  public TrendTracker listener(Consumer<String> listener) {
    this.listener = listener;
    return this;
  }

  /** Reads the records at a place, all kinds that there are, and finds out what they tell. */
  public Trends track(PlaceUri place) {
    listener.accept("reading the records");
    List<String> views = Frames.createViews(spark, place);
    for (String view : views) {
      if (!view.equals("records")) {
        spark.catalog().cacheTable(view); // each is asked more than once
      }
    }
    Map<String, Map<String, Long>> counts = counts();

    listener.accept("finding out what is said");
    TextClusteringModel model = count(counts, "post") == 0 ? null : cluster();
    ClusteringReport clusters = model == null ? null : model.report();
    List<Topic> topics = clusters == null ? List.of() : topics(clusters);

    listener.accept("finding out who, where and when");
    Dashboard.Builder page =
        Dashboard.builder(title)
            .subtitle("What a community talks about, who leads it, where it is and when it meets")
            .note("Learnt and drawn by sparkpy-social; clusters from seed " + seed + ".");
    page.tiles(tiles(counts).toArray(Tile[]::new));
    page.section(leaders(counts));
    page.section(said(topics, counts));
    page.section(where());
    page.section(when());
    if (count(counts, "event") > 0) {
      page.section(meetings());
    }
    page.section(completeness(counts));
    return new Trends(
        page.build(),
        counts,
        clusters,
        topics.isEmpty() ? null : cloudOf(topics),
        model == null ? null : model.transform(spark.table("posts")));
  }

  // How much there is

  private Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> counts = new LinkedHashMap<>();
    spark
        .sql("SELECT network, record, count(*) FROM records GROUP BY 1, 2 ORDER BY 1, 2")
        .collectAsList()
        .forEach(
            row ->
                counts
                    .computeIfAbsent(row.getString(0), network -> new LinkedHashMap<>())
                    .put(row.getString(1), row.getLong(2)));
    return counts;
  }

  private static long count(Map<String, Map<String, Long>> counts, String kind) {
    return counts.values().stream().mapToLong(kinds -> kinds.getOrDefault(kind, 0L)).sum();
  }

  private static List<Tile> tiles(Map<String, Map<String, Long>> counts) {
    return Stream.of(
            tile("posts", "Posts", counts, "post"),
            tile("accounts", "Accounts", counts, "account"),
            tile("repositories", "Repositories", counts, "repository"),
            tile("groups", "Groups", counts, "group"),
            tile("events", "Events", counts, "event"),
            tile("interactions", "Stars, commits, answers", counts, "interaction"),
            tile("deletions", "Deletions carried out", counts, "tombstone"))
        .filter(tile -> !tile.value().equals("0"))
        .toList();
  }

  private static Tile tile(
      String fact, String label, Map<String, Map<String, Long>> counts, String kind) {
    return Tile.count(fact, label, count(counts, kind));
  }

  // Who leads

  private Section leaders(Map<String, Map<String, Long>> counts) {
    Section section = Section.of("leaders", "Who leads");
    if (count(counts, "post") > 0) {
      section =
          section.third(
              ranking(
                  "top-authors",
                  "Busiest authors",
                  "posts",
                  """
                  SELECT network, author_id AS id, author_handle AS handle, author_name AS name
                  FROM posts WHERE kind <> 'repost'
                  """));
    }
    if (spark.table("interactions").where("type = 'commit'").limit(1).count() > 0) {
      section =
          section.third(
              ranking(
                  "top-committers",
                  "Busiest committers",
                  "commits",
                  """
                  SELECT network, actor_id AS id, actor_handle AS handle, actor_name AS name
                  FROM interactions WHERE type = 'commit'
                  """));
    }
    if (count(counts, "event") > 0) {
      section =
          section.third(
              ranking(
                  "top-hosts",
                  "Busiest hosts",
                  "events",
                  """
                  SELECT network, host.id, host.handle, host.name
                  FROM (SELECT network, explode(hosts) AS host FROM events)
                  """));
    }
    if (count(counts, "repository") > 0) {
      List<Ranking.Entry> stars =
          rows(
                  """
                  SELECT full_name, stars, network, url, language FROM repositories
                  WHERE stars IS NOT NULL ORDER BY stars DESC, full_name LIMIT %d
                  """
                      .formatted(LEADERS))
              .stream()
              .map(
                  row ->
                      Ranking.Entry.of(row.getString(0), (double) row.getLong(1))
                          .withNetwork(row.getString(2))
                          .withLink(text(row, 3))
                          .withNote(text(row, 4)))
              .toList();
      section =
          section.wide(Ranking.of("top-repositories", "Most starred repositories", "stars", stars));
    }
    return section;
  }

  /** Counts the rows of a query by account: its id, or else its handle or name. */
  private Ranking ranking(String id, String title, String unit, String accounts) {
    List<Ranking.Entry> entries =
        rows(
                """
                SELECT coalesce(max(handle), max(name), max(id)) AS label, count(*) AS n, network
                FROM (%s) WHERE coalesce(id, handle, name) IS NOT NULL
                GROUP BY network, coalesce(id, handle, name)
                ORDER BY n DESC, label, max(id) LIMIT %d
                """
                    .formatted(accounts, LEADERS))
            .stream()
            .map(
                row ->
                    Ranking.Entry.of(row.getString(0), (double) row.getLong(1))
                        .withNetwork(row.getString(2)))
            .toList();
    return Ranking.of(id, title, unit, entries);
  }

  // What is said

  private @Nullable TextClusteringModel cluster() {
    Dataset<Row> posts = spark.table("posts");
    long texts = posts.select("text").distinct().count();
    List<String> languages =
        rows(
                "SELECT language FROM posts WHERE language IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC")
            .stream()
            .limit(LEADERS)
            .map(row -> row.getString(0))
            .toList();
    int clusters = (int) Math.min(k, texts / TEXTS_PER_CLUSTER);
    return clusters < 1
        ? null
        : TextClustering.builder(clusters)
            .seed(seed)
            .termsPerCluster(TERMS)
            .languages(languages.isEmpty() ? List.of("en") : languages)
            .build()
            .fit(posts);
  }

  private List<Topic> topics(ClusteringReport clusters) {
    List<String> ids =
        clusters.clusters().stream()
            .flatMap(card -> card.central().stream().limit(QUOTES))
            .map(CentralPost::id)
            .toList();
    Map<String, Row> central = new HashMap<>();
    spark
        .table("posts")
        .where(col("id").isin(ids.toArray()))
        .select("id", "author_handle", "author_name", "network", "created_at", "url")
        .collectAsList()
        .forEach(row -> central.put(row.getString(0), row));
    long assigned = clusters.clusters().stream().mapToLong(ClusterCard::size).sum();
    List<Topic> topics = new ArrayList<>();
    for (ClusterCard card : clusters.clusters()) {
      List<String> terms = card.terms().stream().map(term -> term.term()).toList();
      String name = String.join(" · ", terms.subList(0, Math.min(2, terms.size())));
      List<Quote> quotes =
          card.central().stream().limit(QUOTES).map(post -> quote(post, central)).toList();
      topics.add(
          new Topic(
              name,
              card.size(),
              (double) card.size() / assigned,
              terms.subList(0, Math.min(TERMS_AS_LABELS, terms.size())),
              WordCloud.of(
                      card.terms().stream()
                          .map(term -> WeightedTerm.of(term.term(), term.weight()))
                          .toList())
                  .withTitle(name)
                  .withSeed(seed)
                  .withSize(Size.of(640, 360)),
              quotes));
    }
    return topics;
  }

  private static Quote quote(CentralPost post, Map<String, Row> posts) {
    Row row = posts.get(post.id());
    if (row == null) {
      return Quote.of(post.text(), "");
    }
    String handle = text(row, 1);
    String name = text(row, 2);
    String author = handle != null ? "@" + handle : name != null ? name : "";
    return new Quote(post.text(), author, row.getString(3), instant(row, 4), text(row, 5));
  }

  /** Returns the terms of all topics in one cloud, each weighed by the size of its topic. */
  private WordCloud cloudOf(List<Topic> topics) {
    Map<String, WeightedTerm> terms = new LinkedHashMap<>();
    for (Topic topic : topics) {
      for (WeightedTerm term : topic.cloud().terms()) {
        WeightedTerm weighed =
            WeightedTerm.of(term.text(), term.weight() * topic.posts()).withGroup(topic.title());
        terms.merge(term.text(), weighed, (a, b) -> a.weight() >= b.weight() ? a : b);
      }
    }
    return WordCloud.of(List.copyOf(terms.values()))
        .withTitle(title)
        .withSeed(seed)
        .withSize(Size.of(1200, 800));
  }

  private Section said(List<Topic> topics, Map<String, Map<String, Long>> counts) {
    Section section = Section.of("topics", "What is said");
    if (topics.isEmpty()) {
      return section.wide(
          TextBlock.of(
              "no-topics",
              "",
              count(counts, "post") == 0
                  ? "There are no posts here."
                  : "There are too few different texts to tell topics apart."));
    }
    return section
        .withLead("Groups of posts that speak of the same, the largest first.")
        .wide(Topics.of("topic-cards", topics));
  }

  // Where

  private Section where() {
    String places =
        """
        SELECT latitude, longitude, geo_precision, coalesce(author_handle, author_name, '') AS who,
          text AS what, created_at AS at, place_name FROM posts
        WHERE latitude IS NOT NULL AND longitude IS NOT NULL
        UNION ALL
        SELECT latitude, longitude, geo_precision, coalesce(group_name, ''), title, starts_at,
          place_name FROM events
        WHERE latitude IS NOT NULL AND longitude IS NOT NULL
        """;
    List<MapPoint> points =
        rows(
                "SELECT * FROM (%s) ORDER BY at DESC NULLS LAST, what LIMIT %d"
                    .formatted(places, MAP_POINTS))
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
                        instant(row, 5),
                        text(row, 6)))
            .toList();
    Section section = Section.of("places", "Where");
    if (points.isEmpty()) {
      return section.wide(
          TextBlock.of("no-places", "", "No record here tells where it was made or held."));
    }
    long all = rows("SELECT count(*) FROM (%s)".formatted(places)).get(0).getLong(0);
    FigurePanel map = FigurePanel.of("map", WorldMap.of("Where it is said and held", points));
    return section.wide(
        points.size() < all
            ? map.withLead("The latest %,d of %,d".formatted(points.size(), all))
            : map);
  }

  // When

  private Section when() {
    return Section.of("time", "When")
        .wide(
            FigurePanel.of(
                "posts-over-time",
                course("Posts", "posts", "SELECT network AS name, created_at AS at FROM posts")))
        .wide(
            FigurePanel.of(
                "interactions-over-time",
                course(
                    "Stars, commits and answers",
                    "interactions",
                    """
                    SELECT type AS name, created_at AS at FROM interactions
                    WHERE type IN ('star', 'fork', 'commit', 'rsvp', 'membership')
                    """)));
  }

  /**
   * Counts by the smallest step that keeps a chart readable. Times that cannot be true are left
   * out; a step between the first and the last that has no record counts as zero.
   */
  private TimeSeries course(String title, String what, String happenings) {
    String plausible =
        "(%s) WHERE at BETWEEN timestamp '%s' AND timestamp '%s'"
            .formatted(happenings, EARLIEST, now.plus(1, ChronoUnit.DAYS));
    Row span = rows("SELECT min(at), max(at) FROM %s".formatted(plausible)).get(0);
    Instant first = instant(span, 0);
    Instant last = instant(span, 1);
    if (first == null || last == null) {
      return TimeSeries.of(title, List.of());
    }
    String step = step(Duration.between(first, last));
    Map<String, Map<Instant, Long>> counts = new TreeMap<>();
    rows("SELECT name, date_trunc('%s', at), count(*) FROM %s GROUP BY 1, 2"
            .formatted(step, plausible))
        .forEach(
            row ->
                counts
                    .computeIfAbsent(row.getString(0), name -> new TreeMap<>())
                    .put(row.getTimestamp(1).toInstant(), row.getLong(2)));
    List<Instant> steps =
        rows(
                """
                SELECT explode(sequence(date_trunc('%1$s', timestamp '%2$s'),
                  date_trunc('%1$s', timestamp '%3$s'), interval 1 %1$s))
                """
                    .formatted(step, first, last))
            .stream()
            .map(row -> row.getTimestamp(0).toInstant())
            .toList();
    counts.values().forEach(series -> steps.forEach(at -> series.putIfAbsent(at, 0L)));
    List<Series> series = new ArrayList<>();
    counts.forEach((name, values) -> series.add(Series.of(name, values)));
    return TimeSeries.of(title, series).withUnit(what + " per " + step);
  }

  private static String step(Duration span) {
    if (span.toSeconds() <= MOST_STEPS) {
      return "second";
    }
    if (span.toMinutes() <= MOST_STEPS) {
      return "minute";
    }
    if (span.toHours() <= MOST_STEPS) {
      return "hour";
    }
    return span.toDays() <= MOST_STEPS ? "day" : "month";
  }

  // When it meets

  private Section meetings() {
    List<Meeting> meetings =
        rows(
                """
                SELECT title, starts_at, timezone, group_name, coalesce(address, place_name),
                  attendees, network, url
                FROM events
                WHERE starts_at >= timestamp '%s' AND status NOT IN ('cancelled', 'draft')
                ORDER BY starts_at, title LIMIT %d
                """
                    .formatted(now, MEETINGS))
            .stream()
            .map(
                row ->
                    new Meeting(
                        row.getString(0),
                        row.getTimestamp(1).toInstant(),
                        zone(text(row, 2)),
                        text(row, 3),
                        text(row, 4),
                        row.isNullAt(5) ? null : row.getLong(5),
                        row.getString(6),
                        text(row, 7)))
            .toList();
    return Section.of("meetings", "When it meets")
        .wide(Meetings.of("upcoming-meetings", "Upcoming meetups", meetings));
  }

  private static ZoneId zone(@Nullable String name) {
    if (name == null) {
      return ZoneOffset.UTC;
    }
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return ZoneOffset.UTC; // a name that this JVM does not know
    }
  }

  // How complete it is

  private Section completeness(Map<String, Map<String, Long>> counts) {
    Table.Builder table =
        Table.builder(
            "coverage",
            "What there is",
            Table.Column.text("Network"),
            Table.Column.text("Kind"),
            Table.Column.number("Records"),
            Table.Column.text("From"),
            Table.Column.text("To"));
    rows("""
            SELECT network, record, count(*),
              min(coalesce(created_at, starts_at, deleted_at)),
              max(coalesce(created_at, starts_at, deleted_at))
            FROM records GROUP BY 1, 2 ORDER BY 1, 2
            """)
        .forEach(
            row ->
                table.row(
                    Cell.of(row.getString(0)),
                    Cell.of(row.getString(1)),
                    Cell.of(row.getLong(2)),
                    time(row, 3),
                    time(row, 4)));
    Section section = Section.of("completeness", "How complete is this?");
    if (!sources.isEmpty()) {
      section =
          section.wide(
              Completeness.of(
                  "sources", "Where it came from", sources, count(counts, "tombstone")));
    }
    return section.wide(table.build());
  }

  private static Cell time(Row row, int column) {
    Instant at = instant(row, column);
    return at == null ? Cell.unknown() : Cell.of(at);
  }

  // Rows

  private List<Row> rows(String sql) {
    return spark.sql(sql).collectAsList();
  }

  private static @Nullable String text(Row row, int column) {
    return row.isNullAt(column) ? null : row.getString(column);
  }

  private static @Nullable Instant instant(Row row, int column) {
    return row.isNullAt(column) ? null : row.getTimestamp(column).toInstant();
  }
}
