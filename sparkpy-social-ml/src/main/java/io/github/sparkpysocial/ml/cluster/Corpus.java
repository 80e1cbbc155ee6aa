package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.feature.StopWords;
import io.github.sparkpysocial.ml.internal.SparseRows;
import io.github.sparkpysocial.ml.internal.TermWeights;
import java.io.Serializable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** Counts what blocks of posts have in common, and weighs their terms. */
final class Corpus {
  private Corpus() {}

  /** How many posts there are, in which languages, and from when, in microseconds since 1970. */
  record Overview(long posts, Map<String, Long> languages, long first, long last)
      implements Serializable {

    static Overview of(JavaRDD<PostBlock> blocks) {
      return blocks
          .map(block -> new Overview(block.size(), block.languages, block.from, block.to))
          .fold(new Overview(0, new TreeMap<>(), Long.MAX_VALUE, Long.MIN_VALUE), Overview::plus);
    }

    private Overview plus(Overview other) {
      Map<String, Long> sum = new TreeMap<>(languages);
      other.languages.forEach((language, count) -> sum.merge(language, count, Long::sum));
      return new Overview(
          posts + other.posts, sum, Math.min(first, other.first), Math.max(last, other.last));
    }

    /** The time of the oldest post. */
    @Nullable Instant from() {
      return first > last ? null : Instant.EPOCH.plus(first, ChronoUnit.MICROS);
    }

    /** The time of the newest post. */
    @Nullable Instant to() {
      return first > last ? null : Instant.EPOCH.plus(last, ChronoUnit.MICROS);
    }

    /** Those that were set, or else English and each language that one post in a hundred is in. */
    Set<String> stopWords(@Nullable List<String> set) {
      if (set != null) {
        return Set.copyOf(StopWords.of(set));
      }
      Map<String, Long> counts = new TreeMap<>(languages);
      counts.keySet().retainAll(StopWords.languages());
      long known = counts.values().stream().mapToLong(Long::longValue).sum();
      List<String> frequent = new ArrayList<>(List.of("en"));
      counts.forEach(
          (language, count) -> {
            if (count * 100 >= known) {
              frequent.add(language);
            }
          });
      return Set.copyOf(StopWords.of(frequent));
    }
  }

  /** A block's posts as rows of weighed terms, those that are learnt from and the others. */
  static final class Weighed implements Serializable {
    private static final long serialVersionUID = 1L;
    private final SparseRows originals;
    private final SparseRows others;
    private final int[] places;
    private final long[] keys;

    Weighed(SparseRows originals, SparseRows others, int[] places, long[] keys) {
      this.originals = originals;
      this.others = others;
      this.places = places;
      this.keys = keys;
    }

    SparseRows originals() {
      return originals;
    }

    SparseRows others() {
      return others;
    }

    /** Where the originals are in their block. */
    int[] places() {
      return places;
    }

    /** The keys of the originals' points. */
    long[] keys() {
      return keys;
    }
  }

  /**
   * Learns the terms and their weights.
   *
   * @param originals the places of the posts to learn from, a block after the other
   * @param texts how many these are
   */
  static TermWeights weights(
      JavaRDD<PostBlock> blocks,
      JavaRDD<int[]> originals,
      long texts,
      Set<String> stopWords,
      int minDocFreq,
      int most) {
    List<Tuple2<String, Long>> terms =
        JavaPairRDD.fromJavaRDD(
                blocks.zipPartitions(originals, (each, own) -> counts(each, own, stopWords)))
            .reduceByKey(Long::sum)
            .filter(term -> term._2() >= minDocFreq)
            .map(term -> term)
            .takeOrdered(most, new MostUsedFirst());
    String[] names = new String[terms.size()];
    double[] idf = new double[terms.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = terms.get(i)._1();
      idf[i] = TermWeights.idf(texts, terms.get(i)._2());
    }
    return new TermWeights(names, idf, true);
  }

  /** The term that more texts have comes first. */
  private static final class MostUsedFirst
      implements Comparator<Tuple2<String, Long>>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compare(Tuple2<String, Long> a, Tuple2<String, Long> b) {
      int order = Long.compare(b._2(), a._2());
      return order != 0 ? order : a._1().compareTo(b._1());
    }
  }

  private static Iterator<Tuple2<String, Long>> counts(
      Iterator<PostBlock> blocks, Iterator<int[]> originals, Set<String> stopWords) {
    Map<String, Long> counts = new HashMap<>();
    while (blocks.hasNext()) {
      PostBlock block = blocks.next();
      long[] having = new long[block.dictionary.length];
      for (int post : originals.next()) {
        for (int i = block.starts[post]; i < block.starts[post + 1]; i++) {
          having[block.terms[i]]++;
        }
      }
      for (int term = 0; term < having.length; term++) {
        if (having[term] > 0 && !stopWords.contains(block.dictionary[term])) {
          counts.merge(block.dictionary[term], having[term], Long::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .map(count -> new Tuple2<>(count.getKey(), count.getValue()))
        .iterator();
  }

  /** Weighs the terms of all posts. */
  static JavaRDD<Weighed> weigh(
      JavaRDD<PostBlock> blocks, JavaRDD<int[]> originals, TermWeights weights) {
    Broadcast<TermWeights> broadcast =
        JavaSparkContext.fromSparkContext(blocks.context()).broadcast(weights);
    return blocks.zipPartitions(
        originals,
        (each, own) -> {
          List<Weighed> weighed = new ArrayList<>();
          while (each.hasNext()) {
            weighed.add(weigh(each.next(), own.next(), broadcast.value()));
          }
          return weighed.iterator();
        });
  }

  private static Weighed weigh(PostBlock block, int[] places, TermWeights weights) {
    int[] known = new int[block.dictionary.length];
    for (int term = 0; term < known.length; term++) {
      known[term] = weights.index(block.dictionary[term]);
    }
    int entries = block.terms.length;
    SparseRows.Builder originals = new SparseRows.Builder(places.length, entries);
    SparseRows.Builder others = new SparseRows.Builder(block.size() - places.length, 64);
    long[] keys = new long[places.length];
    int next = 0;
    for (int post = 0; post < block.size(); post++) {
      boolean original = next < places.length && places[next] == post;
      SparseRows.Builder rows = original ? originals : others;
      if (original) {
        keys[next++] = block.high[post];
      }
      for (int i = block.starts[post]; i < block.starts[post + 1]; i++) {
        int term = known[block.terms[i]];
        if (term != TermWeights.UNKNOWN) {
          rows.add(term, weights.weight(term, block.frequencies[i]));
        }
      }
      rows.endUnitRow();
    }
    return new Weighed(originals.build(), others.build(), places, keys);
  }
}
