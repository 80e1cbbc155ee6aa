package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.ModelDirectory;
import io.github.sparkpysocial.ml.internal.ModelPlace;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.mllib.clustering.StreamingKMeansModel;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The centres after a batch.
 *
 * @param weights how many vectors each stands for
 * @param lastBatch the number of the batch
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StreamingCentres(double[][] centres, double[] weights, long lastBatch) {
  static final ModelDirectory.Kind FILES = new ModelDirectory.Kind("streaming-k-means", 1);
  static final long NO_BATCH = -1;
  private static final String CENTRES = "centres.npy";
  private static final String WEIGHTS = "weights.npy";

  /** What was chosen. */
  record Settings(
      int k, double decay, String timeUnit, long seed, String featuresCol, String predictionCol) {

    static Settings load(ModelDirectory files, int k) {
      return new Settings(
          k,
          files.model().path("decay").asDouble(),
          files.model().path("timeUnit").asText(),
          files.model().path("seed").asLong(),
          files.model().path("featuresCol").asText(),
          files.model().path("predictionCol").asText());
    }
  }

  /** Draws the first centres, which stand for nothing yet. */
  static StreamingCentres first(Settings settings, Dataset<Row> vectors) {
    double[][] drawn = StreamingVectors.drawn(vectors, settings.k, settings.seed);
    return new StreamingCentres(drawn, new double[drawn.length], NO_BATCH);
  }

  StreamingCentres after(Settings settings, Dataset<Row> vectors, long number) {
    StreamingVectors.requireSize(vectors, centres[0].length);
    StreamingKMeansModel model =
        new StreamingKMeansModel(
                Arrays.stream(centres).map(Vectors::dense).toArray(Vector[]::new), weights.clone())
            .update(StreamingVectors.rdd(vectors).rdd(), settings.decay, settings.timeUnit);
    return new StreamingCentres(
        Arrays.stream(model.clusterCenters()).map(Vector::toArray).toArray(double[][]::new),
        model.clusterWeights(),
        number);
  }

  void save(ModelPlace place, Settings settings) throws IOException {
    ModelDirectory.save(
        place,
        FILES,
        Map.of(
            "decay", settings.decay,
            "timeUnit", settings.timeUnit,
            "seed", settings.seed,
            "featuresCol", settings.featuresCol,
            "predictionCol", settings.predictionCol,
            "lastBatch", lastBatch),
        files -> {
          files.array(
              CENTRES,
              Arrays.stream(centres).flatMapToDouble(Arrays::stream).toArray(),
              centres.length,
              centres[0].length);
          files.array(WEIGHTS, weights, weights.length);
        });
  }

  static StreamingCentres load(ModelDirectory files) throws IOException {
    double[] values = files.doubles(CENTRES);
    double[] weights = files.doubles(WEIGHTS);
    if (weights.length == 0 || values.length == 0 || values.length % weights.length != 0) {
      throw files.damaged(values.length + " numbers for " + weights.length + " centres");
    }
    int size = values.length / weights.length;
    double[][] centres = new double[weights.length][];
    for (int c = 0; c < centres.length; c++) {
      centres[c] = Arrays.copyOfRange(values, c * size, (c + 1) * size);
    }
    return new StreamingCentres(centres, weights, files.model().path("lastBatch").asLong());
  }
}
