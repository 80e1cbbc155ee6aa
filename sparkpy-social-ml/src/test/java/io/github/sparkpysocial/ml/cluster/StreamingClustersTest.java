package io.github.sparkpysocial.ml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.ml.PlainQueries;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.streaming.Durations;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PlainQueries.class)
class StreamingClustersTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();

  private static Dataset<Row> batch(double... numbers) {
    return spark.createDataFrame(
        Arrays.stream(numbers).mapToObj(x -> RowFactory.create(Vectors.dense(x, 1))).toList(),
        new StructType().add("features", SQLDataTypes.VectorType()));
  }

  private static List<Double> firsts(StreamingClusters clusters) {
    return clusters.centres().stream().map(centre -> centre[0]).sorted().toList();
  }

  @Test
  void centresAreMeansInWhichWhatIsOldWeighsLess() {
    StreamingClusters clusters = StreamingClusters.builder(2).decay(0.5).build();

    clusters.update(batch(0, 100), 0);
    clusters.update(batch(6, 6, 100, 100), 1);
    clusters.update(batch(), 2);
    clusters.update(batch(3, 3, 100), 3);

    // Weights: 1, then .5 + 2, then 1.25, then .625 + 2.
    double second = (0.5 * 0 + 2 * 6) / 2.5;
    assertThat(firsts(clusters).get(0)).isEqualTo((0.625 * second + 2 * 3) / 2.625, within(1e-9));
    assertThat(firsts(clusters).get(1)).isEqualTo(100, within(1e-9));
    assertThat(clusters.weights().stream().mapToDouble(w -> w).max().orElse(0))
        .isEqualTo(2.625, within(1e-9));
    assertThat(clusters.lastBatch()).isEqualTo(3);
  }

  @Test
  void aHalfLifeIsCountedInBatchesOrVectors() {
    StreamingClusters batches = StreamingClusters.builder(1).halfLifeBatches(1).build();
    StreamingClusters vectors = StreamingClusters.builder(1).halfLifeVectors(4).build();
    for (StreamingClusters each : List.of(batches, vectors)) {
      each.update(batch(0, 0, 0, 0));
      each.update(batch(10, 10, 10, 10));

      assertThat(firsts(each).get(0)).isEqualTo(4 * 10 / (4 + 2.0), within(1e-9));
    }
  }

  @Test
  void aBatchThatComesAgainChangesNothingAlsoAfterLoading(@TempDir Path directory)
      throws Exception {
    StreamingClusters clusters = StreamingClusters.builder(2).seed(5).build();
    clusters.update(batch(0, 1, 100, 101), 7);
    clusters.save(directory.resolve("model"));
    clusters.save(spark, directory.resolve("other").toUri());

    StreamingClusters loaded = StreamingClusters.load(directory.resolve("model"));
    loaded.update(batch(50, 50, 50), 7);

    assertThat(firsts(loaded)).isEqualTo(firsts(clusters));
    assertThat(StreamingClusters.load(spark, directory.resolve("other").toUri()).weights())
        .isEqualTo(clusters.weights());
    loaded.update(batch(50), 8);
    assertThat(firsts(loaded)).isNotEqualTo(firsts(clusters));
    assertThat(loaded.cluster(new double[] {99, 1}))
        .isEqualTo(clusters.cluster(new double[] {100, 1}));
  }

  @Test
  void theFirstCentresDoNotDependOnTheLastDigits() {
    double[] numbers = {9, 3.3, 7.1, 1, 5.6, 0.3, 0.03}; // no two as far from a third
    double[] others = Arrays.stream(numbers).map(x -> x * (1 + 4e-16)).toArray();
    assertThat(others).isNotEqualTo(numbers);
    for (int seed = 0; seed < 5; seed++) {
      StreamingClusters one = StreamingClusters.builder(3).seed(seed).build();
      StreamingClusters other = StreamingClusters.builder(3).seed(seed).build();

      one.update(batch(numbers));
      other.update(batch(others));

      for (int i = 0; i < 3; i++) {
        assertThat(firsts(other).get(i)).isEqualTo(firsts(one).get(i), within(1e-12));
      }
    }
  }

  @Test
  void theFirstCentresFollowFromVectorsAndSeedInAnyOrder() {
    double[] numbers = {9, 3, 7, 1, 5, 3, 9};
    double[] turned = {3, 9, 5, 9, 1, 7, 3};
    StreamingClusters one = StreamingClusters.builder(3).seed(2).build();
    StreamingClusters other = StreamingClusters.builder(3).seed(2).build();

    one.update(batch(numbers).coalesce(1));
    other.update(batch(turned).repartition(5));

    assertThat(firsts(other)).isEqualTo(firsts(one));
  }

  @Test
  void aStreamingQueryTeachesByForeachBatch(@TempDir Path directory) throws Exception {
    batch(0, 1, 2, 100, 101, 102).write().parquet(directory.resolve("in").toString());
    StreamingClusters clusters = StreamingClusters.builder(2).seed(3).build();

    StreamingQuery query =
        spark
            .readStream()
            .schema(new StructType().add("features", SQLDataTypes.VectorType()))
            .parquet(directory.resolve("in").toString())
            .writeStream()
            .trigger(Trigger.AvailableNow())
            .foreachBatch((VoidFunction2<Dataset<Row>, Long>) clusters::update)
            .start();
    query.processAllAvailable();
    query.awaitTermination();

    assertThat(clusters.lastBatch()).isEqualTo(0);
    List<Row> rows = clusters.transform(batch(0, 2, 101)).collectAsList();
    assertThat(rows.get(0).getInt(1)).isEqualTo(rows.get(1).getInt(1));
    assertThat(rows.get(2).getInt(1)).isEqualTo(clusters.cluster(new double[] {101, 1}));
  }

  @Test
  @SuppressWarnings("deprecation") // DStreams are what is taught by
  void aDStreamTeachesToo() throws Exception {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Queue<JavaRDD<Vector>> batches = new ArrayDeque<>();
    for (double[] numbers : List.of(new double[] {0, 100}, new double[] {2, 102})) {
      List<Vector> vectors = new ArrayList<>();
      Arrays.stream(numbers).forEach(x -> vectors.add(Vectors.dense(x)));
      batches.add(context.parallelize(vectors, 1));
    }
    StreamingClusters clusters = StreamingClusters.builder(2).build();
    JavaStreamingContext streaming = new JavaStreamingContext(context, Durations.milliseconds(200));

    clusters.trainOn(streaming.queueStream(batches));
    streaming.start();
    for (int waits = 0;
        waits < 300 && (firsts(clusters).isEmpty() || firsts(clusters).get(0) < 1);
        waits++) {
      streaming.awaitTerminationOrTimeout(100);
    }
    streaming.stop(false, true);

    assertThat(firsts(clusters)).containsExactly(1.0, 101.0);
  }

  @Test
  void whatCannotBeLearntFromIsRefused() {
    StreamingClusters clusters = StreamingClusters.builder(3).build();

    assertThatThrownBy(() -> clusters.update(batch(1, 1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 different vectors for 3 clusters");
    assertThatThrownBy(() -> clusters.cluster(new double[] {1, 1}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("before the first batch");
    clusters.update(batch(1, 2, 3));
    assertThatThrownBy(
            () ->
                clusters.update(
                    spark.createDataFrame(
                        List.of(RowFactory.create(Vectors.dense(1, 2, 3))),
                        new StructType().add("features", SQLDataTypes.VectorType()))))
        .hasMessageContaining("has 3 numbers, the centres have 2");
    assertThatThrownBy(() -> clusters.update(spark.sql("SELECT 'a' AS features")))
        .hasMessageContaining("holds no vectors");
    assertThatThrownBy(() -> StreamingClusters.builder(2).decay(1.5))
        .hasMessageContaining("decay must be from 0 to 1, was 1.5");
    assertThatThrownBy(() -> StreamingClusters.builder(2).halfLifeBatches(0))
        .hasMessageContaining("halfLifeBatches must be positive");
  }
}
