package io.github.sparkpysocial.streaming.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.streaming.StreamingRelationV2;
import org.apache.spark.sql.execution.streaming.runtime.StreamExecution;
import org.apache.spark.sql.execution.streaming.runtime.StreamingQueryWrapper;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.jdk.javaapi.CollectionConverters;

/** The topics that a query reads: Spark's own messages name neither them nor their brokers. */
final class KafkaTopics {
  private KafkaTopics() {}

  /** Returns such as {@code posts at localhost:9092}, or nothing if it reads none. */
  static String of(StreamingQuery query) {
    StreamExecution execution =
        query instanceof StreamingQueryWrapper wrapper
            ? wrapper.streamingQuery()
            : query instanceof StreamExecution bare ? bare : null;
    if (execution == null) {
      return "";
    }
    List<String> topics = new ArrayList<>();
    for (LogicalPlan leaf : CollectionConverters.asJava(execution.analyzedPlan().collectLeaves())) {
      if (leaf instanceof StreamingRelationV2 relation && relation.sourceName().equals("kafka")) {
        topics.add(named(relation.extraOptions()));
      }
    }
    return String.join(", ", topics);
  }

  private static String named(CaseInsensitiveStringMap options) {
    String what =
        Stream.of("subscribe", "subscribePattern", "assign")
            .map(options::get)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse("?");
    return what + " at " + options.get("kafka.bootstrap.servers");
  }
}
