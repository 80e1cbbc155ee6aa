package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.Columns;
import io.github.sparkpysocial.ml.internal.HadoopPlace;
import io.github.sparkpysocial.ml.internal.LocalPlace;
import io.github.sparkpysocial.ml.internal.ModelDirectory;
import io.github.sparkpysocial.ml.internal.ModelPlace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.streaming.api.java.JavaDStream;
import org.jspecify.annotations.Nullable;

/**
 * Clusters that follow a stream: MLlib's streaming K-Means, whose centres are means in which what
 * is old weighs less and less. Vectors come from stages that were fitted before, so that a
 * dimension means the same in every batch.
 *
 * <pre>{@code
 * StreamingClusters clusters = StreamingClusters.builder(4).halfLifeBatches(12).build();
 * features.writeStream()
 *     .foreachBatch((VoidFunction2<Dataset<Row>, Long>) clusters::update)
 *     .start();
 * }</pre>
 *
 * <p>The first batch that has vectors gives the first centres: different vectors, drawn by the
 * seed. The same batches and seed give the same centres up to the last digits, since sums depend on
 * the order of rows. A batch that comes again, as it does when a query starts anew from its
 * checkpoint, changes nothing if the clusters were saved and loaded with it. Thread-safe; readers
 * see the centres after the last whole batch.
 */
public final class StreamingClusters {

  private final StreamingCentres.Settings settings;
  private volatile @Nullable StreamingCentres state;

  private StreamingClusters(StreamingCentres.Settings settings, @Nullable StreamingCentres state) {
    this.settings = settings;
    this.state = state;
  }

  /**
   * Returns a builder.
   *
   * @param k how many clusters to keep, at least 1
   */
  public static Builder builder(int k) {
    return new Builder(k);
  }

  /**
   * Learns from the next batch; for {@code foreachBatch}. An empty batch lets what is old fade, but
   * gives no first centres. A batch whose number is not above the last one's is left out.
   *
   * @param batch with a column of vectors, all of one size; null vectors are left out
   * @param number the number of the batch
   * @throws IllegalArgumentException if the column is missing or holds no vectors, vectors have
   *     another size than the centres, or the first batch has fewer different vectors than clusters
   */
  public synchronized void update(Dataset<Row> batch, long number) {
    StreamingCentres before = state;
    if (before == null || number > before.lastBatch()) {
      state = next(batch, number);
    }
  }

  /** Learns from a batch that has no number, whatever came before; see {@link #update}. */
  public synchronized void update(Dataset<Row> batch) {
    StreamingCentres before = state;
    state = next(batch, before == null ? StreamingCentres.NO_BATCH : before.lastBatch());
  }

  /**
   * Learns from each batch of a DStream of vectors, once the streaming context has started.
   *
   * @param vectors all of one size
   */
  public void trainOn(JavaDStream<Vector> vectors) {
    vectors.foreachRDD(
        rdd -> {
          SparkSession spark = SparkSession.builder().config(rdd.context().getConf()).getOrCreate();
          update(
              spark.createDataFrame(
                  rdd.map(RowFactory::create),
                  new StructType().add(settings.featuresCol(), SQLDataTypes.VectorType())));
        });
  }

  private @Nullable StreamingCentres next(Dataset<Row> batch, long number) {
    Dataset<Row> vectors = StreamingVectors.of(batch, settings.featuresCol()).cache();
    try {
      StreamingCentres before = state;
      if (before == null) {
        return vectors.isEmpty()
            ? null
            : StreamingCentres.first(settings, vectors).after(settings, vectors, number);
      }
      return before.after(settings, vectors, number);
    } finally {
      vectors.unpersist(false);
    }
  }

  /** Returns the centres, none before the first batch. */
  public List<double[]> centres() {
    StreamingCentres now = state;
    return now == null ? List.of() : Arrays.stream(now.centres()).map(double[]::clone).toList();
  }

  /** Returns how many vectors each cluster stands for, old ones counted for less. */
  public List<Double> weights() {
    StreamingCentres now = state;
    return now == null ? List.of() : Arrays.stream(now.weights()).boxed().toList();
  }

  /** Returns the number of the last batch that was learnt from, or -1. */
  public long lastBatch() {
    StreamingCentres now = state;
    return now == null ? StreamingCentres.NO_BATCH : now.lastBatch();
  }

  /**
   * Returns the number of the nearest centre. Needs no Spark.
   *
   * @throws IllegalStateException before the first batch
   * @throws IllegalArgumentException if the vector has another size than the centres
   */
  public int cluster(double[] vector) {
    return nearest(started().centres(), vector);
  }

  private static int nearest(double[][] centres, double[] vector) {
    if (vector.length != centres[0].length) {
      throw new IllegalArgumentException(
          "The vector has " + vector.length + " numbers, the centres " + centres[0].length);
    }
    return KMeansStarts.nearest(centres, vector);
  }

  /**
   * Adds the number of the nearest centre, an {@code int}, null for a null vector, by the centres
   * of now: batches that come later do not change the frame.
   *
   * @throws IllegalStateException before the first batch
   * @throws IllegalArgumentException if the column is missing, or the one to add is there already
   */
  public Dataset<Row> transform(Dataset<Row> rows) {
    Columns.require(rows, List.of(settings.featuresCol()));
    Columns.requireAbsent(rows, settings.predictionCol());
    double[][] centres = started().centres();
    UDF1<@Nullable Vector, @Nullable Integer> cluster =
        vector -> vector == null ? null : nearest(centres, vector.toArray());
    return rows.withColumn(
        settings.predictionCol(),
        functions.udf(cluster, DataTypes.IntegerType).apply(Columns.of(settings.featuresCol())));
  }

  private StreamingCentres started() {
    StreamingCentres now = state;
    if (now == null) {
      throw new IllegalStateException("There are no clusters before the first batch");
    }
    return now;
  }

  /**
   * Saves the centres as JSON and arrays in NumPy's format, in a directory of this machine.
   *
   * @throws IllegalStateException before the first batch
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  public void save(Path directory) throws IOException {
    save(new LocalPlace(directory));
  }

  /**
   * Saves the same files in a directory of any file system that Hadoop knows.
   *
   * @throws IllegalStateException before the first batch
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  public void save(SparkSession spark, URI directory) throws IOException {
    save(new HadoopPlace(spark, directory));
  }

  private void save(ModelPlace place) throws IOException {
    started().save(place, settings);
  }

  /**
   * Loads saved clusters, which go on where the saved ones were. No Spark session is needed to load
   * them, nor to tell the cluster of a vector.
   *
   * @throws IllegalArgumentException if there are none, or they are of another kind or version
   * @throws IOException if a file cannot be read or is damaged
   */
  public static StreamingClusters load(Path directory) throws IOException {
    return load(new LocalPlace(directory));
  }

  /**
   * Loads clusters from a directory of any file system that Hadoop knows.
   *
   * @throws IllegalArgumentException if there are none, or they are of another kind or version
   * @throws IOException if a file cannot be read or is damaged
   */
  public static StreamingClusters load(SparkSession spark, URI directory) throws IOException {
    return load(new HadoopPlace(spark, directory));
  }

  private static StreamingClusters load(ModelPlace place) throws IOException {
    ModelDirectory files = ModelDirectory.open(place, StreamingCentres.FILES);
    StreamingCentres centres = StreamingCentres.load(files);
    return new StreamingClusters(
        StreamingCentres.Settings.load(files, centres.centres().length), centres);
  }

  /** Collects the choices. Not thread-safe. */
  public static final class Builder {
    private static final String BATCHES = "batches";
    private static final String POINTS = "points";

    private final int k;
    private double decay = 1;
    private String timeUnit = BATCHES;
    private long seed = 42;
    private String featuresCol = "features";
    private String predictionCol = "prediction";

    private Builder(int k) {
      if (k < 1) {
        throw new IllegalArgumentException("k must be positive, was " + k);
      }
      this.k = k;
    }

    /**
     * Sets how much of the weight of what was there is left after a batch: 1 forgets nothing, 0
     * knows the last batch only. Default: 1.
     */
    public Builder decay(double left) {
      if (!(left >= 0 && left <= 1)) {
        throw new IllegalArgumentException("decay must be from 0 to 1, was " + left);
      }
      this.decay = left;
      this.timeUnit = BATCHES;
      return this;
    }

    /** Sets after how many batches a vector weighs half, above 0. */
    public Builder halfLifeBatches(double batches) {
      this.decay = half(batches, "halfLifeBatches");
      this.timeUnit = BATCHES;
      return this;
    }

    /** Sets after how many further vectors a vector weighs half, above 0. */
    public Builder halfLifeVectors(double vectors) {
      this.decay = half(vectors, "halfLifeVectors");
      this.timeUnit = POINTS;
      return this;
    }

    private static double half(double time, String name) {
      if (!(time > 0)) {
        throw new IllegalArgumentException(name + " must be positive, was " + time);
      }
      return Math.pow(0.5, 1 / time);
    }

    /** Sets what draws the first centres. Default: 42. */
    public Builder seed(long newSeed) {
      this.seed = newSeed;
      return this;
    }

    /** Sets the column with the vectors. Default: {@code features}. */
    public Builder featuresCol(String column) {
      this.featuresCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the column that {@link #transform} adds. Default: {@code prediction}. */
    public Builder predictionCol(String column) {
      this.predictionCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Returns clusters that have seen nothing yet. */
    public StreamingClusters build() {
      return new StreamingClusters(
          new StreamingCentres.Settings(k, decay, timeUnit, seed, featuresCol, predictionCol),
          null);
    }
  }
}
