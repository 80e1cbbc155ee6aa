package io.github.sparkpysocial.streaming.run;

import io.github.sparkpysocial.AuthenticationException;
import java.util.List;
import java.util.Objects;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.jspecify.annotations.Nullable;

/**
 * Why a query failed, in words for people.
 *
 * @param isFinal whether it would fail again, however often it is started
 * @param reason what happened and what to do
 */
record QueryFailure(boolean isFinal, String reason) {
  private static final String OTHER_CHECKPOINT =
      " Go back to the query as it was, or begin with another checkpoint: what is in a journal or a"
          + " topic is then counted again.";

  /** Spark's names of what a changed query meets in the state of its checkpoint. */
  private static final List<String> CHANGED =
      List.of(
          "STATE_STORE_KEY_SCHEMA_NOT_COMPATIBLE",
          "STATE_STORE_VALUE_SCHEMA_NOT_COMPATIBLE",
          "STATE_STORE_INVALID_CONFIG_AFTER_RESTART",
          "STATE_STORE_OPERATION_OUT_OF_ORDER",
          "STATE_STORE_PROVIDER_DOES_NOT_SUPPORT_FINE_GRAINED_STATE_REPLAY",
          "STREAMING_STATEFUL_OPERATOR_NOT_MATCH_IN_STATE_METADATA",
          "STREAMING_STATEFUL_OPERATOR_MISSING_STATE_DIRECTORY",
          "STATEFUL_PROCESSOR_CANNOT_PERFORM_OPERATION_WITH_INVALID_HANDLE_STATE");

  /**
   * Finds out why.
   *
   * @param topics that the query reads, for a message, or empty if there are none
   */
  static QueryFailure of(Throwable failure, String topics) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      QueryFailure known = known(cause, topics);
      if (known != null) {
        return known;
      }
    }
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new QueryFailure(false, firstLine(root));
  }

  private static @Nullable QueryFailure known(Throwable cause, String topics) {
    String message = Objects.requireNonNullElse(cause.getMessage(), "");
    String condition = cause instanceof SparkThrowable spark ? condition(spark) : "";
    if (CHANGED.stream().anyMatch(condition::startsWith)) {
      return new QueryFailure(
          true,
          "The checkpoint holds the state of another query ("
              + condition
              + ")."
              + OTHER_CHECKPOINT);
    }
    if (message.contains("sources in the checkpoint offsets and now there are")) {
      return new QueryFailure(
          true, "The checkpoint is of a query with another number of sources." + OTHER_CHECKPOINT);
    }
    if (condition.startsWith("CANNOT_LOAD_STATE_STORE")
        || message.contains("log file was malformed")
        || message.contains("Incomplete log file")
        || message.contains("Failed to read log file")) {
      return new QueryFailure(
          true,
          "The checkpoint is damaged: "
              + firstLine(cause)
              + " Put it back from a copy, or begin with another checkpoint: what is in a journal"
              + " or a topic is then counted again, and sinks that write by key take it once.");
    }
    if (message.contains("UnknownTopicOrPartition")
        || cause.getClass().getSimpleName().equals("UnknownTopicOrPartitionException")) {
      return new QueryFailure(
          false,
          "A topic that the query subscribes to does not exist"
              + (topics.isEmpty() ? "" : " (" + topics + ")")
              + "; make it (kafka-topics.sh --create --topic NAME), or correct its name.");
    }
    if (cause.getClass().getName().startsWith("org.apache.kafka.common.errors.TimeoutException")) {
      return new QueryFailure(
          false,
          "Kafka does not answer"
              + (topics.isEmpty() ? "" : " (" + topics + ")")
              + ": "
              + firstLine(cause)
              + " Are its brokers up?");
    }
    if (cause instanceof AnalysisException
        || cause instanceof IllegalArgumentException
        || cause instanceof AuthenticationException) {
      return new QueryFailure(true, firstLine(cause));
    }
    return null;
  }

  private static String condition(SparkThrowable failure) {
    return Objects.requireNonNullElse(failure.getCondition(), "");
  }

  private static String firstLine(Throwable failure) {
    String message = Objects.requireNonNullElse(failure.getMessage(), "");
    int end = message.indexOf('\n');
    String line = (end < 0 ? message : message.substring(0, end)).strip();
    return line.isEmpty() ? failure.getClass().getSimpleName() : line;
  }
}
