package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.samples.trend.TrendTracker;
import io.github.sparkpysocial.samples.trend.Trends;
import io.github.sparkpysocial.viz.dashboard.Completeness;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** What {@link RunCommand} and {@link AnalyzeCommand} have in common once the records are there. */
final class Tracking implements AutoCloseable {
  private final Console console;
  private final TrendOptions options;
  private final CompletableFuture<SparkSession> spark;
  private final long started = System.nanoTime();
  private @Nullable Dashboard dashboard;

  /** Begins; Spark starts meanwhile. */
  Tracking(Console console, TrendOptions options) {
    this.console = console;
    this.options = options;
    this.spark = CompletableFuture.supplyAsync(SparkSessions::local);
  }

  /**
   * Finds out what the records tell, and writes dashboard, word cloud and clusters.
   *
   * @return the result of the command, for JSON
   */
  Map<String, @Nullable Object> track(
      Path records, String title, Instant now, List<Completeness.Source> sources)
      throws IOException {
    Trends trends =
        new TrendTracker(session(), now)
            .title(title)
            .clusters(options.k)
            .seed(options.seed)
            .sources(sources)
            .listener(step -> console.progress(() -> step))
            .track(PlaceUri.parse(records.toString()));
    console.progress(() -> "drawing");
    List<String> figures = new ArrayList<>();
    dashboard = trends.dashboard();
    Path index = trends.dashboard().write(options.out);
    figures.add(index.toString());
    WordCloud cloud = trends.cloud();
    if (cloud != null) {
      for (String name : List.of("wordcloud.svg", "wordcloud.png")) {
        Exporters.write(cloud, options.out.resolve(name));
        figures.add(options.out.resolve(name).toString());
      }
    }
    Dataset<Row> clustered = trends.clustered();
    if (clustered != null) {
      Assignments.write(
          clustered.withColumnRenamed("prediction", "cluster"),
          options.out.resolve("data").resolve("clusters.csv"),
          "cluster");
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    say(trends, index, seconds);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("harvested", trends.counts());
    result.put("stored", trends.records());
    result.put(
        "clusters",
        trends.clusters() == null
            ? List.of()
            : trends.clusters().clusters().stream().map(Clustering::json).toList());
    result.put("figures", figures);
    result.put("seconds", Math.round(seconds * 1_000) / 1_000.0);
    return result;
  }

  /**
   * Returns what {@link #track} drew.
   *
   * @throws IllegalStateException if it was not called
   */
  Dashboard dashboard() {
    Dashboard drawn = dashboard;
    if (drawn == null) {
      throw new IllegalStateException("Nothing was tracked");
    }
    return drawn;
  }

  private void say(Trends trends, Path index, double seconds) {
    trends
        .counts()
        .forEach(
            (network, kinds) ->
                kinds.forEach(
                    (kind, count) ->
                        console.say(
                            String.format(Locale.ROOT, "%10s  %-12s %,9d", network, kind, count))));
    if (trends.clusters() != null) {
      trends
          .clusters()
          .clusters()
          .forEach(
              card ->
                  console.say(
                      String.format(
                          Locale.ROOT,
                          "%10s  %,d posts: %s",
                          "topic " + (card.cluster() + 1),
                          card.size(),
                          card.terms().stream()
                              .limit(6)
                              .map(term -> term.term())
                              .collect(java.util.stream.Collectors.joining(", ")))));
    }
    console.say(
        String.format(
            Locale.ROOT,
            "done in %.1f s; look at %s",
            seconds,
            index.toAbsolutePath().normalize()));
  }

  private SparkSession session() {
    console.progress(() -> "starting Spark");
    try {
      return spark.join();
    } catch (CompletionException e) {
      throw Failure.failed("Spark could not be started: " + e.getCause(), e);
    }
  }

  /** Stops Spark. */
  @Override
  public void close() throws IOException {
    if (!spark.isCompletedExceptionally()) {
      spark.join().close();
    }
  }
}
