package io.github.sparkpysocial.ml.topic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The likeliest terms of topics, by number, and how alike those of two models are. */
final class TopTerms {
  private static final int COUNT = 10;

  private TopTerms() {}

  static List<List<Integer>> of(double[][] probabilities) {
    List<List<Integer>> top = new ArrayList<>();
    for (double[] topic : probabilities) {
      top.add(
          IntStream.range(0, topic.length)
              .boxed()
              .sorted(
                  Comparator.comparingDouble((Integer term) -> -topic[term]).thenComparing(t -> t))
              .limit(COUNT)
              .toList());
    }
    return top;
  }

  /** Returns the mean likeness of a model's topics to those of others. */
  static double stability(List<List<Integer>> topics, List<List<List<Integer>>> others) {
    return others.stream().mapToDouble(other -> likeness(topics, other)).average().orElseThrow();
  }

  /** Pairs the topics, the most alike first, and returns the mean over all pairs. */
  static double likeness(List<List<Integer>> a, List<List<Integer>> b) {
    List<int[]> pairs = new ArrayList<>();
    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        pairs.add(new int[] {i, j});
      }
    }
    pairs.sort(Comparator.comparingDouble(pair -> -jaccard(a.get(pair[0]), b.get(pair[1]))));
    Set<Integer> left = new HashSet<>();
    Set<Integer> right = new HashSet<>();
    double sum = 0;
    for (int[] pair : pairs) {
      if (!left.contains(pair[0]) && !right.contains(pair[1])) {
        left.add(pair[0]);
        right.add(pair[1]);
        sum += jaccard(a.get(pair[0]), b.get(pair[1]));
      }
    }
    return sum / Math.max(a.size(), b.size());
  }

  private static double jaccard(List<Integer> a, List<Integer> b) {
    Set<Integer> shared = new HashSet<>(a);
    shared.retainAll(b);
    int all = a.size() + b.size() - shared.size();
    return all == 0 ? 1 : (double) shared.size() / all;
  }
}
