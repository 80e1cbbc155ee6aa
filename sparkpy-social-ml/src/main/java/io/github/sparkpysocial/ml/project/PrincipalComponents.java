package io.github.sparkpysocial.ml.project;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.internal.Columns;
import io.github.sparkpysocial.ml.internal.SparkRuntime;
import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Reduces vectors to the few directions of the largest variance (Pearson 1901; Jolliffe 2002,
 * "Principal Component Analysis"). Sparse vectors stay sparse, and no matrix of all columns by all
 * columns is made, as MLlib's {@code PCA} makes: tens of thousands of terms are no obstacle. Each
 * direction is turned so that its largest weight is positive; the same rows and seed give the same
 * components, in whatever order and partitions the rows come.
 *
 * <pre>{@code
 * PrincipalComponentsModel model = PrincipalComponents.builder(10).build().fit(features);
 * Dataset<Row> reduced = model.transform(features); // components
 * }</pre>
 *
 * <p>Immutable and thread-safe. For a plot use {@link Projection}.
 */
public final class PrincipalComponents {
  private final int k;
  private final String featuresCol;
  private final String outputCol;
  private final long seed;

  private PrincipalComponents(Builder builder) {
    this.k = builder.k;
    this.featuresCol = builder.featuresCol;
    this.outputCol = builder.outputCol;
    this.seed = builder.seed;
  }

  /**
   * Returns a builder.
   *
   * @param k how many components to find, at least 1
   */
  public static Builder builder(int k) {
    return new Builder(k);
  }

  /**
   * Learns the components, fewer than {@code k} if the vectors have fewer directions. Null vectors
   * are left out. Blocks until it is done.
   *
   * @param rows with a column of vectors, all of one size
   * @throws IllegalArgumentException if the column is missing or holds no vectors, or there are
   *     fewer than two vectors, or all are zero
   */
  public PrincipalComponentsModel fit(Dataset<Row> rows) {
    SparkRuntime.requireForLearning();
    Columns.require(rows, List.of(featuresCol));
    if (!rows.schema().apply(featuresCol).dataType().equals(SQLDataTypes.VectorType())) {
      throw new IllegalArgumentException(
          "Column '"
              + featuresCol
              + "' holds no vectors, it is of type "
              + rows.schema().apply(featuresCol).dataType().simpleString());
    }
    JavaRDD<Vector> vectors =
        rows.select(Columns.of(featuresCol).as("v"))
            .where(col("v").isNotNull())
            .toJavaRDD()
            .map(row -> row.<Vector>getAs(0))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      long count = vectors.count();
      if (count < 2 || vectors.filter(vector -> vector.numNonzeros() > 0).isEmpty()) {
        throw new IllegalArgumentException(
            "Components need at least two vectors that are not all zero; column '"
                + featuresCol
                + "' has "
                + count);
      }
      Directions found = Directions.of(vectors, count, k, Directions.Through.MEAN, seed);
      return new PrincipalComponentsModel(
          new PrincipalComponentsModel.Columns(featuresCol, outputCol),
          found.v(),
          found.centre(),
          found.shares());
    } finally {
      vectors.unpersist(false);
    }
  }

  /** Collects the choices. Not thread-safe; what it builds is. */
  public static final class Builder {
    private final int k;
    private String featuresCol = "features";
    private String outputCol = "components";
    private long seed = 42;

    private Builder(int k) {
      if (k < 1) {
        throw new IllegalArgumentException("k must be positive, was " + k);
      }
      this.k = k;
    }

    /** Sets the column with the vectors. Default: {@code features}. */
    public Builder featuresCol(String column) {
      this.featuresCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets the column that the model adds. Default: {@code components}. */
    public Builder outputCol(String column) {
      this.outputCol = Objects.requireNonNull(column, "column");
      return this;
    }

    /** Sets what the random start of the search comes from. Default: 42. */
    public Builder seed(long newSeed) {
      this.seed = newSeed;
      return this;
    }

    /** Returns the principal components, ready to fit. */
    public PrincipalComponents build() {
      return new PrincipalComponents(this);
    }
  }
}
