package io.github.sparkpysocial.samples.trend;

import io.github.sparkpysocial.ml.cluster.ClusteringReport;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a community.
 *
 * @param dashboard all of it on one page
 * @param counts how many records there are, by network and kind
 * @param clusters what the posts are about, or {@code null} if they are too few to tell
 * @param cloud the terms of all clusters, each in the colour of its cluster, or {@code null} if
 *     there are none
 * @param clustered the posts with the number of their cluster in {@code prediction}, read when it
 *     is asked, or {@code null} if there are no clusters
 */
public record Trends(
    Dashboard dashboard,
    Map<String, Map<String, Long>> counts,
    @Nullable ClusteringReport clusters,
    @Nullable WordCloud cloud,
    @Nullable Dataset<Row> clustered) {

  /** Returns how many records there are. */
  public long records() {
    return counts.values().stream()
        .flatMap(kinds -> kinds.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }
}
