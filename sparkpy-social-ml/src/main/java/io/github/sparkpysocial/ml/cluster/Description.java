package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.Addends;
import io.github.sparkpysocial.ml.internal.Dense;
import io.github.sparkpysocial.ml.internal.SparseRows;
import io.github.sparkpysocial.ml.internal.Sums;
import io.github.sparkpysocial.ml.score.ModelCard;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/** Tells what the clusters of a fit are: how large, how far apart, what about. */
final class Description {
  private final TextClustering settings;
  private final JavaRDD<PostBlock> blocks;
  private final JavaRDD<Corpus.Weighed> weighed;
  private final PostSpace space;
  private final long texts;
  private final Broadcast<PostSpace> broadcast;

  Description(
      TextClustering settings,
      JavaRDD<PostBlock> blocks,
      JavaRDD<Corpus.Weighed> weighed,
      PostSpace space,
      long texts) {
    this.settings = settings;
    this.blocks = blocks;
    this.weighed = weighed;
    this.space = space;
    this.texts = texts;
    this.broadcast = JavaSparkContext.fromSparkContext(blocks.context()).broadcast(space);
  }

  /** Returns the points of the texts that have a known term. */
  JavaRDD<Points> points() {
    Broadcast<PostSpace> spaces = broadcast;
    return weighed.map(some -> points(some, spaces.value()));
  }

  private static Points points(Corpus.Weighed weighed, PostSpace space) {
    SparseRows rows = weighed.originals();
    int dimensions = space.dimensions();
    double[] values = new double[rows.size() * dimensions];
    long[] keys = new long[rows.size()];
    int[] places = new int[rows.size()];
    int size = 0;
    for (int row = 0; row < rows.size(); row++) {
      double[] point = space.point(rows, row);
      if (PostSpace.saysSomething(point)) {
        System.arraycopy(point, 0, values, size * dimensions, dimensions);
        keys[size] = weighed.keys()[row];
        places[size++] = row;
      }
    }
    return new Points(
        dimensions,
        Arrays.copyOf(values, size * dimensions),
        Arrays.copyOf(keys, size),
        Arrays.copyOf(places, size));
  }

  /**
   * What an algorithm has found.
   *
   * @param cost the sum of squared distances from the centres, or null if it is not yet measured
   * @param iterations how often centres moved, as far as it is known
   */
  record Found(Membership membership, @Nullable Double cost, int iterations) {
    static Found of(KMeansStarts.Solution solution) {
      return new Found(
          new NearestCentre(solution.centres()), solution.cost(), solution.iterations());
    }
  }

  /** Numbers the clusters by size and describes them. */
  TextClusteringModel model(
      JavaRDD<Points> points,
      long count,
      Corpus.Overview overview,
      Found best,
      String sparkVersion) {
    long posts = overview.posts();
    ClusterSums unsorted = sums(points, best.membership(), count);
    int[] order =
        IntStream.range(0, best.membership().clusters())
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -unsorted.posts(c)))
            .mapToInt(Integer::intValue)
            .toArray();
    ClusterSums sums = unsorted.inOrder(order);
    Membership membership = best.membership().inOrder(order);
    double[][] centres =
        membership instanceof NearestCentre nearest
            ? nearest.centres()
            : IntStream.range(0, order.length).mapToObj(sums::mean).toArray(double[][]::new);
    ClusteringReport report =
        new ClusteringReport(
            settings.algorithm,
            settings.k,
            settings.seed,
            posts,
            posts - Math.round(IntStream.range(0, order.length).mapToDouble(sums::posts).sum()),
            count,
            space.weights().size(),
            space.dimensions(),
            settings.starts,
            best.iterations(),
            best.cost() == null ? cost(sums, centres) : best.cost(),
            centres.length < 2 ? null : Silhouette.of(points, count, membership, sums),
            new Cards(settings, space.weights().terms(), sums)
                .with(CentralPosts.of(settings, blocks, weighed, points, membership, centres)));
    return new TextClusteringModel(
        settings.textCol,
        settings.predictionCol,
        new ClusterScorer(space, membership, centres),
        report,
        card(report, overview, sparkVersion));
  }

  private ModelCard card(ClusteringReport report, Corpus.Overview overview, String sparkVersion) {
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("cost", report.cost());
    if (report.silhouette() != null) {
      metrics.put("silhouette", report.silhouette());
    }
    metrics.put("unassignedShare", report.unassigned() / (double) Math.max(1, report.posts()));
    return new ModelCard(
        settings.source,
        overview.from(),
        overview.to(),
        report.posts(),
        settings.seed,
        Map.of(
            "algorithm", settings.algorithm.name(),
            "k", String.valueOf(settings.k),
            "starts", String.valueOf(settings.starts),
            "maxIter", String.valueOf(settings.maxIter),
            "minDocFreq", String.valueOf(settings.minDocFreq),
            "languages", settings.languages == null ? "as found" : settings.languages.toString()),
        metrics,
        ModelCard.versions(sparkVersion));
  }

  /** The sum of squared distances from the means, of points of length one. */
  private static double cost(ClusterSums sums, double[][] means) {
    double cost = 0;
    for (int c = 0; c < means.length; c++) {
      cost += sums.texts(c) * Math.max(0, 1 - Dense.dot(means[c], means[c]));
    }
    return cost;
  }

  private ClusterSums sums(JavaRDD<Points> points, Membership membership, long count) {
    Broadcast<PostSpace> spaces = broadcast;
    int terms = space.weights().size();
    int dimensions = space.dimensions();
    double grid = Addends.grid(Math.max(count, texts));
    double[] sums =
        Sums.of(
            weighed.zipPartitions(
                points,
                (rows, located) -> {
                  ClusterSums own = new ClusterSums(membership.clusters(), terms, dimensions);
                  while (rows.hasNext()) {
                    own.add(rows.next(), located.next(), spaces.value(), membership, grid);
                  }
                  return List.of(own.values()).iterator();
                }));
    return new ClusterSums(membership.clusters(), terms, dimensions, sums);
  }
}
