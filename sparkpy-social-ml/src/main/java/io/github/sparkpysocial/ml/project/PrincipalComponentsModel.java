package io.github.sparkpysocial.ml.project;

import io.github.sparkpysocial.ml.internal.HadoopPlace;
import io.github.sparkpysocial.ml.internal.LocalPlace;
import io.github.sparkpysocial.ml.internal.ModelDirectory;
import io.github.sparkpysocial.ml.internal.ModelPlace;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/** Components that {@link PrincipalComponents} has found. Immutable and thread-safe. */
public final class PrincipalComponentsModel {
  private static final ModelDirectory.Kind FILES =
      new ModelDirectory.Kind("principal-components", 1);
  private static final String DIRECTIONS = "directions.npy";
  private static final String CENTRE = "centre.npy";
  private static final String SHARES = "explained-variance.npy";

  private final Columns columns;
  private final Reduction reduction;
  private final double[] shares;

  /** The names of what is read and written. */
  record Columns(String features, String output) {}

  /**
   * @param directions a row of weights, one for each component, for each column of the vectors
   * @param centre where the mean of the vectors comes to lie
   * @param shares of the variance
   */
  PrincipalComponentsModel(Columns columns, double[] directions, double[] centre, double[] shares) {
    this.columns = columns;
    this.reduction = new Reduction(directions, centre);
    this.shares = shares.clone();
  }

  /** Reduces one vector. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Reduction(double[] directions, double[] centre) implements Serializable {
    private static final long serialVersionUID = 1L;

    int columns() {
      return directions.length / centre.length;
    }

    void add(double[] components, int column, double value) {
      for (int j = 0; j < components.length; j++) {
        components[j] += value * directions[column * components.length + j];
      }
    }

    double[] start() {
      double[] components = new double[centre.length];
      for (int j = 0; j < components.length; j++) {
        components[j] = -centre[j];
      }
      return components;
    }

    Vector of(Vector vector) {
      require(vector.size());
      double[] components = start();
      scala.collection.Iterator<scala.Tuple2<Object, Object>> each = vector.nonZeroIterator();
      while (each.hasNext()) {
        scala.Tuple2<Object, Object> entry = each.next();
        add(components, (Integer) entry._1(), (Double) entry._2());
      }
      return Vectors.dense(components);
    }

    void require(int size) {
      if (size != columns()) {
        throw new IllegalArgumentException(
            "The vector has " + size + " numbers; the components are of vectors of " + columns());
      }
    }
  }

  /** Returns which share of the variance each component has, the largest first. */
  public List<Double> explainedVariance() {
    return java.util.Arrays.stream(shares).boxed().toList();
  }

  /**
   * Adds the components of each vector, null for null. The rows may be a stream.
   *
   * @throws IllegalArgumentException if the column is missing, or the one to add is there already
   */
  public Dataset<Row> transform(Dataset<Row> rows) {
    io.github.sparkpysocial.ml.internal.Columns.require(rows, List.of(columns.features));
    io.github.sparkpysocial.ml.internal.Columns.requireAbsent(rows, columns.output);
    Reduction each = reduction;
    UDF1<@Nullable Vector, @Nullable Vector> reduce =
        vector -> vector == null ? null : each.of(vector);
    return rows.withColumn(
        columns.output,
        functions
            .udf(reduce, SQLDataTypes.VectorType())
            .apply(io.github.sparkpysocial.ml.internal.Columns.of(columns.features)));
  }

  /**
   * Returns the components of a vector. Needs no Spark.
   *
   * @throws IllegalArgumentException if the vector has another size than those learnt from
   */
  public double[] components(double[] vector) {
    reduction.require(vector.length);
    double[] components = reduction.start();
    for (int i = 0; i < vector.length; i++) {
      reduction.add(components, i, vector[i]);
    }
    return components;
  }

  /**
   * Saves the model as JSON and arrays in NumPy's format, in a directory of this machine.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  public void save(Path directory) throws IOException {
    save(new LocalPlace(directory));
  }

  /**
   * Saves the same files in a directory of any file system that Hadoop knows.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there already
   */
  public void save(SparkSession spark, URI directory) throws IOException {
    save(new HadoopPlace(spark, directory));
  }

  private void save(ModelPlace place) throws IOException {
    ModelDirectory.save(
        place,
        FILES,
        Map.of("featuresCol", columns.features, "outputCol", columns.output),
        files -> {
          files.array(
              DIRECTIONS, reduction.directions, reduction.columns(), reduction.centre.length);
          files.array(CENTRE, reduction.centre, reduction.centre.length);
          files.array(SHARES, shares, shares.length);
        });
  }

  /**
   * Loads a saved model. No Spark session is needed for it, only to transform.
   *
   * @throws IllegalArgumentException if there is none, or it is of another kind or schema version
   * @throws IOException if a file cannot be read or is damaged
   */
  public static PrincipalComponentsModel load(Path directory) throws IOException {
    return load(new LocalPlace(directory));
  }

  /**
   * Loads a model from a directory of any file system that Hadoop knows.
   *
   * @throws IllegalArgumentException if there is none, or it is of another kind or schema version
   * @throws IOException if a file cannot be read or is damaged
   */
  public static PrincipalComponentsModel load(SparkSession spark, URI directory)
      throws IOException {
    return load(new HadoopPlace(spark, directory));
  }

  private static PrincipalComponentsModel load(ModelPlace place) throws IOException {
    ModelDirectory files = ModelDirectory.open(place, FILES);
    double[] directions = files.doubles(DIRECTIONS);
    double[] centre = files.doubles(CENTRE);
    double[] shares = files.doubles(SHARES);
    if (centre.length == 0
        || shares.length != centre.length
        || directions.length == 0
        || directions.length % centre.length != 0) {
      throw files.damaged(
          directions.length + " numbers of directions for " + centre.length + " components");
    }
    return new PrincipalComponentsModel(
        new Columns(
            files.model().path("featuresCol").asText(), files.model().path("outputCol").asText()),
        directions,
        centre,
        shares);
  }
}
