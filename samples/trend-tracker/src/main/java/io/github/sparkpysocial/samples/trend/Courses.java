package io.github.sparkpysocial.samples.trend;

import io.github.sparkpysocial.viz.chart.Series;
import io.github.sparkpysocial.viz.chart.TimeSeries;
import io.github.sparkpysocial.viz.dashboard.FigurePanel;
import io.github.sparkpysocial.viz.dashboard.Section;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/** When it is said and done. */
record Courses(Answers answers, Instant now) {
  private static final int MOST_STEPS = 400;

  /** Before this there was no network that we read; such a time is a mistake. */
  private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

  Section section() {
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
    Row span = answers.rows("SELECT min(at), max(at) FROM %s".formatted(plausible)).get(0);
    Instant first = Answers.instant(span, 0);
    Instant last = Answers.instant(span, 1);
    if (first == null || last == null) {
      return TimeSeries.of(title, List.of());
    }
    String step = step(Duration.between(first, last));
    Map<String, Map<Instant, Long>> counts = new TreeMap<>();
    answers
        .rows(
            "SELECT name, date_trunc('%s', at), count(*) FROM %s GROUP BY 1, 2"
                .formatted(step, plausible))
        .forEach(
            row ->
                counts
                    .computeIfAbsent(row.getString(0), name -> new TreeMap<>())
                    .put(row.getTimestamp(1).toInstant(), row.getLong(2)));
    List<Instant> steps =
        answers
            .rows(
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
}
