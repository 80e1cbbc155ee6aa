package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.Addends;
import io.github.sparkpysocial.ml.internal.Sums;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Lloyd's algorithm from several random starts. Each start is a task of its own, over a sample of
 * {@value #SAMPLE} points, or all if there are no more; the one of the lowest cost goes on over all
 * points. Spark's {@code KMeans} runs one start at a time, with two stages a pass. Here, too, a
 * start ends when no centre moves further than {@value #TOLERANCE}.
 *
 * <p>The result depends on nothing but the points, their keys and the seed: which points are in the
 * sample follows from their keys, and sums do not depend on the order of their addends.
 */
final class KMeansStarts {
  static final double TOLERANCE = 1e-4;
  static final int SAMPLE = 1 << 15;

  /**
   * The best start.
   *
   * @param centres as many as asked for, or fewer if fewer different points were drawn
   * @param cost the sum of squared distances to the nearest centre
   * @param iterations how often the centres moved
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Solution(double[][] centres, double cost, int iterations) implements Serializable {}

  /** When a start ends. */
  record Limits(int maxIter, double tolerance) implements Serializable {}

  private KMeansStarts() {}

  /**
   * Finds the start that ends with the lowest cost.
   *
   * @param count how many points there are
   * @param points read once a pass, so persisted
   */
  static Solution best(
      JavaRDD<Points> points, long count, int k, int starts, Limits limits, long seed) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(points.context());
    Broadcast<Points> sample = context.broadcast(sample(points, count));
    try {
      List<Integer> numbers = IntStream.range(0, starts).boxed().toList();
      Solution best =
          context
              .parallelize(numbers, Math.min(starts, 4 * context.defaultParallelism()))
              .map(start -> start(sample.value(), k, limits, seed + start))
              .collect()
              .stream()
              .min(Comparator.comparingDouble(Solution::cost))
              .orElseThrow();
      if (count <= SAMPLE) {
        return best;
      }
      return lloyd(points, count, best.centres, limits);
    } finally {
      sample.destroy();
    }
  }

  /** Returns all points, in the order of their keys. */
  static Points all(JavaRDD<Points> points) {
    return sample(points, 0);
  }

  /** Returns the points with the smallest keys, in the order of their keys. */
  private static Points sample(JavaRDD<Points> points, long count) {
    long highest =
        count <= SAMPLE
            ? Long.MAX_VALUE
            : (long) (((double) SAMPLE / count * 2 - 1) * Long.MAX_VALUE);
    List<Points> parts =
        points
            .map(
                some -> {
                  int[] drawn =
                      IntStream.range(0, some.size())
                          .filter(i -> some.keys()[i] <= highest)
                          .toArray();
                  return select(
                      List.of(some), Arrays.stream(drawn).mapToObj(i -> new int[] {0, i}));
                })
            .collect();
    return select(
        parts,
        IntStream.range(0, parts.size())
            .boxed()
            .flatMap(
                part ->
                    IntStream.range(0, parts.get(part).size()).mapToObj(i -> new int[] {part, i}))
            .sorted(
                (a, b) -> {
                  int order =
                      Long.compare(parts.get(a[0]).keys()[a[1]], parts.get(b[0]).keys()[b[1]]);
                  return order != 0
                      ? order
                      : Arrays.compare(parts.get(a[0]).point(a[1]), parts.get(b[0]).point(b[1]));
                }));
  }

  private static Points select(List<Points> parts, java.util.stream.Stream<int[]> chosen) {
    List<int[]> places = chosen.toList();
    int dimensions = parts.isEmpty() ? 0 : parts.get(0).dimensions();
    double[] values = new double[places.size() * dimensions];
    long[] keys = new long[places.size()];
    for (int i = 0; i < keys.length; i++) {
      Points part = parts.get(places.get(i)[0]);
      int at = places.get(i)[1];
      keys[i] = part.keys()[at];
      System.arraycopy(part.values(), at * dimensions, values, i * dimensions, dimensions);
    }
    return new Points(dimensions, values, keys, new int[keys.length]);
  }

  private static Solution start(Points sample, int k, Limits limits, long seed) {
    double[][] centres = firstDifferent(sample, k, new Random(seed));
    double grid = Addends.grid(4L * sample.size());
    Moves moves = new Moves(centres, limits);
    do {
      double[] sums = emptySums(centres.length, sample.dimensions());
      add(sample, centres, sums, grid);
      moves.by(sums);
    } while (!moves.isOver());
    return moves.solution();
  }

  /** Draws three times as many points as asked for, and keeps the first that differ. */
  private static double[][] firstDifferent(Points sample, int k, Random random) {
    Set<Integer> drawn = new LinkedHashSet<>();
    while (drawn.size() < Math.min(3L * k, sample.size())) {
      drawn.add(random.nextInt(sample.size()));
    }
    List<double[]> different = new ArrayList<>();
    for (int place : drawn) {
      double[] point = sample.point(place);
      if (different.size() < k && different.stream().noneMatch(d -> Arrays.equals(d, point))) {
        different.add(point);
      }
    }
    return different.toArray(new double[0][]);
  }

  /** Moves centres over all points until they stand still. */
  static Solution lloyd(JavaRDD<Points> points, long count, double[][] from, Limits limits) {
    double[][] centres = Arrays.stream(from).map(double[]::clone).toArray(double[][]::new);
    double grid = Addends.grid(4 * count);
    Moves moves = new Moves(centres, limits);
    do {
      moves.by(pass(points, centres, grid));
    } while (!moves.isOver());
    return moves.solution();
  }

  private static double[] pass(JavaRDD<Points> points, double[][] centres, double grid) {
    Broadcast<double[][]> broadcast =
        JavaSparkContext.fromSparkContext(points.context()).broadcast(centres);
    try {
      return Sums.of(
          points.mapPartitions(
              blocks -> {
                double[][] now = broadcast.value();
                double[] sums = emptySums(now.length, now[0].length);
                blocks.forEachRemaining(block -> add(block, now, sums, grid));
                return List.of(sums).iterator();
              }));
    } finally {
      broadcast.destroy();
    }
  }

  /** For each centre the sum of its points and their number; at the end the cost. */
  private static double[] emptySums(int centres, int dimensions) {
    return new double[centres * (dimensions + 1) + 1];
  }

  private static void add(Points points, double[][] centres, double[] sums, double grid) {
    int dimensions = points.dimensions();
    double[] values = points.values();
    double[] point = new double[dimensions];
    for (int i = 0; i < points.size(); i++) {
      System.arraycopy(values, i * dimensions, point, 0, dimensions);
      int cluster = nearest(centres, point);
      int at = cluster * (dimensions + 1);
      for (int j = 0; j < dimensions; j++) {
        sums[at + j] += point[j] + grid - grid;
      }
      sums[at + dimensions]++;
      sums[sums.length - 1] += squaredDistance(centres[cluster], point) + grid - grid;
    }
  }

  /** Returns the number of the nearest centre; of equally near ones the first. */
  static int nearest(double[][] centres, double[] point) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < centres.length; c++) {
      double distance = squaredDistance(centres[c], point);
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    return nearest;
  }

  private static double squaredDistance(double[] a, double[] b) {
    double distance = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = a[i] - b[i];
      distance += difference * difference;
    }
    return distance;
  }

  /** Where one start is. After the last move one more pass measures the cost. */
  private static final class Moves {
    private final double[][] centres;
    private final Limits limits;
    private double cost;
    private int made;
    private boolean still;
    private boolean over;

    Moves(double[][] centres, Limits limits) {
      this.centres = centres;
      this.limits = limits;
    }

    void by(double[] sums) {
      cost = sums[sums.length - 1];
      if (still || made == limits.maxIter) {
        over = true;
        return;
      }
      double longest = 0;
      int dimensions = centres[0].length;
      for (int c = 0; c < centres.length; c++) {
        int at = c * (dimensions + 1);
        if (sums[at + dimensions] > 0) {
          double[] mean = new double[dimensions];
          for (int j = 0; j < dimensions; j++) {
            mean[j] = sums[at + j] / sums[at + dimensions];
          }
          longest = Math.max(longest, squaredDistance(mean, centres[c]));
          centres[c] = mean;
        }
      }
      made++;
      still = longest <= limits.tolerance * limits.tolerance;
    }

    boolean isOver() {
      return over;
    }

    Solution solution() {
      return new Solution(centres, cost, made);
    }
  }
}
