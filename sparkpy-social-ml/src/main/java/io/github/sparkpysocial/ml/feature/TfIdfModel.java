package io.github.sparkpysocial.ml.feature;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.internal.ColumnStage;
import io.github.sparkpysocial.ml.internal.ModelFiles;
import io.github.sparkpysocial.ml.internal.TermVector;
import io.github.sparkpysocial.ml.internal.TermWeights;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.BooleanParam;
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
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** The terms that {@link TfIdf} has learnt, which turns tokens into vectors of length one. */
public final class TfIdfModel extends Model<TfIdfModel> implements MLWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final String[] vocabulary;
  private final double[] idf;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final BooleanParam sublinearTF;
  private transient volatile @Nullable Broadcast<TermWeights> broadcast;

  TfIdfModel(String uid, String[] vocabulary, double[] idf) {
    this.uid = uid;
    this.vocabulary = vocabulary;
    this.idf = idf;
    this.inputCol = new Param<>(this, "inputCol", "the column with the tokens");
    this.outputCol = new Param<>(this, "outputCol", "the column for the vectors");
    this.sublinearTF =
        new BooleanParam(this, "sublinearTF", "whether 1 + ln tf stands for the frequency tf");
    setDefault(inputCol, "tokens");
    setDefault(outputCol, "features");
    setDefault(sublinearTF, true);
  }

  /** Returns the terms in the order of the vector's dimensions, from the most to the least used. */
  public List<String> vocabulary() {
    return List.of(vocabulary);
  }

  /** Returns the inverse document frequency of each term, in the same order. */
  public double[] idf() {
    return idf.clone();
  }

  /** The column with the tokens. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** The column for the vectors. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Whether {@code 1 + ln tf} stands for the frequency {@code tf}. */
  public BooleanParam sublinearTF() {
    return sublinearTF;
  }

  /** Adds the vectors. A post without a known term gets the zero vector. */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Broadcast<TermWeights> weights = weights(dataset);
    UDF1<scala.collection.@Nullable Seq<String>, Vector> vector =
        tokens -> vector(weights.value(), tokens);
    return dataset.withColumn(
        $(outputCol),
        functions.udf(vector, SQLDataTypes.VectorType()).apply(dataset.col($(inputCol))));
  }

  private Broadcast<TermWeights> weights(Dataset<?> dataset) {
    Broadcast<TermWeights> current = broadcast;
    if (current == null || !current.isValid()) {
      current =
          JavaSparkContext.fromSparkContext(dataset.sparkSession().sparkContext())
              .broadcast(new TermWeights(vocabulary, idf, (Boolean) $(sublinearTF)));
      broadcast = current;
    }
    return current;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return ColumnStage.append(
        this, schema, $(inputCol), ArrayType.class, $(outputCol), SQLDataTypes.VectorType());
  }

  @Override
  public TfIdfModel copy(ParamMap extra) {
    TfIdfModel copy = copyValues(new TfIdfModel(uid, vocabulary, idf), extra);
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
  public static MLReader<TfIdfModel> read() {
    return new ModelFiles.Reader<>(TfIdfModel::fromRows);
  }

  private ModelFiles.Table toRows() {
    Row[] rows = new Row[vocabulary.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = RowFactory.create(i, vocabulary[i], idf[i]);
    }
    return new ModelFiles.Table(
        new StructType(
            new StructField[] {
              DataTypes.createStructField("index", DataTypes.IntegerType, false),
              DataTypes.createStructField("term", DataTypes.StringType, false),
              DataTypes.createStructField("idf", DataTypes.DoubleType, false)
            }),
        Arrays.asList(rows));
  }

  private static TfIdfModel fromRows(String uid, Dataset<Row> data) {
    List<Row> rows = data.orderBy(col("index")).collectAsList();
    String[] vocabulary =
        rows.stream().map(row -> row.<String>getAs("term")).toArray(String[]::new);
    double[] idf = rows.stream().mapToDouble(row -> row.<Double>getAs("idf")).toArray();
    return new TfIdfModel(uid, vocabulary, idf);
  }

  private static Vector vector(TermWeights weights, scala.collection.@Nullable Seq<String> tokens) {
    Iterator<String> each =
        tokens == null
            ? Collections.emptyIterator()
            : CollectionConverters.asJava(tokens.iterator());
    TermVector weighed = weights.weigh(each);
    return Vectors.sparse(weights.size(), weighed.indices(), weighed.values());
  }
}
