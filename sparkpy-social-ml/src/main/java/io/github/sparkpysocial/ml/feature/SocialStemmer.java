package io.github.sparkpysocial.ml.feature;

import io.github.sparkpysocial.ml.internal.ColumnStage;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reduces words to their stems, so that {@code running} and {@code runs} are the same term, by the
 * language of each post. Put it behind {@link SocialTokenizer}, and behind the removal of {@link
 * StopWords}, which are lists of whole words.
 *
 * <p>The stems are Snowball's. {@code org.apache.opennlp:opennlp-tools} must be on the class path;
 * it is an optional dependency. Hashtags and mentions with their sign, emoji and emoticons stay as
 * they are, and so does all of a language that has no stemmer. Not thread-safe while being set up.
 */
public final class SocialStemmer extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;
  private static final String LIBRARY = "opennlp.tools.stemmer.snowball.SnowballStemmer";

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> outputCol;
  private final Param<String> languageCol;
  private final Param<String> defaultLanguage;

  /** Reads {@code tokens} and {@code language}, and writes {@code stems}. */
  public SocialStemmer() {
    this(Identifiable$.MODULE$.randomUID("socialStemmer"));
  }

  /** Called by Spark when it loads a saved stage. */
  public SocialStemmer(String uid) {
    this.uid = uid;
    this.inputCol = new Param<>(this, "inputCol", "the column with the tokens");
    this.outputCol = new Param<>(this, "outputCol", "the column for the stems");
    this.languageCol =
        new Param<>(this, "languageCol", "the column with the language of each post");
    this.defaultLanguage =
        new Param<>(this, "defaultLanguage", "the language of posts that tell none");
    setDefault(inputCol, "tokens");
    setDefault(outputCol, "stems");
    setDefault(languageCol, "language");
    setDefault(defaultLanguage, "en");
  }

  /** Returns the languages that have a stemmer, as primary BCP-47 tags in alphabetical order. */
  public static List<String> languages() {
    requireLibrary();
    return Stems.languages();
  }

  /** Sets the column with the tokens. Default: {@code tokens}. */
  public SocialStemmer setInputCol(String column) {
    set(inputCol, column);
    return this;
  }

  /** Sets the column for the stems. Default: {@code stems}. */
  public SocialStemmer setOutputCol(String column) {
    set(outputCol, column);
    return this;
  }

  /**
   * Sets the column with the BCP-47 tag of each post's language. Without such a column all posts
   * are of the default language. Default: {@code language}.
   */
  public SocialStemmer setLanguageCol(String column) {
    set(languageCol, column);
    return this;
  }

  /** Sets the language of posts whose tag is null, as a BCP-47 tag. Default: {@code en}. */
  public SocialStemmer setDefaultLanguage(String tag) {
    set(defaultLanguage, tag);
    return this;
  }

  /** The column with the tokens. */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** The column for the stems. */
  public Param<String> outputCol() {
    return outputCol;
  }

  /** The column with the language of each post. */
  public Param<String> languageCol() {
    return languageCol;
  }

  /** The language of posts that tell none. */
  public Param<String> defaultLanguage() {
    return defaultLanguage;
  }

  /**
   * Adds the stems.
   *
   * @throws IllegalStateException if {@code org.apache.opennlp:opennlp-tools} is not on the class
   *     path
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    String otherwise = $(defaultLanguage);
    UDF2<@Nullable Seq<String>, @Nullable String, String[]> stem =
        (tokens, language) ->
            tokens == null
                ? new String[0]
                : Stems.of(
                    CollectionConverters.asJava(tokens), language == null ? otherwise : language);
    Column language =
        Arrays.asList(dataset.columns()).contains($(languageCol))
            ? dataset.col($(languageCol))
            : functions.lit(otherwise);
    return dataset.withColumn(
        $(outputCol),
        functions
            .udf(stem, DataTypes.createArrayType(DataTypes.StringType, false))
            .apply(dataset.col($(inputCol)), language));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    requireLibrary();
    String language = $(languageCol);
    if (Arrays.asList(schema.fieldNames()).contains(language)
        && !(schema.apply(language).dataType() instanceof StringType)) {
      throw new IllegalArgumentException(
          uid
              + " cannot read the language from column '"
              + language
              + "' of type "
              + schema.apply(language).dataType().simpleString()
              + "; set another languageCol");
    }
    return ColumnStage.append(
        this,
        schema,
        $(inputCol),
        ArrayType.class,
        $(outputCol),
        new ArrayType(DataTypes.StringType, false));
  }

  private static void requireLibrary() {
    try {
      Class.forName(LIBRARY, false, SocialStemmer.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "Stemming needs org.apache.opennlp:opennlp-tools on the class path", e);
    }
  }

  @Override
  public SocialStemmer copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Called by Spark to load a saved stage. */
  public static MLReader<SocialStemmer> read() {
    return new DefaultParamsReader<>();
  }
}
