package io.github.sparkpysocial.samples.book;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * CSV in Spark: once by Spark's own reader, which in the book was a package of its own, and once as
 * the typed frame of a place.
 */
public final class CsvWithSpark {
  private CsvWithSpark() {}

  /** Reads a CSV file of posts, such as {@link SaveAndLoad} saved: {@code FILE}. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args.length == 0 ? "book/posts.csv" : args[0]);
    try (SparkSession spark = SparkSession.builder().master("local[*]").getOrCreate()) {
      inferred(spark, file).printSchema();
      typed(spark, file).printSchema();
      busiest(typed(spark, file)).show();
    }
  }

  /** Reads with types as Spark guesses them; the texts of posts have line breaks and quotes. */
  static Dataset<Row> inferred(SparkSession spark, Path file) {
    return spark
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .option("multiLine", true)
        .option("escape", "\"")
        .csv(file.toUri().toString());
  }

  /** Reads with the types that a post has: ids are texts, hashtags a list. */
  static Dataset<Row> typed(SparkSession spark, Path file) {
    return Frames.of(spark, PlaceUri.parse(file.toString()), RecordKind.POST);
  }

  /** Returns who posts most: {@code author_handle}, {@code count}. */
  static Dataset<Row> busiest(Dataset<Row> posts) {
    return posts
        .groupBy("author_handle")
        .count()
        .orderBy(col("count").desc(), col("author_handle"))
        .limit(5);
  }

  /** Returns the names of columns that are texts in one frame and something else in the other. */
  static List<String> differently(Dataset<Row> inferred, Dataset<Row> typed) {
    return List.of(inferred.columns()).stream()
        .filter(List.of(typed.columns())::contains)
        .filter(
            name ->
                !inferred
                    .schema()
                    .apply(name)
                    .dataType()
                    .equals(typed.schema().apply(name).dataType()))
        .toList();
  }
}
