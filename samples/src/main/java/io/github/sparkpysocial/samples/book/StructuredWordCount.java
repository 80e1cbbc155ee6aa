package io.github.sparkpysocial.samples.book;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.trim;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The word count of a socket in Structured Streaming, whose twin is {@link SocketWordCount}. Lines
 * go through the journal first, so that none is counted twice or lost when the program is killed.
 */
public final class StructuredWordCount {
  private StructuredWordCount() {}

  /** Returns how often each word came since the beginning: {@code word}, {@code count}. */
  public static Dataset<Row> count(SparkSession spark, String place, Path journal) {
    return spark
        .readStream()
        .format("social")
        .option("journal", journal.toString())
        .load(place)
        .select(explode(split(trim(col("text")), "\\s+")).as("word"))
        .groupBy("word")
        .count();
  }

  /** Shows the counts until it is killed: {@code tcp:HOST:PORT DIRECTORY}. */
  public static void main(String[] arguments) throws Exception {
    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    Path directory = Path.of(arguments[1]);
    count(spark, arguments[0], directory.resolve("journal"))
        .writeStream()
        .outputMode("complete")
        .format("console")
        .option("checkpointLocation", directory.resolve("checkpoint").toString())
        .start()
        .awaitTermination();
  }
}
