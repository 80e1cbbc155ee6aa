package io.github.sparkpysocial.samples.book;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.trim;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.streaming.kafka.KafkaRecords;
import java.nio.file.Path;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The book's count of the words that come through Kafka; {@link KafkaPosts} sends them. */
public final class KafkaWordCount {
  private KafkaWordCount() {}

  /** Returns how often each word came: {@code word}, {@code count}. */
  public static Dataset<Row> count(SparkSession spark, String servers, String topic) {
    Dataset<Row> messages =
        spark
            .readStream()
            .format("kafka")
            .option("kafka.bootstrap.servers", servers)
            .option("subscribe", topic)
            .option("startingOffsets", "earliest")
            .load();
    return KafkaRecords.of(messages, Set.of(RecordKind.POST))
        .records()
        .select(explode(split(lower(trim(col("text"))), "\\s+")).as("word"))
        .groupBy("word")
        .count();
  }

  /** Shows the counts until it is killed: {@code SERVERS TOPIC DIRECTORY}. */
  public static void main(String[] arguments) throws Exception {
    SparkSession spark = SparkSession.builder().master("local[2]").getOrCreate();
    count(spark, arguments[0], arguments[1])
        .writeStream()
        .outputMode("complete")
        .format("console")
        .option("checkpointLocation", Path.of(arguments[2]).toString())
        .start()
        .awaitTermination();
  }
}
