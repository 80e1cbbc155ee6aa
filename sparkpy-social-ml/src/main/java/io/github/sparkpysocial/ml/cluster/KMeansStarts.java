package io.github.sparkpysocial.ml.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Lloyd's algorithm from several random starts at once: each pass over the points moves the centres
 * of all starts that still move. Spark's {@code KMeans} runs one start at a time, with two stages a
 * pass; ten starts of some thousand short vectors take it several times longer, nearly all of it
 * spent on scheduling. Here, too, a start ends when no centre moves further than {@value
 * #TOLERANCE}.
 *
 * <p>A partition's sums come to the driver and are added there in the order of the partitions, so
 * the result depends on nothing but the points, their partitions and the seed.
 */
final class KMeansStarts {
  static final double TOLERANCE = 1e-4;

  /**
   * The best start.
   *
   * @param centres as many as asked for, or fewer if fewer different points were drawn
   * @param cost the sum of squared distances to the nearest centre
   * @param iterations how often the centres moved
   */
  record Solution(List<double[]> centres, double cost, int iterations) {}

  private KMeansStarts() {}

  /**
   * Finds the start that ends with the lowest cost.
   *
   * @param blocks the points of each partition as one array; read once a pass, so persisted
   */
  static Solution best(JavaRDD<double[][]> blocks, int k, int starts, int maxIter, long seed) {
    List<Integer> sizes = blocks.map(block -> block.length).collect();
    double[][][] centres = new double[starts][][];
    for (int start = 0; start < starts; start++) {
      centres[start] = new double[0][];
    }
    List<long[]> draws = new ArrayList<>();
    long points = sizes.stream().mapToLong(Integer::longValue).sum();
    for (int start = 0; start < starts; start++) {
      draws.add(draw(points, 3 * k, new Random(seed + start)));
    }
    double[][][] drawn = fetch(blocks, sizes, draws);
    for (int start = 0; start < starts; start++) {
      centres[start] = firstDifferent(drawn[start], k);
    }
    return lloyd(blocks, centres, maxIter);
  }

  /** Moves all starts until they stand still, and returns the one of the lowest cost. */
  static Solution lloyd(JavaRDD<double[][]> blocks, double[][][] centres, int maxIter) {
    int starts = centres.length;
    int[] moves = new int[starts];
    double[] cost = new double[starts];
    List<Integer> active = new ArrayList<>();
    for (int start = 0; start < starts; start++) {
      active.add(start);
    }
    boolean[] still = new boolean[starts];
    while (!active.isEmpty()) {
      double[][][] moving = active.stream().map(start -> centres[start]).toArray(double[][][]::new);
      Sums[] sums = pass(blocks, moving);
      List<Integer> next = new ArrayList<>();
      for (int i = 0; i < moving.length; i++) {
        int start = active.get(i);
        cost[start] = sums[i].cost;
        if (still[start] || moves[start] == maxIter) {
          continue;
        }
        still[start] = sums[i].move(centres[start]) <= TOLERANCE * TOLERANCE;
        moves[start]++;
        next.add(start);
      }
      active = next;
    }
    int best = 0;
    for (int start = 1; start < starts; start++) {
      best = cost[start] < cost[best] ? start : best;
    }
    return new Solution(List.of(centres[best]), cost[best], moves[best]);
  }

  private static Sums[] pass(JavaRDD<double[][]> blocks, double[][][] centres) {
    Broadcast<double[][][]> broadcast =
        JavaSparkContext.fromSparkContext(blocks.context()).broadcast(centres);
    try {
      List<Sums[]> parts = blocks.map(block -> Sums.of(block, broadcast.value())).collect();
      Sums[] all = parts.get(0);
      for (Sums[] part : parts.subList(1, parts.size())) {
        for (int start = 0; start < all.length; start++) {
          all[start].add(part[start]);
        }
      }
      return all;
    } finally {
      broadcast.destroy();
    }
  }

  /** Draws different numbers below {@code points}, or all of them if there are no more. */
  private static long[] draw(long points, int count, Random random) {
    if (points <= count) {
      long[] all = new long[(int) points];
      Arrays.setAll(all, i -> i);
      for (int i = all.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        long swapped = all[i];
        all[i] = all[j];
        all[j] = swapped;
      }
      return all;
    }
    java.util.LinkedHashSet<Long> drawn = new java.util.LinkedHashSet<>();
    while (drawn.size() < count) {
      drawn.add((long) (random.nextDouble() * points));
    }
    return drawn.stream().mapToLong(Long::longValue).toArray();
  }

  private static double[][][] fetch(
      JavaRDD<double[][]> blocks, List<Integer> sizes, List<long[]> draws) {
    TreeSet<Long> wanted = new TreeSet<>();
    draws.forEach(draw -> Arrays.stream(draw).forEach(wanted::add));
    long[] indices = wanted.stream().mapToLong(Long::longValue).toArray();
    long[] firsts = new long[sizes.size()];
    for (int i = 1; i < firsts.length; i++) {
      firsts[i] = firsts[i - 1] + sizes.get(i - 1);
    }
    List<double[][]> found =
        blocks
            .mapPartitionsWithIndex(
                (partition, each) -> {
                  List<double[][]> own = new ArrayList<>();
                  while (each.hasNext()) {
                    double[][] block = each.next();
                    long first = firsts[partition];
                    own.add(
                        Arrays.stream(indices)
                            .filter(i -> i >= first && i < first + block.length)
                            .mapToObj(i -> block[(int) (i - first)])
                            .toArray(double[][]::new));
                  }
                  return own.iterator();
                },
                true)
            .collect();
    double[][] points = found.stream().flatMap(Arrays::stream).toArray(double[][]::new);
    return draws.stream()
        .map(
            draw ->
                Arrays.stream(draw)
                    .mapToObj(i -> points[Arrays.binarySearch(indices, i)])
                    .toArray(double[][]::new))
        .toArray(double[][][]::new);
  }

  private static double[][] firstDifferent(double[][] points, int k) {
    List<double[]> different = new ArrayList<>();
    for (double[] point : points) {
      if (different.size() < k && different.stream().noneMatch(d -> Arrays.equals(d, point))) {
        different.add(point.clone());
      }
    }
    return different.toArray(new double[0][]);
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

  /** What one start learns of some points. */
  private static final class Sums implements Serializable {
    private static final long serialVersionUID = 1L;
    private final double[][] sums;
    private final long[] counts;
    private double cost;

    private Sums(int centres, int dimensions) {
      this.sums = new double[centres][dimensions];
      this.counts = new long[centres];
    }

    static Sums[] of(double[][] points, double[][][] centres) {
      Sums[] all = new Sums[centres.length];
      for (int start = 0; start < all.length; start++) {
        all[start] = new Sums(centres[start].length, centres[start][0].length);
        for (double[] point : points) {
          all[start].add(point, centres[start]);
        }
      }
      return all;
    }

    private void add(double[] point, double[][] centres) {
      int cluster = nearest(centres, point);
      double[] sum = sums[cluster];
      for (int i = 0; i < sum.length; i++) {
        sum[i] += point[i];
      }
      counts[cluster]++;
      cost += squaredDistance(centres[cluster], point);
    }

    void add(Sums other) {
      for (int c = 0; c < counts.length; c++) {
        counts[c] += other.counts[c];
        for (int i = 0; i < sums[c].length; i++) {
          sums[c][i] += other.sums[c][i];
        }
      }
      cost += other.cost;
    }

    /** Moves the centres to the means; returns the square of the longest way. */
    double move(double[][] centres) {
      double longest = 0;
      for (int c = 0; c < counts.length; c++) {
        if (counts[c] > 0) {
          double[] mean = new double[sums[c].length];
          for (int i = 0; i < mean.length; i++) {
            mean[i] = sums[c][i] / counts[c];
          }
          longest = Math.max(longest, squaredDistance(mean, centres[c]));
          centres[c] = mean;
        }
      }
      return longest;
    }
  }
}
