package io.github.sparkpysocial.ml.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Finds one post for each different text: of those that say the same, the one with the smallest id,
 * and of equal ids the one with the smallest text. Only hashes and ids travel.
 */
final class Originals {
  private Originals() {}

  /**
   * Returns, for each block, the places of its originals in rising order.
   *
   * @param blocks in the same partitions as the result
   * @param stopWords a post of nothing else is none
   */
  static JavaRDD<int[]> of(JavaRDD<PostBlock> blocks, Set<String> stopWords) {
    int partitions = blocks.getNumPartitions();
    JavaRDD<Tuple2<Integer, Claim>> claims =
        blocks.mapPartitionsWithIndex(
            (partition, each) -> claims(partition, each, partitions, stopWords), true);
    JavaRDD<Tuple2<Integer, Won>> won =
        JavaPairRDD.fromJavaRDD(claims)
            .partitionBy(new HashPartitioner(partitions))
            .mapPartitions(Originals::settle);
    return JavaPairRDD.fromJavaRDD(won)
        .partitionBy(new HashPartitioner(partitions))
        .mapPartitions(Originals::inOrder, true);
  }

  private static Iterator<Tuple2<Integer, Claim>> claims(
      int partition, Iterator<PostBlock> each, int partitions, Set<String> stopWords) {
    List<Tuple2<Integer, Claim>> claims = new ArrayList<>();
    for (int number = 0; each.hasNext(); number++) {
      PostBlock block = each.next();
      int[] all = withWords(block, stopWords);
      Claim whole =
          new Claim(
              partition,
              number,
              all,
              at(block.high, all),
              at(block.low, all),
              block.ids.at(all),
              at(block.texts.hashes(), all));
      int[] own = winners(List.of(whole)).get(0);
      for (int target = 0; target < partitions; target++) {
        int wanted = target;
        int[] places =
            Arrays.stream(own)
                .filter(i -> Math.floorMod(whole.high[i], partitions) == wanted)
                .toArray();
        claims.add(new Tuple2<>(target, whole.part(places)));
      }
    }
    return claims.iterator();
  }

  /** Returns the places of the posts that have a word which is no stop word. */
  private static int[] withWords(PostBlock block, Set<String> stopWords) {
    boolean[] isWord = new boolean[block.dictionary.length];
    for (int term = 0; term < isWord.length; term++) {
      isWord[term] = !stopWords.contains(block.dictionary[term]);
    }
    return IntStream.range(0, block.size())
        .filter(
            post ->
                IntStream.range(block.starts[post], block.starts[post + 1])
                    .anyMatch(i -> isWord[block.terms[i]]))
        .toArray();
  }

  private static long[] at(long[] values, int[] places) {
    return Arrays.stream(places).mapToLong(place -> values[place]).toArray();
  }

  private static Iterator<Tuple2<Integer, Won>> settle(Iterator<Tuple2<Integer, Claim>> each) {
    List<Claim> claims = new ArrayList<>();
    each.forEachRemaining(claim -> claims.add(claim._2()));
    List<int[]> winners = winners(claims);
    List<Tuple2<Integer, Won>> won = new ArrayList<>();
    for (int i = 0; i < claims.size(); i++) {
      Claim claim = claims.get(i);
      int[] places = Arrays.stream(winners.get(i)).map(w -> claim.places[w]).toArray();
      won.add(new Tuple2<>(claim.partition, new Won(claim.block, places)));
    }
    return won.iterator();
  }

  private static Iterator<int[]> inOrder(Iterator<Tuple2<Integer, Won>> each) {
    TreeMap<Integer, List<int[]>> byBlock = new TreeMap<>();
    each.forEachRemaining(
        won ->
            byBlock
                .computeIfAbsent(won._2().block, block -> new ArrayList<>())
                .add(won._2().places));
    return byBlock.values().stream()
        .map(parts -> parts.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .iterator();
  }

  /** Returns the places in each claim of the posts that come before all others of their hash. */
  private static List<int[]> winners(List<Claim> claims) {
    int size = claims.stream().mapToInt(claim -> claim.places.length).sum();
    int[] claimOf = new int[size];
    int[] placeOf = new int[size];
    int[] table = new int[Integer.highestOneBit(Math.max(4, size)) * 4];
    Arrays.fill(table, -1);
    int next = 0;
    for (int c = 0; c < claims.size(); c++) {
      Claim claim = claims.get(c);
      for (int i = 0; i < claim.places.length; i++) {
        claimOf[next] = c;
        placeOf[next] = i;
        int slot = (int) claim.low[i] & (table.length - 1);
        while (table[slot] >= 0
            && !claim.saysTheSame(i, claims.get(claimOf[table[slot]]), placeOf[table[slot]])) {
          slot = (slot + 1) & (table.length - 1);
        }
        if (table[slot] < 0
            || claim.isBefore(i, claims.get(claimOf[table[slot]]), placeOf[table[slot]])) {
          table[slot] = next;
        }
        next++;
      }
    }
    List<List<Integer>> kept = new ArrayList<>();
    claims.forEach(claim -> kept.add(new ArrayList<>()));
    for (int entry : table) {
      if (entry >= 0) {
        kept.get(claimOf[entry]).add(placeOf[entry]);
      }
    }
    return kept.stream()
        .map(places -> places.stream().mapToInt(Integer::intValue).sorted().toArray())
        .toList();
  }

  /** Posts of one block that may be originals. */
  private static final class Claim implements Serializable {
    private static final long serialVersionUID = 1L;
    private final int partition;
    private final int block;
    private final int[] places;
    private final long[] high;
    private final long[] low;
    private final PostBlock.Bytes ids;
    private final long[] textHashes;

    Claim(
        int partition,
        int block,
        int[] places,
        long[] high,
        long[] low,
        PostBlock.Bytes ids,
        long[] textHashes) {
      this.partition = partition;
      this.block = block;
      this.places = places;
      this.high = high;
      this.low = low;
      this.ids = ids;
      this.textHashes = textHashes;
    }

    Claim part(int[] chosen) {
      return new Claim(
          partition,
          block,
          Arrays.stream(chosen).map(i -> places[i]).toArray(),
          at(high, chosen),
          at(low, chosen),
          ids.at(chosen),
          at(textHashes, chosen));
    }

    boolean saysTheSame(int i, Claim other, int j) {
      return high[i] == other.high[j] && low[i] == other.low[j];
    }

    boolean isBefore(int i, Claim other, int j) {
      int order = PostBlock.Bytes.compare(ids, i, other.ids, j);
      return order != 0 ? order < 0 : textHashes[i] < other.textHashes[j];
    }
  }

  /** The originals that a target found in one block. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Won(int block, int[] places) implements Serializable {}
}
