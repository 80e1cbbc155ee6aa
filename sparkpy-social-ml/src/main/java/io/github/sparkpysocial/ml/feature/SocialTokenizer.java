package io.github.sparkpysocial.ml.feature;

import io.github.sparkpysocial.ml.internal.ColumnStage;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Splits the text of a post into tokens, a column of type {@code array<string>}.
 *
 * <ul>
 *   <li>Words in lower case; full-width and ornamental letters become plain ones (NFKC), {@code
 *       'sooooo'} becomes {@code soo}, a possessive {@code 's} goes. A single letter or digit is no
 *       word.
 *   <li>{@code #Spark} gives {@code #spark} and {@code spark}, so that posts with and without the
 *       sign meet; so do mentions and cashtags. With {@code splitHashtags}, {@code
 *       #MachineLearning} also gives {@code machine} and {@code learning}.
 *   <li>Emoji are tokens, without skin tone; so are Western emoticons such as {@code :-)}.
 *   <li>Chinese, Japanese, Thai, Lao, Khmer and Burmese, written without spaces, give each pair of
 *       neighbouring characters.
 *   <li>Links, e-mail addresses, HTML escapes and punctuation give nothing; a null text gives no
 *       tokens.
 * </ul>
 *
 * <p>A row's tokens depend on its text alone. Not thread-safe while being set up.
 */
public final class SocialTokenizer extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final BooleanParam splitHashtags;

  /** Reads {@code text} and writes {@code tokens}. */
  public SocialTokenizer() {
    this(Identifiable$.MODULE$.randomUID("socialTokenizer"));
  }

  /** Called by Spark when it loads a saved stage. */
  public SocialTokenizer(String uid) {
    this.uid = uid;
    this.inputCol = new Param<>(this, "inputCol", "the column with the text");
    this.outputCol = new Param<>(this, "outputCol", "the column for the tokens");
    this.splitHashtags =
        new BooleanParam(this, "splitHashtags", "whether hashtags also give their CamelCase parts");
    setDefault(inputCol, "text");
    setDefault(outputCol, "tokens");
    setDefault(splitHashtags, false);
  }

  /** Returns the tokens of one text, as the stage with its default settings gives them. */
  public static List<String> tokens(String text) {
    return new Tokens(false).of(text);
  }

  /**
   * Returns what two posts share that say the same: the words of the text in their order, without
   * links, mentions and the mark of a manual repost. Empty if nothing else is there.
   */
  public static String fingerprint(String text) {
    List<String> words = new ArrayList<>();
    new Tokens(false)
        .scan(
            text,
            (token, kind, start, end) -> {
              if (kind.isSaid()) {
                words.add(token);
              }
            });
    words.remove("rt");
    return String.join(" ", words);
  }

  /** Sets the column with the text. Default: {@code text}. */
  public SocialTokenizer setInputCol(String column) {
    set(inputCol, column);
    return this;
  }

  /** Sets the column for the tokens. Default: {@code tokens}. */
  public SocialTokenizer setOutputCol(String column) {
    set(outputCol, column);
    return this;
  }

  /** Sets whether a hashtag also gives its CamelCase parts. Default: no. */
  public SocialTokenizer setSplitHashtags(boolean split) {
    set(splitHashtags, split);
    return this;
  }

  /** The column with the text. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** The column for the tokens. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** Whether a hashtag also gives its CamelCase parts. */
  public BooleanParam splitHashtags() {
    return splitHashtags;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    Tokens tokens = new Tokens((Boolean) $(splitHashtags));
    UDF1<@Nullable String, String[]> split =
        text -> text == null ? new String[0] : tokens.of(text).toArray(new String[0]);
    UserDefinedFunction udf =
        functions.udf(split, DataTypes.createArrayType(DataTypes.StringType, false));
    return dataset.withColumn($(outputCol), udf.apply(dataset.col($(inputCol))));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return ColumnStage.append(
        this,
        schema,
        $(inputCol),
        StringType.class,
        $(outputCol),
        new ArrayType(DataTypes.StringType, false));
  }

  @Override
  public SocialTokenizer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Called by Spark to load a saved stage. */
  public static MLReader<SocialTokenizer> read() {
    return new DefaultParamsReader<>();
  }
}
