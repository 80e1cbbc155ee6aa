/**
 * Records in Kafka: {@link io.github.sparkpysocial.streaming.kafka.KafkaSender} brings them there,
 * {@link io.github.sparkpysocial.streaming.kafka.KafkaRecords} reads and writes them by Spark.
 *
 * <p>A message has the record's key {@code network/kind/id} as key, the record as one JSON object
 * in UTF-8 as value, and the headers {@code record} and {@code network}. A tombstone has the key of
 * what was deleted, so that a compacted topic forgets the deleted record and keeps the tombstone.
 */
@NullMarked
package io.github.sparkpysocial.streaming.kafka;

import org.jspecify.annotations.NullMarked;
