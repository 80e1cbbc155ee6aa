package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.ml.cluster.ClusteringReport;
import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.feature.LatentSemantics;
import io.github.sparkpysocial.ml.feature.SocialTokenizer;
import io.github.sparkpysocial.ml.feature.TfIdf;
import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.ml.project.Projection;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.viz.chart.ScatterChart;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The book's main experiment: texts become features, K-Means finds groups, a measure says how well
 * they are apart, and a picture in two dimensions lets us see it. Step by step with MLlib, then by
 * the one call that chooses all this well.
 */
public final class ClusterPosts {
  private static final int K = 5;
  private static final long SEED = 42;

  private ClusterPosts() {}

  /** Clusters the posts of a place and draws them: {@code [URI]}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    PlaceUri place = SandboxPosts.orNamed(args);
    try (SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      Dataset<Row> posts = Frames.of(spark, place, RecordKind.POST).cache();
      Dataset<Row> clustered = cluster(posts);
      System.out.println("silhouette " + silhouette(clustered));
      Exporters.write(picture(clustered), Path.of("clusters.html"));

      ClusteringReport ready = TextClustering.builder(K).seed(SEED).build().fit(posts).report();
      ready.clusters().forEach(card -> System.out.println(card.size() + " " + card.terms()));
    }
  }

  /**
   * Returns posts with {@code tokens}, their {@code latent} features and their {@code prediction}.
   */
  static Dataset<Row> cluster(Dataset<Row> posts) {
    Pipeline pipeline =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new SocialTokenizer(),
                  new TfIdf().setMinDF(2),
                  new LatentSemantics().setDimensions(2 * K),
                  new KMeans().setK(K).setSeed(SEED).setInitMode("random").setFeaturesCol("latent")
                });
    return pipeline.fit(posts).transform(posts).cache();
  }

  /** Returns how well the groups are apart: near 1 well, near 0 not at all. */
  static double silhouette(Dataset<Row> clustered) {
    return new ClusteringEvaluator().setFeaturesCol("latent").evaluate(clustered);
  }

  /** Draws each post as a point in the colour of its group; near points use the same words. */
  static ScatterChart picture(Dataset<Row> clustered) {
    Map<String, Row> rows = new HashMap<>();
    clustered
        .select("id", "text", "prediction")
        .collectAsList()
        .forEach(row -> rows.put(row.getString(0), row));
    List<ScatterChart.Point> points =
        Projection.builder(Projection.Method.PCA)
            .featuresCol("latent")
            .build()
            .points(clustered)
            .points()
            .stream()
            .map(
                point -> {
                  Row row = Objects.requireNonNull(rows.get(point.id()), point.id());
                  String group = "group " + row.getInt(2);
                  return new ScatterChart.Point(point.x(), point.y(), row.getString(1), group);
                })
            .toList();
    return ScatterChart.of("What posts are about", points);
  }
}
