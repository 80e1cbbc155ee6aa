package io.github.sparkpysocial.ml.evaluate;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * How far clusters agree with labels that people gave, by three measures that do not depend on how
 * either is named.
 *
 * @param count how many rows were compared: those that have a label
 * @param labels how many different labels they have
 * @param clusters how many different clusters they have
 * @param purity the share of rows whose label is the most frequent one in their cluster, {@code
 *     (1/n) Σ_k max_j n_kj} (Manning, Raghavan and Schütze 2008, "Introduction to Information
 *     Retrieval", 16.3). More clusters make it larger
 * @param nmi normalised mutual information, {@code I(L;C) / ((H(L)+H(C))/2)}, from 0 for
 *     independent to 1 for equal (Vinh, Epps and Bailey 2010, "Information Theoretic Measures for
 *     Clusterings Comparison"; the arithmetic mean, as scikit-learn's default). 1 if there is one
 *     label and one cluster
 * @param ari the Rand index adjusted for chance, 0 on average for random clusters, 1 for equal
 *     ones, possibly negative (Hubert and Arabie 1985, "Comparing Partitions", eq. 5)
 */
public record Agreement(
    long count, long labels, long clusters, double purity, double nmi, double ari)
    implements Serializable {
  private static final int MOST_CELLS = 1_000_000;

  /**
   * Compares two columns of any simple type. The pairs are counted by Spark; the table of counts,
   * one for each pair of label and cluster that occurs, comes to the driver.
   *
   * @param labelCol rows without a label are left out
   * @param predictionCol null is a cluster of its own
   * @throws IllegalArgumentException if a column is missing, no row has a label, or there are more
   *     than a million different pairs
   */
  public static Agreement of(Dataset<Row> rows, String labelCol, String predictionCol) {
    List<String> columns = List.of(rows.columns());
    for (String column : List.of(labelCol, predictionCol)) {
      if (!columns.contains(column)) {
        throw new IllegalArgumentException(
            "No column '" + column + "' to compare; the columns are " + String.join(", ", columns));
      }
    }
    List<Row> table =
        rows.select(
                col("`" + labelCol.replace("`", "``") + "`").cast("string").as("label"),
                col("`" + predictionCol.replace("`", "``") + "`").cast("string").as("cluster"))
            .where(col("label").isNotNull())
            .groupBy("label", "cluster")
            .count()
            .limit(MOST_CELLS + 1)
            .collectAsList();
    if (table.isEmpty()) {
      throw new IllegalArgumentException("No row has a value in column '" + labelCol + "'");
    }
    if (table.size() > MOST_CELLS) {
      throw new IllegalArgumentException(
          "There are more than a million different pairs of '"
              + labelCol
              + "' and '"
              + predictionCol
              + "'; is one of them an id?");
    }
    Map<@Nullable String, Map<@Nullable String, Long>> contingency = new HashMap<>();
    for (Row row : table) {
      contingency
          .computeIfAbsent(row.getString(0), label -> new HashMap<>())
          .put(row.getString(1), row.getLong(2));
    }
    return of(contingency);
  }

  /** Computes the measures from the counts by label and cluster. */
  static Agreement of(Map<@Nullable String, Map<@Nullable String, Long>> contingency) {
    Map<@Nullable String, Long> clusters = new HashMap<>();
    Map<@Nullable String, Long> largest = new HashMap<>();
    long n = 0;
    double labelEntropy = 0;
    double labelPairs = 0;
    double pairs = 0;
    for (Map<@Nullable String, Long> row : contingency.values()) {
      for (Map.Entry<@Nullable String, Long> cell : row.entrySet()) {
        clusters.merge(cell.getKey(), cell.getValue(), Long::sum);
        largest.merge(cell.getKey(), cell.getValue(), Math::max);
        n += cell.getValue();
        pairs += choose2(cell.getValue());
      }
    }
    double information = 0;
    for (Map<@Nullable String, Long> row : contingency.values()) {
      long label = row.values().stream().mapToLong(Long::longValue).sum();
      labelEntropy += entropy(label, n);
      labelPairs += choose2(label);
      for (Map.Entry<@Nullable String, Long> cell : row.entrySet()) {
        double joint = cell.getValue();
        double cluster = clusters.getOrDefault(cell.getKey(), 0L);
        if (joint > 0) {
          information += joint / n * Math.log(joint * n / ((double) label * cluster));
        }
      }
    }
    double clusterEntropy = 0;
    double clusterPairs = 0;
    for (long cluster : clusters.values()) {
      clusterEntropy += entropy(cluster, n);
      clusterPairs += choose2(cluster);
    }
    double pure = largest.values().stream().mapToLong(Long::longValue).sum() / (double) n;
    double entropies = (labelEntropy + clusterEntropy) / 2;
    double nmi = entropies == 0 ? 1 : Math.max(0, Math.min(1, information / entropies));
    double expected = n < 2 ? 0 : labelPairs * clusterPairs / choose2(n);
    double most = (labelPairs + clusterPairs) / 2;
    double ari = most == expected ? 1 : (pairs - expected) / (most - expected);
    return new Agreement(n, contingency.size(), clusters.size(), pure, nmi, ari);
  }

  private static double entropy(long part, long whole) {
    double share = (double) part / whole;
    return share == 0 ? 0 : -share * Math.log(share);
  }

  private static double choose2(long n) {
    return n * (n - 1.0) / 2;
  }
}
