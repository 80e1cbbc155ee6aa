package io.github.sparkpysocial.streaming;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.kafka.KafkaRecords;
import io.github.sparkpysocial.streaming.sink.TableSink;
import io.github.sparkpysocial.streaming.state.Arrivals;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;

/** The code on the page about streaming. */
final class Snippets {
  private Snippets() {}

  static StreamingQuery follow(
      SparkSession spark, String place, String journal, String table, String checkpoint)
      throws Exception {
    // snippet: follow
    Dataset<Row> posts =
        spark
            .readStream()
            .format("social")
            .option("journal", journal)
            .load(place); // such as bluesky:jetstream, x:stream or github:apache/spark/events
    Dataset<Row> counts =
        WindowCounts.tumbling(
            Arrivals.DEFAULT.sound(posts), WindowCounts.Of.HASHTAGS, Duration.ofMinutes(1));
    StreamingQuery query =
        counts
            .writeStream()
            .outputMode("update")
            .foreachBatch(TableSink.to(PlaceUri.parse(table), "window_start", "value"))
            .option("checkpointLocation", checkpoint)
            .start();
    // end
    return query;
  }

  static List<Dataset<Row>> kafka(SparkSession spark, String servers, String topic) {
    // snippet: kafka
    KafkaRecords messages =
        KafkaRecords.of(
            spark
                .readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", servers)
                .option("subscribe", topic)
                .option("startingOffsets", "earliest")
                .load(),
            Set.of(RecordKind.POST, RecordKind.TOMBSTONE));
    Dataset<Row> records = messages.records();
    Dataset<Row> deadLetters = messages.deadLetters(); // for a topic of its own
    // end
    return List.of(records, deadLetters);
  }
}
