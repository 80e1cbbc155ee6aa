package io.github.sparkpysocial.ml.network;

import io.github.sparkpysocial.ml.internal.SplitMix64;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Finds communities by label propagation (Raghavan, Albert and Kumara 2007, "Near linear time
 * algorithm to detect community structures in large-scale networks"), made deterministic: each
 * vertex takes the label that the most weight of its edges leads to, of equal ones its own, else
 * the smallest. Only half of the vertices, chosen by a hash of number and round, move at once: all
 * at once would swap labels for ever. MLlib's and GraphX's own version depends on the order in
 * which messages arrive.
 *
 * <p>Weights are whole numbers, so that sums do not depend on their order.
 */
final class Communities {
  private static final int ROUNDS = 30;
  private static final int CHECKPOINT = 5;

  private Communities() {}

  /**
   * Returns the label of each vertex.
   *
   * @param edges from each vertex to each neighbour, in both directions, with their weight
   * @param vertices the number of each vertex
   */
  static JavaPairRDD<Long, Long> of(
      JavaPairRDD<Long, Tuple2<Long, Long>> edges, JavaPairRDD<Long, Long> vertices) {
    HashPartitioner partitioner = new HashPartitioner(edges.getNumPartitions());
    JavaPairRDD<Long, Tuple2<Long, Long>> placed =
        edges.partitionBy(partitioner).persist(StorageLevel.MEMORY_AND_DISK());
    JavaPairRDD<Long, Long> labels =
        vertices.partitionBy(partitioner).persist(StorageLevel.MEMORY_AND_DISK());
    labels.count();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        JavaPairRDD<Long, Long> before = labels;
        labels = round(placed, before, partitioner, round).persist(StorageLevel.MEMORY_AND_DISK());
        if (round % CHECKPOINT == CHECKPOINT - 1) {
          labels.rdd().localCheckpoint();
        }
        long moved = labels.join(before).filter(Communities::differs).count();
        if (round > 0) {
          before.unpersist(false);
        }
        if (moved == 0 && round % 2 == 1) {
          break; // neither half moves any more
        }
      }
      return labels;
    } finally {
      placed.unpersist(false);
    }
  }

  private static boolean differs(Tuple2<Long, Tuple2<Long, Long>> each) {
    return !each._2()._1().equals(each._2()._2());
  }

  private static JavaPairRDD<Long, Long> round(
      JavaPairRDD<Long, Tuple2<Long, Long>> edges,
      JavaPairRDD<Long, Long> labels,
      HashPartitioner partitioner,
      int round) {
    JavaPairRDD<Long, Map<Long, Long>> votes =
        edges
            .join(labels, partitioner)
            .mapToPair(
                each ->
                    new Tuple2<>(
                        each._2()._1()._1(), new Tuple2<>(each._2()._2(), each._2()._1()._2())))
            .aggregateByKey(
                (Map<Long, Long>) new TreeMap<Long, Long>(),
                partitioner,
                (sums, vote) -> {
                  sums.merge(vote._1(), vote._2(), Long::sum);
                  return sums;
                },
                (sums, others) -> {
                  others.forEach((label, weight) -> sums.merge(label, weight, Long::sum));
                  return sums;
                });
    return labels
        .leftOuterJoin(votes, partitioner)
        .mapToPair(
            each ->
                new Tuple2<>(
                    each._1(),
                    moves(each._1(), round) && each._2()._2().isPresent()
                        ? best(each._2()._1(), each._2()._2().get())
                        : each._2()._1()));
  }

  /** Any half may move, another one every second round. */
  private static boolean moves(long vertex, int round) {
    long mixed = SplitMix64.mix(vertex * 0x9E3779B97F4A7C15L + (round / 2) * 0xBF58476D1CE4E5B9L);
    return (mixed >>> 63) == round % 2;
  }

  private static Long best(Long own, Map<Long, Long> votes) {
    long most = votes.values().stream().mapToLong(Long::longValue).max().orElse(0);
    if (votes.getOrDefault(own, 0L) == most) {
      return own;
    }
    return votes.entrySet().stream()
        .filter(vote -> vote.getValue() == most)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(own);
  }
}
