package io.github.sparkpysocial.ml.classify;

import io.github.sparkpysocial.ml.internal.ColumnStage;
import java.util.Collections;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.mllib.linalg.Vector;
import org.apache.spark.mllib.linalg.Vectors;
import org.apache.spark.mllib.optimization.LBFGS;
import org.apache.spark.mllib.optimization.SquaredL2Updater;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Learns a linear support vector machine for any number of labels, one against the rest, with the
 * squared hinge loss: it minimises {@code ½ Σ_c |w_c|² + C Σ_i Σ_c max(0, 1 - y_ic w_c·x_i)²} (Fan
 * et al. 2008, "LIBLINEAR: A Library for Large Linear Classification"), as scikit-learn's {@code
 * LinearSVC} does, by MLlib's L-BFGS. On short texts it does better than Spark's own {@code
 * LinearSVC} and logistic regression with their defaults, and takes one pass for all classes where
 * {@code OneVsRest} takes one for each.
 *
 * <p>Reads a column of vectors, best of length one, and a column of labels, texts; rows without a
 * label are left out. The result does not depend on the order of rows beyond the last digits.
 */
public final class LinearSvm extends Estimator<LinearSvmModel> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** More labels are no labels. */
  private static final int MOST_LABELS = 1_000;

  private static final int CORRECTIONS = 10;

  private final String uid;
  private final Param<String> featuresCol;
  private final Param<String> labelCol;
  private final Param<String> outputCol;
  private final DoubleParam cost;
  private final IntParam maxIter;
  private final DoubleParam tol;

  /** Reads {@code features} and {@code label} and writes {@code margins}. */
  public LinearSvm() {
    this(Identifiable$.MODULE$.randomUID("linearSvm"));
  }

  /** Called by Spark when it loads a saved stage. */
  public LinearSvm(String uid) {
    this.uid = uid;
    this.featuresCol = new Param<>(this, "featuresCol", "the column with the vectors");
    this.labelCol = new Param<>(this, "labelCol", "the column with the labels");
    this.outputCol = new Param<>(this, "outputCol", "the column for the margins");
    this.cost =
        new DoubleParam(this, "cost", "what a violated margin costs, C", ParamValidators.gt(0));
    this.maxIter = new IntParam(this, "maxIter", "iterations at most", ParamValidators.gtEq(1));
    this.tol =
        new DoubleParam(this, "tol", "the relative change to stop at", ParamValidators.gt(0));
    setDefault(featuresCol, "features");
    setDefault(labelCol, "label");
    setDefault(outputCol, "margins");
    setDefault(cost, 1.0);
    setDefault(maxIter, 200);
    setDefault(tol, 1e-4);
  }

  /** Sets the column with the vectors. Default: {@code features}. */
  public LinearSvm setFeaturesCol(String column) {
    set(featuresCol, column);
    return this;
  }

  /** Sets the column with the labels, texts. Default: {@code label}. */
  public LinearSvm setLabelCol(String column) {
    set(labelCol, column);
    return this;
  }

  /** Sets the column for the margins, one number a label. Default: {@code margins}. */
  public LinearSvm setOutputCol(String column) {
    set(outputCol, column);
    return this;
  }

  /** Sets what a violated margin costs: C, above 0; larger fits closer. Default: 1. */
  public LinearSvm setCost(double c) {
    set(cost, c);
    return this;
  }

  /** Sets after how many iterations it ends at the latest. Default: 200. */
  public LinearSvm setMaxIter(int iterations) {
    set(maxIter, iterations);
    return this;
  }

  /** Sets at which relative change of the objective it ends. Default: 1e-4. */
  public LinearSvm setTol(double tolerance) {
    set(tol, tolerance);
    return this;
  }

  /** The column with the vectors. */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /** The column with the labels. */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** The column for the margins. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** What a violated margin costs. */
  public DoubleParam cost() {
    return cost;
  }

  /** After how many iterations it ends at the latest. */
  public IntParam maxIter() {
    return maxIter;
  }

  /** At which relative change of the objective it ends. */
  public DoubleParam tol() {
    return tol;
  }

  /**
   * Learns from labelled vectors.
   *
   * @throws IllegalArgumentException if a column is missing, no row has a label, or there is one
   *     label only, or more than a thousand
   */
  @Override
  public LinearSvmModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    String label = $(labelCol);
    Dataset<Row> rows =
        dataset
            .where(dataset.col(label).isNotNull())
            .select(dataset.col(label).as("label"), dataset.col($(featuresCol)).as("features"));
    List<String> labels =
        rows.select("label").distinct().limit(MOST_LABELS + 1).collectAsList().stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList();
    if (labels.size() < 2 || labels.size() > MOST_LABELS) {
      throw new IllegalArgumentException(
          "Column '"
              + label
              + "' has "
              + (labels.isEmpty()
                  ? "no label"
                  : labels.size() == 1
                      ? "the one label '" + labels.get(0) + "'"
                      : "more than " + MOST_LABELS + " labels")
              + "; a classifier needs from 2 to "
              + MOST_LABELS);
    }
    JavaRDD<Tuple2<Object, Vector>> points =
        rows.toJavaRDD()
            .map(
                row ->
                    new Tuple2<Object, Vector>(
                        (double) Collections.binarySearch(labels, row.getString(0)),
                        Vectors.fromML(row.getAs(1))))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      int features = points.first()._2().size();
      long count = points.count();
      Tuple2<Vector, double[]> solution =
          LBFGS.runLBFGS(
              points.rdd(),
              new SquaredHinge(labels.size(), features),
              new SquaredL2Updater(),
              CORRECTIONS,
              (Double) $(tol),
              (Integer) $(maxIter),
              1 / ((Double) $(cost) * count), // MLlib divides the sum of losses by the count
              Vectors.zeros(labels.size() * (features + 1)));
      LinearSvmModel model =
          new LinearSvmModel(uid, labels.toArray(new String[0]), solution._1().toArray());
      model.setParent(this);
      model.set(model.featuresCol(), $(featuresCol));
      model.set(model.outputCol(), $(outputCol));
      return model;
    } finally {
      points.unpersist(false);
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    ColumnStage.append(
        this, schema, $(labelCol), StringType.class, $(outputCol), DataTypes.StringType);
    return ColumnStage.append(
        this,
        schema,
        $(featuresCol),
        SQLDataTypes.VectorType().getClass(),
        $(outputCol),
        new ArrayType(DataTypes.DoubleType, false));
  }

  @Override
  public LinearSvm copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Called by Spark to load a saved stage. */
  public static MLReader<LinearSvm> read() {
    return new DefaultParamsReader<>();
  }
}
