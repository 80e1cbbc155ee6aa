package io.github.sparkpysocial.ml.cluster;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.internal.Dense;
import io.github.sparkpysocial.ml.internal.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.clustering.GaussianMixture;
import org.apache.spark.ml.clustering.GaussianMixtureModel;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.LDA;
import org.apache.spark.ml.clustering.PowerIterationClustering;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.mllib.clustering.BisectingKMeans;
import org.apache.spark.mllib.clustering.ClusteringTreeNode;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** Finds clusters by the algorithms of MLlib. */
final class MllibClusters {
  private static final int NEIGHBOURS = 20;
  private static final String FEATURES = "features";
  private static final String PREDICTION = "prediction";
  private static final String NUMBER = "id";

  private final TextClustering settings;
  private final SparkSession spark;
  private final JavaRDD<Corpus.Weighed> weighed;
  private final int terms;
  private final JavaRDD<Points> points;
  private final long count;

  MllibClusters(
      TextClustering settings,
      SparkSession spark,
      JavaRDD<Corpus.Weighed> weighed,
      int terms,
      JavaRDD<Points> points,
      long count) {
    this.settings = settings;
    this.spark = spark;
    this.weighed = weighed;
    this.terms = terms;
    this.points = points;
    this.count = count;
  }

  Description.Found find() {
    return switch (settings.algorithm) {
      case K_MEANS -> nearest(kMeans());
      case BISECTING_K_MEANS -> own(TreeMembership.of(bisected()));
      case GAUSSIAN_MIXTURE -> own(onPoints(data -> MixtureMembership.of(mixture(data))));
      case LDA -> nearest(topics());
      case POWER_ITERATION -> nearest(powerIteration());
      case SPHERICAL_K_MEANS -> throw new IllegalStateException("KMeansStarts does this");
    };
  }

  private static Description.Found own(Membership membership) {
    return new Description.Found(membership, null, 0);
  }

  /** A pass without moves measures the cost. */
  private Description.Found nearest(double[][] means) {
    return Description.Found.of(
        KMeansStarts.lloyd(points, count, means, new KMeansStarts.Limits(0, 0)));
  }

  private double[][] kMeans() {
    return onPoints(
        data ->
            Arrays.stream(
                    new KMeans()
                        .setK(settings.k)
                        .setMaxIter(settings.maxIter)
                        .setSeed(settings.seed)
                        .fit(data)
                        .clusterCenters())
                .map(Vector::toArray)
                .toArray(double[][]::new));
  }

  /** By the older interface, since the newer one keeps the tree to itself. */
  private ClusteringTreeNode bisected() {
    JavaRDD<org.apache.spark.mllib.linalg.Vector> vectors =
        points
            .flatMap(
                some ->
                    IntStream.range(0, some.size())
                        .mapToObj(i -> org.apache.spark.mllib.linalg.Vectors.dense(some.point(i)))
                        .iterator())
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return new BisectingKMeans()
          .setK(settings.k)
          .setMaxIterations(settings.maxIter)
          .setSeed(settings.seed)
          .run(vectors)
          .root();
    } finally {
      vectors.unpersist(false);
    }
  }

  private GaussianMixtureModel mixture(Dataset<Row> data) {
    return new GaussianMixture()
        .setK(settings.k)
        .setMaxIter(settings.maxIter)
        .setSeed(settings.seed)
        .fit(data);
  }

  private <T> T onPoints(java.util.function.Function<Dataset<Row>, T> algorithm) {
    Dataset<Row> data = data().persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return algorithm.apply(data);
    } finally {
      data.unpersist(false);
    }
  }

  /** The points as vectors, with the terms that each text has, and a number. */
  private Dataset<Row> data() {
    int dictionary = terms;
    JavaRDD<Row> rows =
        weighed
            .zip(points)
            .flatMap(
                both -> {
                  List<Row> some = new ArrayList<>();
                  for (int i = 0; i < both._2().size(); i++) {
                    some.add(
                        RowFactory.create(
                            Vectors.dense(both._2().point(i)),
                            present(both._1().originals(), both._2().rows()[i], dictionary)));
                  }
                  return some.iterator();
                });
    return spark.createDataFrame(
        rows,
        new StructType()
            .add(FEATURES, SQLDataTypes.VectorType())
            .add("terms", SQLDataTypes.VectorType()));
  }

  private static Vector present(SparseRows rows, int row, int terms) {
    int[] indices = new int[rows.end(row) - rows.start(row)];
    Arrays.setAll(indices, i -> rows.index(rows.start(row) + i));
    Arrays.sort(indices);
    double[] ones = new double[indices.length];
    Arrays.fill(ones, 1);
    return Vectors.sparse(terms, indices, ones);
  }

  /** Returns the mean point of each cluster that a prediction tells. */
  private double[][] means(Dataset<Row> predicted) {
    Dataset<Row> arrays =
        predicted
            .select(col(PREDICTION), functions.vector_to_array(col(FEATURES), "float64").as("a"))
            .selectExpr(PREDICTION, "posexplode(a)")
            .groupBy(PREDICTION, "pos")
            .agg(avg("col"));
    double[][] means = new double[settings.k][];
    for (Row row : arrays.orderBy(PREDICTION, "pos").collectAsList()) {
      int cluster = row.getInt(0);
      if (means[cluster] == null) {
        means[cluster] = new double[points.first().dimensions()];
      }
      means[cluster][row.getInt(1)] = row.getDouble(2);
    }
    return Arrays.stream(means).filter(mean -> mean != null).toArray(double[][]::new);
  }

  private double[][] topics() {
    return onPoints(
        data ->
            means(
                new LDA()
                    .setFeaturesCol("terms")
                    .setK(settings.k)
                    .setMaxIter(settings.maxIter)
                    .setSeed(settings.seed)
                    .fit(data)
                    .transform(data)
                    .withColumn("d", functions.vector_to_array(col("topicDistribution"), "float64"))
                    .selectExpr(
                        FEATURES, "cast(array_position(d, array_max(d)) - 1 as int) prediction")));
  }

  private double[][] powerIteration() {
    if (count > ClusteringAlgorithm.MOST_TEXTS_OF_POWER_ITERATION) {
      throw new IllegalArgumentException(
          "POWER_ITERATION compares all texts with each other and takes at most "
              + ClusteringAlgorithm.MOST_TEXTS_OF_POWER_ITERATION
              + ", not "
              + count
              + "; sample the posts, or choose SPHERICAL_K_MEANS");
    }
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Points all = KMeansStarts.all(points);
    Broadcast<Points> broadcast = context.broadcast(all);
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      numbers.add(i);
    }
    Dataset<Row> edges =
        spark.createDataFrame(
            context
                .parallelize(numbers, context.defaultParallelism())
                .flatMap(i -> neighbours(broadcast.value(), i)),
            new StructType()
                .add("src", DataTypes.LongType)
                .add("dst", DataTypes.LongType)
                .add("weight", DataTypes.DoubleType));
    List<Row> assigned =
        new PowerIterationClustering()
            .setK(settings.k)
            .setMaxIter(settings.maxIter)
            .setWeightCol("weight")
            .assignClusters(edges)
            .orderBy(NUMBER)
            .collectAsList();
    double[][] sums = new double[settings.k][all.dimensions()];
    double[] sizes = new double[settings.k];
    for (Row row : assigned) {
      double[] point = all.point((int) row.<Long>getAs(NUMBER).longValue());
      int cluster = row.<Integer>getAs("cluster");
      sizes[cluster]++;
      for (int j = 0; j < point.length; j++) {
        sums[cluster][j] += point[j];
      }
    }
    List<double[]> means = new ArrayList<>();
    for (int c = 0; c < sums.length; c++) {
      double size = sizes[c];
      if (size > 0) {
        means.add(Arrays.stream(sums[c]).map(sum -> sum / size).toArray());
      }
    }
    return means.toArray(double[][]::new);
  }

  /** The nearest neighbours of a point, as edges by their cosine. */
  private static Iterator<Row> neighbours(Points points, int from) {
    double[] point = points.point(from);
    PriorityQueue<double[]> nearest =
        new PriorityQueue<>(Comparator.comparingDouble((double[] edge) -> edge[1]));
    for (int to = 0; to < points.size(); to++) {
      double cosine = Dense.dot(point, points.point(to));
      if (to != from && cosine > 0) {
        nearest.add(new double[] {to, cosine});
        if (nearest.size() > NEIGHBOURS) {
          nearest.poll();
        }
      }
    }
    return nearest.stream()
        .map(edge -> RowFactory.create((long) from, (long) edge[0], edge[1]))
        .iterator();
  }
}
