package io.github.sparkpysocial.samples.book;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.mllib.classification.LogisticRegressionModel;
import org.apache.spark.mllib.classification.LogisticRegressionWithLBFGS;
import org.apache.spark.mllib.classification.SVMModel;
import org.apache.spark.mllib.classification.SVMWithSGD;
import org.apache.spark.mllib.clustering.StreamingKMeansModel;
import org.apache.spark.mllib.feature.PCA;
import org.apache.spark.mllib.fpm.PrefixSpan;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.optimization.GradientDescent;
import org.apache.spark.mllib.optimization.LeastSquaresGradient;
import org.apache.spark.mllib.optimization.SquaredL2Updater;
import org.apache.spark.mllib.regression.LabeledPoint;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * What the book names and no builder of the library wraps: the optimisers themselves, learners by
 * stochastic gradient descent, K-Means on batch after batch, components, sequences.
 */
public final class MllibLearners {
  private static final int POINTS = 200;

  private MllibLearners() {}

  /** Returns one number of each, by its name; the same each time. */
  public static Map<String, Double> walk(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    JavaRDD<LabeledPoint> points = context.parallelize(clouds(), 2).cache();
    Map<String, Double> told = new TreeMap<>();

    SVMModel svm = SVMWithSGD.train(points.rdd(), 50);
    told.put("SGD: SVM, right", right(points, point -> svm.predict(point.features())));
    LogisticRegressionModel logistic =
        new LogisticRegressionWithLBFGS().setNumClasses(2).run(points.rdd());
    told.put("L-BFGS: logistic, right", right(points, point -> logistic.predict(point.features())));
    told.put("optimiser: gradient descent, slope", slope(context));
    told.put("streaming K-Means: drift of the centre", drift(context));
    told.put(
        "PCA: dimensions left",
        (double) new PCA(1).fit(points.map(LabeledPoint::features).rdd()).pc().numCols());
    told.put("sequences: replies after mentions", sequences(context));
    points.unpersist();
    return told;
  }

  /** Two clouds on both sides of a line. */
  private static List<LabeledPoint> clouds() {
    Random random = new Random(5);
    List<LabeledPoint> points = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      int label = i % 2;
      double side = label == 0 ? -2 : 2;
      points.add(
          new LabeledPoint(
              label, Vectors.dense(side + random.nextGaussian(), random.nextGaussian())));
    }
    return points;
  }

  private interface Predictor extends java.io.Serializable {
    double predict(LabeledPoint point);
  }

  private static double right(JavaRDD<LabeledPoint> points, Predictor predictor) {
    return (double) points.filter(point -> predictor.predict(point) == point.label()).count()
        / POINTS;
  }

  /** Finds {@code y = 3 x} by the optimiser that learners by SGD share. */
  private static double slope(JavaSparkContext context) {
    List<Tuple2<Object, Vector>> line = new ArrayList<>();
    for (int x = 1; x <= 20; x++) {
      line.add(new Tuple2<>(3.0 * x / 20, Vectors.dense(x / 20.0)));
    }
    return GradientDescent.runMiniBatchSGD(
            context.parallelize(line, 2).rdd(),
            new LeastSquaresGradient(),
            new SquaredL2Updater(),
            2.0,
            200,
            0.0,
            1.0,
            Vectors.dense(0),
            1e-6)
        ._1()
        .apply(0);
  }

  /** Follows a subject that moves from 0 to 4 in ten batches, forgetting half of what was. */
  private static double drift(JavaSparkContext context) {
    StreamingKMeansModel model =
        new StreamingKMeansModel(
            new Vector[] {Vectors.dense(0), Vectors.dense(100)}, new double[] {1, 1});
    Queue<Integer> batches = new ArrayDeque<>(List.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4));
    while (!batches.isEmpty()) {
      double at = batches.remove();
      JavaRDD<Vector> batch =
          context.parallelize(
              List.of(Vectors.dense(at - 0.1), Vectors.dense(at + 0.1), Vectors.dense(100)));
      model = model.update(batch.rdd(), 0.5, "batches");
    }
    return model.clusterCenters()[0].apply(0);
  }

  private static double sequences(JavaSparkContext context) {
    JavaRDD<List<List<String>>> deeds =
        context.parallelize(
            List.of(
                List.of(List.of("mention"), List.of("reply")),
                List.of(List.of("mention"), List.of("repost"), List.of("reply")),
                List.of(List.of("reply"), List.of("mention"))));
    return new PrefixSpan()
        .setMinSupport(0.5).run(deeds).freqSequences().toJavaRDD().collect().stream()
            .filter(
                found -> found.javaSequence().equals(List.of(List.of("mention"), List.of("reply"))))
            .mapToDouble(found -> found.freq())
            .sum();
  }
}
