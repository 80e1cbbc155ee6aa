package io.github.sparkpysocial.ml.project;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.internal.Dense;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Brings vectors into the plane, so that a plot shows which rows are alike.
 *
 * <p>{@link Method#PCA}, {@link Method#SVD} and {@link Method#MDS} take any number of rows: the
 * first two learn from all in a few passes, the third from landmarks. {@link Method#NEIGHBOURS}
 * takes a sample. The same rows and seed give the same points, in whatever order and partitions the
 * rows come. Axes have no meaning of their own; each is turned so that its largest weight is
 * positive. Immutable and thread-safe.
 */
public final class Projection {
  /** How rows come into the plane. */
  public enum Method {
    /** The two directions of the largest variance (principal components). */
    PCA,
    /** The two directions of the largest sum of squares; for sparse rows, without centring. */
    SVD,
    /**
     * Classical multidimensional scaling of cosine distances, {@code sqrt(2 - 2 cos)} (Torgerson
     * 1952), of landmarks; other rows are placed by their distances to these (de Silva and
     * Tenenbaum 2004, "Sparse multidimensional scaling using landmark points").
     */
    MDS,
    /**
     * Keeps neighbours together: t-SNE (van der Maaten and Hinton 2008) of cosine distances, exact,
     * which compares all points with each other. Distances between groups say nothing.
     */
    NEIGHBOURS
  }

  final Method method;
  final int maxPoints;
  final int landmarks;
  final double perplexity;
  final long seed;
  final String idCol;
  final String featuresCol;

  private Projection(Builder builder) {
    this.method = builder.method;
    this.maxPoints = builder.maxPoints;
    this.landmarks = builder.landmarks;
    this.perplexity = builder.perplexity;
    this.seed = builder.seed;
    this.idCol = builder.idCol;
    this.featuresCol = builder.featuresCol;
  }

  /** Returns a builder for a method. */
  public static Builder builder(Method method) {
    return new Builder(method);
  }

  /**
   * Returns points to draw: all rows, or a sample that follows from the ids. Rows whose vector is
   * null or zero are left out.
   *
   * @throws IllegalArgumentException if a column is missing or holds no vectors, or there are fewer
   *     than three rows
   */
  public ProjectedPoints points(Dataset<Row> rows) {
    check(rows);
    return new ProjectionRun(this).points(rows);
  }

  /**
   * Adds the columns {@code x} and {@code y} to all rows, null where the vector is null or zero.
   *
   * @throws IllegalArgumentException as {@link #points}, and for {@link Method#NEIGHBOURS}, which
   *     has no place for a row that it was not learnt from
   */
  public Dataset<Row> transform(Dataset<Row> rows) {
    check(rows);
    if (method == Method.NEIGHBOURS) {
      throw new IllegalArgumentException(
          "NEIGHBOURS places a sample only; call points(..), or choose PCA, SVD or MDS");
    }
    for (String added : new String[] {"x", "y"}) {
      if (Arrays.asList(rows.columns()).contains(added)) {
        throw new IllegalArgumentException(
            "The rows have a column '" + added + "' already; drop or rename it");
      }
    }
    Place place = new ProjectionRun(this).place(rows);
    UDF1<Vector, double[]> at =
        vector -> vector == null || vector.numNonzeros() == 0 ? null : place.of(vector);
    return rows.withColumn(
            "__place",
            functions
                .udf(at, DataTypes.createArrayType(DataTypes.DoubleType))
                .apply(rows.col(quoted(featuresCol))))
        .withColumn("x", col("__place").getItem(0))
        .withColumn("y", col("__place").getItem(1))
        .drop("__place");
  }

  private void check(Dataset<Row> rows) {
    List<String> columns = List.of(rows.columns());
    for (String column : List.of(idCol, featuresCol)) {
      if (!columns.contains(column)) {
        throw new IllegalArgumentException(
            "No column '"
                + column
                + "'; the columns are "
                + String.join(", ", columns)
                + ". Name another with "
                + (column.equals(idCol) ? "idCol" : "featuresCol")
                + "(..)");
      }
    }
    if (!rows.schema().apply(featuresCol).dataType().equals(SQLDataTypes.VectorType())) {
      throw new IllegalArgumentException(
          "Column '"
              + featuresCol
              + "' has type "
              + rows.schema().apply(featuresCol).dataType().simpleString()
              + " and holds no vectors. Name another with featuresCol(..)");
    }
  }

  static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  /** Where a vector lies in the plane. */
  interface Place extends java.io.Serializable {
    double[] of(Vector vector);

    /** Multiplies with two directions, and takes off what the centre has. */
    static Place along(double[] directions, double[] centre) {
      int width = centre.length;
      return vector -> {
        double[] place = new double[2];
        scala.collection.Iterator<scala.Tuple2<Object, Object>> each = vector.nonZeroIterator();
        while (each.hasNext()) {
          scala.Tuple2<Object, Object> entry = each.next();
          for (int j = 0; j < width; j++) {
            place[j] += (Double) entry._2() * directions[(Integer) entry._1() * width + j];
          }
        }
        for (int j = 0; j < width; j++) {
          place[j] -= centre[j];
        }
        return place;
      };
    }

    /** Returns the vector with length one. */
    static double[] unit(Vector vector) {
      return Dense.unit(vector.toArray());
    }
  }

  /** Collects the choices. Not thread-safe; what it builds is. */
  public static final class Builder {
    private final Method method;
    private int maxPoints = 2_000;
    private int landmarks = 300;
    private double perplexity = 30;
    private long seed = 42;
    private String idCol = "id";
    private String featuresCol = "features";

    private Builder(Method method) {
      this.method = Objects.requireNonNull(method, "method");
    }

    /** Sets how many points there are to draw at most, 3 to 20,000. Default: 2,000. */
    public Builder maxPoints(int count) {
      if (count < 3 || count > 20_000) {
        throw new IllegalArgumentException("maxPoints must be from 3 to 20000, was " + count);
      }
      this.maxPoints = count;
      return this;
    }

    /** Sets from how many rows MDS learns, 3 to 2,000. Default: 300. */
    public Builder landmarks(int count) {
      if (count < 3 || count > 2_000) {
        throw new IllegalArgumentException("landmarks must be from 3 to 2000, was " + count);
      }
      this.landmarks = count;
      return this;
    }

    /** Sets how many neighbours a point has in t-SNE, more than 1. Default: 30. */
    public Builder perplexity(double neighbours) {
      if (!(neighbours > 1)) {
        throw new IllegalArgumentException("perplexity must be more than 1, was " + neighbours);
      }
      this.perplexity = neighbours;
      return this;
    }

    /** Sets the seed. Default: 42. */
    public Builder seed(long newSeed) {
      this.seed = newSeed;
      return this;
    }

    /** Sets the column of ids, of any simple type. Default: {@code id}. */
    public Builder idCol(String column) {
      this.idCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the column of vectors. Default: {@code features}. */
    public Builder featuresCol(String column) {
      this.featuresCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Returns the projection. */
    public Projection build() {
      return new Projection(this);
    }
  }
}
