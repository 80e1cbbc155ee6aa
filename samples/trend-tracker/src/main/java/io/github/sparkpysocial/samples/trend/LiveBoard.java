package io.github.sparkpysocial.samples.trend;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.dashboard.Cell;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.FigurePanel;
import io.github.sparkpysocial.viz.dashboard.Quote;
import io.github.sparkpysocial.viz.dashboard.Ranking;
import io.github.sparkpysocial.viz.dashboard.Section;
import io.github.sparkpysocial.viz.dashboard.Table;
import io.github.sparkpysocial.viz.dashboard.Tile;
import io.github.sparkpysocial.viz.live.Alert;
import io.github.sparkpysocial.viz.live.LiveDashboard;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * What a live page shows, kept in bounded memory: the latest posts, and the largest counts of the
 * latest windows. Thread-safe: each query brings its batches on a thread of its own.
 */
final class LiveBoard implements AutoCloseable {
  private static final int POSTS = 200;
  private static final int SHOWN = 25;
  private static final int WINDOWS = 48;
  private static final int LARGEST = 500;
  private static final int RANKED = 10;
  private static final int LINES = 5;
  private static final int EVIDENCE = 5;
  private static final int MOST_WAITING = 20;

  private final LiveDashboard page;
  private final Deque<Said> posts = new ArrayDeque<>();
  private final NavigableMap<Instant, Map<String, Long>> windows = new TreeMap<>();
  private final Deque<Surge> waiting = new ArrayDeque<>();
  private long came;
  private long unusual;

  /** A post, as far as the page shows it. */
  private record Said(
      Instant at, String network, String author, String text, @Nullable String url) {
    boolean has(String hashtag) {
      return text.toLowerCase(Locale.ROOT).contains("#" + hashtag);
    }
  }

  /** What is unusual, until it is told. */
  private record Surge(Instant at, String hashtag, String title) {}

  private LiveBoard(LiveDashboard page) {
    this.page = page;
  }

  static LiveBoard at(int port) throws IOException {
    return new LiveBoard(
        LiveDashboard.builder(Dashboard.builder("Trends, live").build()).port(port).start());
  }

  URI uri() {
    return page.uri();
  }

  /** Takes posts that are new; the latest are kept. */
  void takePosts(Dataset<Row> rows) {
    Dataset<Row> batch = rows.persist();
    try {
      long fresh = batch.count();
      List<Row> latest =
          batch
              .orderBy(col("created_at").desc())
              .limit(POSTS)
              .selectExpr(
                  "created_at",
                  "network",
                  "coalesce(author_handle, author_name, '')",
                  "text",
                  "url")
              .collectAsList();
      synchronized (this) {
        came += fresh;
        for (int i = latest.size() - 1; i >= 0; i--) {
          Row row = latest.get(i);
          posts.addFirst(
              new Said(
                  row.getTimestamp(0).toInstant(),
                  row.getString(1),
                  row.getString(2),
                  row.getString(3),
                  Answers.text(row, 4)));
        }
        while (posts.size() > POSTS) {
          posts.removeLast();
        }
        tell();
        page.publish(numbers());
      }
    } finally {
      batch.unpersist();
    }
  }

  /** Takes the counts that a batch changed; the page is drawn anew. */
  void takeCounts(Dataset<Row> rows) {
    List<Row> largest =
        rows.orderBy(col("window_start").desc(), col("posts").desc(), col("value"))
            .limit(LARGEST)
            .select("window_start", "value", "posts")
            .collectAsList();
    synchronized (this) {
      for (Row row : largest) {
        windows
            .computeIfAbsent(row.getTimestamp(0).toInstant(), start -> new HashMap<>())
            .put(row.getString(1), row.getLong(2));
      }
      while (windows.size() > WINDOWS) {
        windows.pollFirstEntry();
      }
      page.publish(dashboard());
    }
  }

  /** Takes what is unusual in a window that is complete: an alert with the posts behind it. */
  void takeUnusual(Dataset<Row> rows) {
    List<Row> found =
        rows.orderBy(functions.desc("score"))
            .limit(RANKED)
            .select("window_end", "value", "posts", "usual")
            .collectAsList();
    synchronized (this) {
      for (Row row : found) {
        waiting.add(
            new Surge(
                row.getTimestamp(0).toInstant(),
                row.getString(1),
                "#%s: %,d posts, usual are %.0f"
                    .formatted(row.getString(1), row.getLong(2), row.getDouble(3))));
      }
      unusual += found.size();
      tell();
      page.publish(numbers());
    }
  }

  /**
   * Tells of surges whose posts are there. The queries run side by side, so that a surge may be
   * found before its posts have come here; of many that wait, the oldest is told without them.
   */
  private void tell() {
    for (Surge surge : List.copyOf(waiting)) {
      List<Quote> evidence =
          posts.stream()
              .filter(post -> post.has(surge.hashtag()))
              .limit(EVIDENCE)
              .map(p -> new Quote(p.text(), p.author(), p.network(), p.at(), p.url()))
              .toList();
      if (!evidence.isEmpty() || waiting.size() > MOST_WAITING) {
        waiting.remove(surge);
        page.publish(Alert.of(surge.title(), surge.at(), evidence));
      }
    }
  }

  private Tile[] numbers() {
    return new Tile[] {
      Tile.count("posts", "Posts", came).withLink("#latest-posts"),
      Tile.count("hashtags", "Hashtags", totals().size()).withLink("#hashtags"),
      Tile.count("unusual", "Unusual", unusual)
    };
  }

  private Map<String, Long> totals() {
    Map<String, Long> totals = new HashMap<>();
    windows
        .values()
        .forEach(counts -> counts.forEach((value, n) -> totals.merge(value, n, Long::sum)));
    return totals;
  }

  private Dashboard dashboard() {
    List<Map.Entry<String, Long>> most =
        totals().entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(RANKED)
            .toList();
    List<Ranking.Entry> entries =
        most.stream()
            .map(each -> Ranking.Entry.of("#" + each.getKey(), each.getValue().doubleValue()))
            .toList();
    List<Series> lines = most.stream().limit(LINES).map(each -> line(each.getKey())).toList();
    return Dashboard.builder("Trends, live")
        .subtitle("What is said now, as it comes")
        .tiles(numbers())
        .section(
            Section.of("now", "What is said now")
                .half(Ranking.of("hashtags", "Most used hashtags", "posts", entries))
                .half(FigurePanel.of("course", TimeSeries.of("Hashtags over time", lines))))
        .section(Section.of("latest", "Who says it").wide(latest()))
        .build();
  }

  private Series line(String hashtag) {
    Map<Instant, Long> values = new TreeMap<>();
    windows.forEach((start, counts) -> values.put(start, counts.getOrDefault(hashtag, 0L)));
    return Series.of("#" + hashtag, values);
  }

  /** The posts behind the numbers, each with its link. */
  private Table latest() {
    Table.Builder table =
        Table.builder(
            "latest-posts",
            "The latest posts",
            Table.Column.text("When"),
            Table.Column.text("Who"),
            Table.Column.text("What"));
    posts.stream()
        .limit(SHOWN)
        .forEach(
            post ->
                table.row(
                    Cell.of(post.at()),
                    Cell.of(post.author()),
                    Cell.link(post.text(), post.url())));
    return table.build();
  }

  @Override
  public void close() {
    page.close();
  }
}
