package io.github.sparkpysocial.ml.feature;

import io.github.sparkpysocial.ml.internal.ColumnStage;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.mllib.linalg.Matrix;
import org.apache.spark.mllib.linalg.SingularValueDecomposition;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.linalg.distributed.RowMatrix;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Learns the few directions along which the vectors of posts differ most, so that posts which say
 * the same in different words come near each other: latent semantic analysis, a truncated singular
 * value decomposition (Deerwester et al. 1990, "Indexing by latent semantic analysis").
 *
 * <p>The work is done where the rows are; what comes to the driver has as many rows as there are
 * terms and as many columns as there are dimensions. A direction's sign, which is arbitrary, is
 * chosen so that its largest component is positive.
 */
public final class LatentSemantics extends Estimator<LatentSemanticsModel>
    implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final IntParam dimensions;

  /** Reads {@code features} and writes {@code latent}, in ten dimensions. */
  public LatentSemantics() {
    this(Identifiable$.MODULE$.randomUID("latentSemantics"));
  }

  /** Called by Spark when it loads a saved stage. */
  public LatentSemantics(String uid) {
    this.uid = uid;
    this.inputCol = new Param<>(this, "inputCol", "the column with the vectors");
    this.outputCol = new Param<>(this, "outputCol", "the column for the short vectors");
    this.dimensions =
        new IntParam(this, "dimensions", "how many directions to keep", ParamValidators.gtEq(1));
    setDefault(inputCol, "features");
    setDefault(outputCol, "latent");
    setDefault(dimensions, 10);
  }

  /** Sets the column with the vectors. Default: {@code features}. */
  public LatentSemantics setInputCol(String column) {
    set(inputCol, column);
    return this;
  }

  /** Sets the column for the short vectors. Default: {@code latent}. */
  public LatentSemantics setOutputCol(String column) {
    set(outputCol, column);
    return this;
  }

  /**
   * Sets how many directions to keep, at least 1. Fewer are kept if the data has no more. Default:
   * 10.
   */
  public LatentSemantics setDimensions(int count) {
    set(dimensions, count);
    return this;
  }

  /** The column with the vectors. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** The column for the short vectors. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** How many directions to keep. */
  public IntParam dimensions() {
    return dimensions;
  }

  /**
   * Learns the directions.
   *
   * @throws IllegalArgumentException if there are no rows or all are zero
   */
  @Override
  public LatentSemanticsModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    JavaRDD<Vector> rows =
        dataset
            .select($(inputCol))
            .toJavaRDD()
            .map(row -> Vectors.fromML((org.apache.spark.ml.linalg.Vector) row.get(0)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      if (rows.isEmpty()) {
        throw new IllegalArgumentException("There are no rows to learn directions from");
      }
      RowMatrix matrix = new RowMatrix(rows.rdd());
      long columns = matrix.numCols();
      int wanted = (int) Math.min((Integer) $(dimensions), Math.min(columns, matrix.numRows()));
      SingularValueDecomposition<RowMatrix, Matrix> svd =
          matrix.computeSVD(Math.max(1, wanted), false, 1e-9);
      LatentSemanticsModel model =
          new LatentSemanticsModel(uid, signed(svd.V()), svd.s().toArray());
      model.setParent(this);
      model.set(model.inputCol(), $(inputCol));
      model.set(model.outputCol(), $(outputCol));
      return model;
    } finally {
      rows.unpersist(false);
    }
  }

  private static DenseMatrix signed(Matrix v) {
    double[] values = v.toArray();
    int rows = v.numRows();
    for (int column = 0; column < v.numCols(); column++) {
      double largest = 0;
      for (int i = column * rows; i < (column + 1) * rows; i++) {
        largest = Math.abs(values[i]) > Math.abs(largest) ? values[i] : largest;
      }
      if (largest < 0) {
        for (int i = column * rows; i < (column + 1) * rows; i++) {
          values[i] = -values[i];
        }
      }
    }
    return new DenseMatrix(rows, v.numCols(), values);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return ColumnStage.append(
        this,
        schema,
        $(inputCol),
        SQLDataTypes.VectorType().getClass(),
        $(outputCol),
        SQLDataTypes.VectorType());
  }

  @Override
  public LatentSemantics copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Called by Spark to load a saved stage. */
  public static MLReader<LatentSemantics> read() {
    return new DefaultParamsReader<>();
  }
}
