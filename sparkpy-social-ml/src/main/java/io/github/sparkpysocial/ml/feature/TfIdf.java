package io.github.sparkpysocial.ml.feature;

import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.asc;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.explode;

import io.github.sparkpysocial.ml.internal.ColumnStage;
import io.github.sparkpysocial.ml.internal.TermWeights;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;

/**
 * Learns which terms a collection of posts uses and how telling each is, and turns the tokens of a
 * post into a vector of length one.
 *
 * <p>The weight of a term that occurs {@code tf} times in a post, and in {@code df} of the {@code
 * m} posts learnt from, is {@code (1 + ln tf) · (ln((m+1)/(df+1)) + 1)}; then the vector is divided
 * by its Euclidean length. These are the formulas of scikit-learn's {@code TfidfVectorizer} with
 * {@code sublinear_tf} and {@code smooth_idf}
 * (https://scikit-learn.org/stable/modules/feature_extraction.html#tfidf-term-weighting). Spark's
 * own {@code IDF} lacks the {@code + 1}, without which words that many posts share lose nearly all
 * weight; on short texts that costs much of the quality of a clustering.
 *
 * <p>Of equally frequent terms the alphabetically first is kept, so the result does not depend on
 * how the data is spread. Only the vocabulary comes to the driver.
 */
public final class TfIdf extends Estimator<TfIdfModel> implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final IntParam minDF;
  private final DoubleParam maxDF;
  private final IntParam vocabSize;
  private final BooleanParam sublinearTF;

  /** Reads {@code tokens} and writes {@code features}. */
  public TfIdf() {
    this(Identifiable$.MODULE$.randomUID("tfIdf"));
  }

  /** Called by Spark when it loads a saved stage. */
  public TfIdf(String uid) {
    this.uid = uid;
    this.inputCol = new Param<>(this, "inputCol", "the column with the tokens");
    this.outputCol = new Param<>(this, "outputCol", "the column for the vectors");
    this.minDF =
        new IntParam(this, "minDF", "in how many posts a term must occur", ParamValidators.gtEq(1));
    this.maxDF =
        new DoubleParam(
            this,
            "maxDF",
            "in which share of the posts a term may occur",
            ParamValidators.inRange(0, 1, false, true));
    this.vocabSize =
        new IntParam(this, "vocabSize", "how many terms are kept", ParamValidators.gtEq(1));
    this.sublinearTF =
        new BooleanParam(this, "sublinearTF", "whether 1 + ln tf stands for the frequency tf");
    setDefault(inputCol, "tokens");
    setDefault(outputCol, "features");
    setDefault(minDF, 2);
    setDefault(maxDF, 1.0);
    setDefault(vocabSize, 50_000);
    setDefault(sublinearTF, true);
  }

  /** Sets the column with the tokens. Default: {@code tokens}. */
  public TfIdf setInputCol(String column) {
    set(inputCol, column);
    return this;
  }

  /** Sets the column for the vectors. Default: {@code features}. */
  public TfIdf setOutputCol(String column) {
    set(outputCol, column);
    return this;
  }

  /** Sets in how many posts a term must occur, at least 1. Default: 2. */
  public TfIdf setMinDF(int posts) {
    set(minDF, posts);
    return this;
  }

  /** Sets in which share of the posts a term may occur, above 0, up to 1. Default: 1. */
  public TfIdf setMaxDF(double share) {
    set(maxDF, share);
    return this;
  }

  /** Sets how many terms are kept, those in the most posts. Default: 50,000. */
  public TfIdf setVocabSize(int terms) {
    set(vocabSize, terms);
    return this;
  }

  /** Sets whether {@code 1 + ln tf} stands for the frequency {@code tf}. Default: yes. */
  public TfIdf setSublinearTF(boolean sublinear) {
    set(sublinearTF, sublinear);
    return this;
  }

  /** The column with the tokens. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** The column for the vectors. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** In how many posts a term must occur. */
  public IntParam minDF() {
    return minDF;
  }

  /** In which share of the posts a term may occur. */
  public DoubleParam maxDF() {
    return maxDF;
  }

  /** How many terms are kept. */
  public IntParam vocabSize() {
    return vocabSize;
  }

  /** Whether {@code 1 + ln tf} stands for the frequency {@code tf}. */
  public BooleanParam sublinearTF() {
    return sublinearTF;
  }

  @Override
  public TfIdfModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    long posts = dataset.count();
    double most = (Double) $(maxDF) * posts;
    List<Row> terms =
        dataset
            .select(explode(array_distinct(dataset.col($(inputCol)))).as("term"))
            .groupBy("term")
            .count()
            .where(col("count").geq((Integer) $(minDF)).and(col("count").leq(most)))
            .orderBy(desc("count"), asc("term"))
            .limit((Integer) $(vocabSize))
            .collectAsList();
    String[] vocabulary = new String[terms.size()];
    double[] idf = new double[terms.size()];
    for (int i = 0; i < vocabulary.length; i++) {
      vocabulary[i] = terms.get(i).getString(0);
      idf[i] = TermWeights.idf(posts, terms.get(i).getLong(1));
    }
    TfIdfModel model = new TfIdfModel(uid, vocabulary, idf);
    model.setParent(this);
    model.set(model.inputCol(), $(inputCol));
    model.set(model.outputCol(), $(outputCol));
    model.set(model.sublinearTF(), $(sublinearTF));
    return model;
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return ColumnStage.append(
        this, schema, $(inputCol), ArrayType.class, $(outputCol), SQLDataTypes.VectorType());
  }

  @Override
  public TfIdf copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Called by Spark to load a saved stage. */
  public static MLReader<TfIdf> read() {
    return new DefaultParamsReader<>();
  }
}
