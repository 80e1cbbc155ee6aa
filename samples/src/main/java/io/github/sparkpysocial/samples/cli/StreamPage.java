package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.streaming.alert.Alert;
import io.github.sparkpysocial.streaming.progress.QueryHealth;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.Quote;
import io.github.sparkpysocial.viz.dashboard.Tile;
import io.github.sparkpysocial.viz.live.LiveDashboard;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/** How a stream fares, on a page that keeps itself up to date. */
final class StreamPage implements AutoCloseable {
  private final LiveDashboard page;

  private StreamPage(LiveDashboard page) {
    this.page = page;
  }

  /**
   * Serves a page.
   *
   * @param port of this machine; 0 for any that is free
   */
  static StreamPage at(int port) throws IOException {
    Dashboard empty = Dashboard.builder("Stream").subtitle("What is counted, as it comes").build();
    return new StreamPage(LiveDashboard.builder(empty).port(port).start());
  }

  URI uri() {
    return page.uri();
  }

  /** Shows what a batch did. */
  void take(QueryHealth health) {
    String query = health.query().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String of = " (" + health.query() + ")";
    page.publish(
        Tile.count(query + "-rows", "Rows read" + of, health.totals().inputRows()),
        Tile.of(query + "-rate", "Rows a second" + of, rate(health.processedRowsPerSecond())),
        Tile.count(query + "-lag", "Waiting" + of, health.lag()),
        Tile.count(query + "-state", "Rows of state" + of, health.stateRows()),
        Tile.count(query + "-late", "Late rows" + of, health.totals().lateRows()),
        Tile.count(query + "-duplicates", "Came again" + of, health.totals().duplicateRows()));
  }

  /** Shows an alert with the posts that it is about, by their ids: it has none of their texts. */
  void take(Alert alert) {
    page.publish(
        new io.github.sparkpysocial.viz.live.Alert(
            alert.rule(),
            alert.text(),
            alert.at(),
            alert.evidence().stream()
                .map(
                    post ->
                        new Quote(
                            post.id(),
                            Objects.requireNonNullElse(post.author(), ""),
                            post.network(),
                            post.createdAt(),
                            null))
                .toList()));
  }

  private static String rate(double rows) {
    return String.format(Locale.ROOT, "%.1f", rows);
  }

  @Override
  public void close() {
    page.close();
  }
}
