package io.github.sparkpysocial.ml.feature;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.internal.ColumnStage;
import io.github.sparkpysocial.ml.internal.ModelFiles;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The directions that {@link LatentSemantics} has learnt. A vector is projected on them and divided
 * by its length; the zero vector stays zero.
 */
public final class LatentSemanticsModel extends Model<LatentSemanticsModel> implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final DenseMatrix directions;
  private final double[] singularValues;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private transient volatile @Nullable Broadcast<DenseMatrix> broadcast;

  LatentSemanticsModel(String uid, DenseMatrix directions, double[] singularValues) {
    this.uid = uid;
    this.directions = directions;
    this.singularValues = singularValues;
    this.inputCol = new Param<>(this, "inputCol", "the column with the vectors");
    this.outputCol = new Param<>(this, "outputCol", "the column for the short vectors");
    setDefault(inputCol, "features");
    setDefault(outputCol, "latent");
  }

  /** Returns the directions as the columns of a matrix with one row a term. */
  public DenseMatrix directions() {
    return directions.copy();
  }

  /** Returns the singular values, largest first. */
  public double[] singularValues() {
    return singularValues.clone();
  }

  /** The column with the vectors. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** The column for the short vectors. */
  public Param<String> outputCol() {
    return outputCol;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Broadcast<DenseMatrix> current = broadcast;
    if (current == null || !current.isValid()) {
      current =
          JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
              .broadcast(directions);
      broadcast = current;
    }
    Broadcast<DenseMatrix> matrix = current;
    UDF1<Vector, Vector> project = vector -> project(matrix.value(), vector);
    return dataset.withColumn(
        $(outputCol),
        functions.udf(project, SQLDataTypes.VectorType()).apply(dataset.col($(inputCol))));
  }

  private static Vector project(DenseMatrix matrix, Vector vector) {
    int rows = matrix.numRows();
    double[] weights = matrix.values();
    double[] projected = new double[matrix.numCols()];
    scala.collection.Iterator<scala.Tuple2<Object, Object>> each = vector.nonZeroIterator();
    while (each.hasNext()) {
      scala.Tuple2<Object, Object> entry = each.next();
      int row = (Integer) entry._1();
      double value = (Double) entry._2();
      for (int column = 0; column < projected.length; column++) {
        projected[column] += value * weights[column * rows + row];
      }
    }
    double squares = 0;
    for (double value : projected) {
      squares += value * value;
    }
    double length = Math.sqrt(squares);
    if (length > 0) {
      for (int i = 0; i < projected.length; i++) {
        projected[i] /= length;
      }
    }
    return Vectors.dense(projected);
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
  public LatentSemanticsModel copy(ParamMap extra) {
    LatentSemanticsModel copy =
        copyValues(new LatentSemanticsModel(uid, directions, singularValues), extra);
    return copy.setParent(parent());
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public MLWriter write() {
    return new ModelFiles.Writer(this, this::toRows);
  }

  /** Called by Spark to load a saved stage. */
  public static MLReader<LatentSemanticsModel> read() {
    return new ModelFiles.Reader<>(LatentSemanticsModel::fromRows);
  }

  private ModelFiles.Table toRows() {
    List<Row> rows = new ArrayList<>();
    for (int column = 0; column < directions.numCols(); column++) {
      double[] values = new double[directions.numRows()];
      System.arraycopy(directions.values(), column * values.length, values, 0, values.length);
      rows.add(RowFactory.create(column, singularValues[column], Vectors.dense(values)));
    }
    return new ModelFiles.Table(
        new StructType(
            new StructField[] {
              DataTypes.createStructField("index", DataTypes.IntegerType, false),
              DataTypes.createStructField("singularValue", DataTypes.DoubleType, false),
              DataTypes.createStructField("direction", SQLDataTypes.VectorType(), false)
            }),
        rows);
  }

  private static LatentSemanticsModel fromRows(String uid, Dataset<Row> data) {
    List<Row> rows = data.orderBy(col("index")).collectAsList();
    int terms = rows.get(0).<Vector>getAs("direction").size();
    double[] values = new double[terms * rows.size()];
    double[] singularValues = new double[rows.size()];
    for (int i = 0; i < singularValues.length; i++) {
      singularValues[i] = rows.get(i).<Double>getAs("singularValue");
      double[] direction = rows.get(i).<Vector>getAs("direction").toArray();
      System.arraycopy(direction, 0, values, i * terms, terms);
    }
    return new LatentSemanticsModel(
        uid, new DenseMatrix(terms, singularValues.length, values), singularValues);
  }
}
