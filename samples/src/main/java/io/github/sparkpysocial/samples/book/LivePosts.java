package io.github.sparkpysocial.samples.book;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The book's live tweets on the console, from any network that has a live stream. Bluesky's needs
 * no key: {@code bluesky:jetstream}.
 */
public final class LivePosts {
  private LivePosts() {}

  /** Returns who wrote what, as it happens: {@code created_at}, {@code author}, {@code text}. */
  public static Dataset<Row> follow(SparkSession spark, String place, Path journal) {
    return spark
        .readStream()
        .format("social")
        .option("journal", journal.toString())
        .load(place)
        .select(
            col("created_at"),
            coalesce(col("author_handle"), col("author_id")).as("author"),
            col("text"));
  }

  /** Shows posts until it is killed: {@code PLACE DIRECTORY}. */
  public static void main(String[] arguments) throws Exception {
    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    Path directory = Path.of(arguments[1]);
    follow(spark, arguments[0], directory.resolve("journal"))
        .writeStream()
        .format("console")
        .option("truncate", false)
        .option("checkpointLocation", directory.resolve("checkpoint").toString())
        .start()
        .awaitTermination();
  }
}
