package io.github.sparkpysocial.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.ml.internal.SplitMix64;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.clustering.KMeans;
import org.apache.spark.mllib.clustering.KMeansModel;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KMeansStartsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final KMeansStarts.Limits LIMITS =
      new KMeansStarts.Limits(100, KMeansStarts.TOLERANCE);

  private static final JavaSparkContext context =
      JavaSparkContext.fromSparkContext(SPARK.session().sparkContext());

  @Test
  void eachStartEndsWhereSparksKMeansEnds() {
    double[][] points = points(new Random(1), 300);
    JavaRDD<Vector> vectors =
        context.parallelize(Arrays.stream(points).map(Vectors::dense).toList(), 2).cache();
    for (int trial = 0; trial < 3; trial++) {
      double[][] centres = {points[trial], points[50 + trial], points[200 + trial]};
      KMeansModel expected =
          new KMeans()
              .setK(3)
              .setMaxIterations(100)
              .setEpsilon(KMeansStarts.TOLERANCE)
              .setInitialModel(
                  new KMeansModel(
                      Arrays.stream(centres).map(Vectors::dense).toArray(Vector[]::new)))
              .run(vectors.rdd());

      KMeansStarts.Solution found =
          KMeansStarts.lloyd(blocks(points, 2), points.length, centres, LIMITS);

      assertThat(found.cost()).isEqualTo(expected.computeCost(vectors.rdd()), within(1e-6));
      for (int c = 0; c < 3; c++) {
        assertThat(found.centres()[c])
            .containsExactly(expected.clusterCenters()[c].toArray(), within(1e-4));
      }
    }
  }

  @Test
  void theCheapestStartWins() {
    double[][] points = points(new Random(2), 200);

    KMeansStarts.Solution one = best(points, 3, 6, 1, 50, 11);
    KMeansStarts.Solution ten = best(points, 3, 6, 10, 50, 11);

    assertThat(ten.cost()).isLessThanOrEqualTo(one.cost());
    assertThat(best(points, 3, 6, 10, 50, 11).cost()).isEqualTo(ten.cost());
  }

  @Test
  void aStartStopsAtItsLastIteration() {
    double[][] points = points(new Random(3), 200);

    assertThat(best(points, 1, 5, 4, 1, 3).iterations()).isEqualTo(1);
  }

  @Test
  void repeatedPointsAreOneCentre() {
    double[][] points = new double[40][];
    Arrays.setAll(points, i -> new double[] {i % 2, 0});

    KMeansStarts.Solution found = best(points, 2, 2, 3, 10, 5);

    assertThat(found.centres()).hasDimensions(2, 2);
    assertThat(found.cost()).isZero();
    assertThat(best(points, 2, 5, 1, 10, 5).centres().length).isBetween(1, 2);
  }

  private static double[][] points(Random random, int count) {
    double[][] points = new double[count][];
    for (int i = 0; i < count; i++) {
      double middle = i % 3 * 2.0;
      points[i] =
          new double[] {
            middle + random.nextGaussian(), random.nextGaussian(), middle - random.nextGaussian()
          };
    }
    return points;
  }

  private static JavaRDD<Points> blocks(double[][] points, int partitions) {
    List<Points> blocks = new ArrayList<>();
    int size = (points.length + partitions - 1) / partitions;
    for (int from = 0; from < points.length; from += size) {
      blocks.add(block(Arrays.copyOfRange(points, from, Math.min(points.length, from + size))));
    }
    return context.parallelize(blocks, partitions).cache();
  }

  private static KMeansStarts.Solution best(
      double[][] points, int partitions, int k, int starts, int maxIter, long seed) {
    return KMeansStarts.best(
        blocks(points, partitions),
        points.length,
        k,
        starts,
        new KMeansStarts.Limits(maxIter, KMeansStarts.TOLERANCE),
        seed);
  }

  static Points block(double[][] points) {
    return new Points(
        points[0].length,
        Arrays.stream(points).flatMapToDouble(Arrays::stream).toArray(),
        Arrays.stream(points).mapToLong(point -> SplitMix64.mix(Arrays.hashCode(point))).toArray(),
        new int[points.length]);
  }
}
