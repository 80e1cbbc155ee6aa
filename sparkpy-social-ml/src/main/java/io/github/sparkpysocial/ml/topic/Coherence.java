package io.github.sparkpysocial.ml.topic;

import io.github.sparkpysocial.ml.internal.Sums;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How often the terms of topics meet in a text; see {@link TopicReport#coherence()}. */
final class Coherence {
  private final List<List<Integer>> topics;
  private final Map<Integer, Integer> places;
  private final double[] together;
  private final double texts;

  private Coherence(
      List<List<Integer>> topics, Map<Integer, Integer> places, double[] together, double texts) {
    this.topics = topics;
    this.places = places;
    this.together = together;
    this.texts = texts;
  }

  /**
   * Counts in one pass.
   *
   * @param topics the terms of each topic, by their index in the vectors
   */
  static Coherence of(Dataset<Row> corpus, String column, List<List<Integer>> topics) {
    Map<Integer, Integer> places = new HashMap<>();
    topics.forEach(topic -> topic.forEach(term -> places.putIfAbsent(term, places.size())));
    int size = places.size();
    double[] sums =
        Sums.of(
            corpus
                .select(column)
                .toJavaRDD()
                .mapPartitions(
                    rows -> {
                      double[] own = new double[size * size + 1];
                      while (rows.hasNext()) {
                        count(rows.next().<Vector>getAs(0), places, own);
                      }
                      return List.of(own).iterator();
                    }));
    return new Coherence(topics, places, sums, sums[size * size]);
  }

  private static void count(Vector vector, Map<Integer, Integer> places, double[] counts) {
    List<Integer> present = new ArrayList<>();
    for (int term : vector.toSparse().indices()) {
      Integer place = places.get(term);
      if (place != null) {
        present.add(place);
      }
    }
    for (int a : present) {
      for (int b : present) {
        counts[a * places.size() + b]++;
      }
    }
    counts[counts.length - 1]++;
  }

  double ofTopic(int topic) {
    List<Integer> terms = topics.get(topic);
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < terms.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += npmi(place(terms.get(i)), place(terms.get(j)));
        pairs++;
      }
    }
    return pairs == 0 ? 0 : sum / pairs;
  }

  private int place(int term) {
    return places.getOrDefault(term, 0);
  }

  private double npmi(int a, int b) {
    int size = places.size();
    double both = together[a * size + b] / texts;
    if (both == 0) {
      return -1;
    }
    if (both == 1) {
      return 1; // the limit: both are in every text
    }
    double apart = together[a * size + a] / texts * (together[b * size + b] / texts);
    return Math.log(both / apart) / -Math.log(both);
  }
}
