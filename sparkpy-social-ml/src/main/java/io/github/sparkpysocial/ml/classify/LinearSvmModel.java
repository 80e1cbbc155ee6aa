package io.github.sparkpysocial.ml.classify;

import io.github.sparkpysocial.ml.internal.ColumnStage;
import io.github.sparkpysocial.ml.internal.LinearMargins;
import io.github.sparkpysocial.ml.internal.ModelFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
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
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What {@link LinearSvm} has learnt: for each label a vector of weights and an intercept. It adds a
 * column of margins, {@code array<double>} in the order of {@link #labels()}; the label of the
 * largest is the prediction.
 */
public final class LinearSvmModel extends Model<LinearSvmModel> implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final String[] labels;

  /** The weights of each label followed by its intercept. */
  private final double[] weights;

  private final Param<String> featuresCol;
  private final Param<String> outputCol;

  LinearSvmModel(String uid, String[] labels, double[] weights) {
    this.uid = uid;
    this.labels = labels;
    this.weights = weights;
    this.featuresCol = new Param<>(this, "featuresCol", "the column with the vectors");
    this.outputCol = new Param<>(this, "outputCol", "the column for the margins");
    setDefault(featuresCol, "features");
    setDefault(outputCol, "margins");
  }

  /** Returns the labels, sorted. */
  public List<String> labels() {
    return List.of(labels);
  }

  /** Returns how many dimensions the vectors have. */
  public int numFeatures() {
    return weights.length / labels.length - 1;
  }

  /**
   * Returns the weights of a label, one for each dimension.
   *
   * @throws IllegalArgumentException if there is no such label
   */
  public double[] coefficients(String label) {
    int offset = offset(label);
    return Arrays.copyOfRange(weights, offset, offset + numFeatures());
  }

  /**
   * Returns the intercept of a label.
   *
   * @throws IllegalArgumentException if there is no such label
   */
  public double intercept(String label) {
    return weights[offset(label) + numFeatures()];
  }

  /** Returns the same machine without Spark, labels in the same order. */
  LinearMargins toMargins() {
    int features = numFeatures();
    double[] coefficients = new double[labels.length * features];
    double[] intercepts = new double[labels.length];
    for (int c = 0; c < labels.length; c++) {
      System.arraycopy(weights, c * (features + 1), coefficients, c * features, features);
      intercepts[c] = weights[(c + 1) * (features + 1) - 1];
    }
    return new LinearMargins(coefficients, intercepts);
  }

  private int offset(String label) {
    int index = Arrays.binarySearch(labels, label);
    if (index < 0) {
      throw new IllegalArgumentException(
          "There is no label '" + label + "'; known are " + String.join(", ", labels));
    }
    return index * (numFeatures() + 1);
  }

  /** The column with the vectors. */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /** The column for the margins. */
  public Param<String> outputCol() {
    return outputCol;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    double[] all = weights;
    int classes = labels.length;
    UDF1<Vector, double[]> margins = vector -> margins(vector, all, classes);
    return dataset.withColumn(
        $(outputCol),
        functions
            .udf(margins, new ArrayType(DataTypes.DoubleType, false))
            .apply(dataset.col($(featuresCol))));
  }

  static double[] margins(Vector vector, double[] weights, int classes) {
    int stride = weights.length / classes;
    double[] margins = new double[classes];
    org.apache.spark.ml.linalg.SparseVector x = vector.toSparse();
    int[] indices = x.indices();
    double[] values = x.values();
    for (int c = 0; c < classes; c++) {
      double margin = weights[(c + 1) * stride - 1];
      for (int i = 0; i < indices.length; i++) {
        margin += weights[c * stride + indices[i]] * values[i];
      }
      margins[c] = margin;
    }
    return margins;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return ColumnStage.append(
        this,
        schema,
        $(featuresCol),
        SQLDataTypes.VectorType().getClass(),
        $(outputCol),
        new ArrayType(DataTypes.DoubleType, false));
  }

  @Override
  public LinearSvmModel copy(ParamMap extra) {
    return copyValues(new LinearSvmModel(uid, labels, weights), extra).setParent(parent());
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
  public static MLReader<LinearSvmModel> read() {
    return new ModelFiles.Reader<>(LinearSvmModel::fromRows);
  }

  private ModelFiles.Table toRows() {
    List<Row> rows = new ArrayList<>();
    for (String label : labels) {
      rows.add(RowFactory.create(label, coefficients(label), intercept(label)));
    }
    return new ModelFiles.Table(
        new StructType(
            new StructField[] {
              DataTypes.createStructField("label", DataTypes.StringType, false),
              DataTypes.createStructField(
                  "coefficients", DataTypes.createArrayType(DataTypes.DoubleType, false), false),
              DataTypes.createStructField("intercept", DataTypes.DoubleType, false)
            }),
        rows);
  }

  private static LinearSvmModel fromRows(String uid, Dataset<Row> data) {
    List<Row> rows = new ArrayList<>(data.collectAsList());
    rows.sort(Comparator.comparing(row -> row.<String>getAs("label")));
    String[] labels = rows.stream().map(row -> row.<String>getAs("label")).toArray(String[]::new);
    int features = rows.get(0).getList(1).size();
    double[] weights = new double[labels.length * (features + 1)];
    for (int c = 0; c < labels.length; c++) {
      List<Double> coefficients = rows.get(c).getList(1);
      for (int i = 0; i < features; i++) {
        weights[c * (features + 1) + i] = coefficients.get(i);
      }
      weights[(c + 1) * (features + 1) - 1] = rows.get(c).getDouble(2);
    }
    return new LinearSvmModel(uid, labels, weights);
  }
}
