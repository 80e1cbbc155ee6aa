package io.github.sparkpysocial.ml.network;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.internal.Addends;
import io.github.sparkpysocial.ml.internal.KeyIndexes;
import io.github.sparkpysocial.ml.internal.SplitMix64;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Betweenness from some sources: each task walks from its sources over the neighbours of all
 * vertices, which travel to each executor once.
 */
final class Betweenness {
  /** So many whatever the machine, so that sums are made in one order. */
  private static final int TASKS = 8;

  private static final int MOST_EDGES = 50_000_000;

  private Betweenness() {}

  /**
   * Returns key and betweenness.
   *
   * @param sources how many vertices are walked from; all if there are no more
   */
  static Dataset<Row> of(Dataset<Row> vertices, Dataset<Row> edges, int sources, long seed) {
    Dataset<Row> numbers = KeyIndexes.of(vertices.select("key"), "key", "number").cache();
    try {
      ShortestPaths paths = paths(numbers, edges);
      List<Integer> drawn = drawn(paths.vertices(), sources, seed);
      double[] sums =
          sums(
              JavaSparkContext.fromSparkContext(vertices.sparkSession().sparkContext()),
              paths,
              drawn);
      double pairs = (paths.vertices() - 1.0) * Math.max(1, paths.vertices() - 2.0);
      double scale = paths.vertices() / (drawn.size() * pairs);
      List<Row> rows = new ArrayList<>();
      for (Row row : numbers.collectAsList()) {
        rows.add(RowFactory.create(row.getString(0), sums[(int) row.getLong(1)] * scale));
      }
      return vertices
          .sparkSession()
          .createDataFrame(
              rows,
              new StructType()
                  .add("key", DataTypes.StringType, false)
                  .add("betweenness", DataTypes.DoubleType, false));
    } finally {
      numbers.unpersist(false);
    }
  }

  /** Takes each pair of neighbours once, whatever the direction. */
  private static ShortestPaths paths(Dataset<Row> numbers, Dataset<Row> edges) {
    Dataset<Row> numbered =
        edges
            .join(numbers.toDF("src", "a"), "src")
            .join(numbers.toDF("dst", "b"), "dst")
            .where(col("a").notEqual(col("b")))
            .selectExpr("least(a, b) AS a", "greatest(a, b) AS b")
            .distinct();
    long count = numbered.count();
    if (count > MOST_EDGES) {
      throw new IllegalArgumentException(
          "Betweenness holds all neighbours in memory and takes at most "
              + MOST_EDGES
              + " pairs of them, not "
              + count
              + "; use brokerage, or a part of the network");
    }
    ShortestPaths.Builder paths = new ShortestPaths.Builder((int) numbers.count(), (int) count);
    for (Row row : numbered.orderBy("a", "b").collectAsList()) {
      paths.add((int) row.getLong(0), (int) row.getLong(1));
    }
    return paths.build();
  }

  private static List<Integer> drawn(int vertices, int sources, long seed) {
    return IntStream.range(0, vertices)
        .boxed()
        .sorted(Comparator.comparingLong(v -> SplitMix64.mix(seed ^ SplitMix64.mix(v))))
        .limit(sources)
        .toList();
  }

  private static double[] sums(
      JavaSparkContext context, ShortestPaths paths, List<Integer> sources) {
    Broadcast<ShortestPaths> broadcast = context.broadcast(paths);
    try {
      return context
          .parallelize(sources, Math.min(TASKS, sources.size()))
          .mapPartitions(
              own -> {
                ShortestPaths all = broadcast.value();
                double[] sum = new double[all.vertices()];
                own.forEachRemaining(source -> all.add(source, sum));
                return List.of(sum).iterator();
              })
          .collect()
          .stream()
          .reduce(Addends::plus)
          .orElseThrow();
    } finally {
      broadcast.destroy();
    }
  }
}
