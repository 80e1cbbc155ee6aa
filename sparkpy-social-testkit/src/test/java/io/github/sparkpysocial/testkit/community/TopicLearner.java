package io.github.sparkpysocial.testkit.community;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small yardstick for how well topics can be told apart without labels: words, hashtags with and
 * without their sign, sublinear tf-idf, rows of length one, k-means from ten random starts, the one
 * of lowest cost.
 */
final class TopicLearner {
  private static final Pattern WORD = Pattern.compile("#?[\\p{L}\\p{N}_]{2,}");
  private static final Pattern NOISE = Pattern.compile("https?://\\S+|@\\w+|\\d+");
  private static final Set<String> STOP_WORDS =
      Set.of(
          "the", "an", "to", "of", "and", "in", "is", "for", "with", "from", "on", "our", "that",
          "it", "we", "at", "by", "be", "this", "as", "are", "or", "not", "no", "you", "your", "do",
          "was", "were", "has", "had", "have", "but", "if", "so", "will", "my", "me", "one", "two",
          "more", "than", "up");
  private static final int STARTS = 10;
  private static final int ITERATIONS = 40;

  private final List<int[]> terms = new ArrayList<>();
  private final List<double[]> weights = new ArrayList<>();
  private final int vocabulary;

  TopicLearner(List<String> texts) {
    Map<String, Integer> frequency = new HashMap<>();
    List<Map<String, Integer>> counts = new ArrayList<>();
    for (String text : texts) {
      Map<String, Integer> count = new HashMap<>();
      Matcher words = WORD.matcher(NOISE.matcher(text).replaceAll(" ").toLowerCase(Locale.ROOT));
      while (words.find()) {
        String word = words.group();
        if (!STOP_WORDS.contains(word)) {
          count.merge(word, 1, Integer::sum);
        }
        if (word.startsWith("#")) {
          count.merge(word.substring(1), 1, Integer::sum);
        }
      }
      counts.add(count);
      count.keySet().forEach(word -> frequency.merge(word, 1, Integer::sum));
    }
    Map<String, Integer> index = new HashMap<>();
    frequency.forEach(
        (word, n) -> {
          if (n >= 2 && n < texts.size() / 2) {
            index.put(word, index.size());
          }
        });
    vocabulary = index.size();
    for (Map<String, Integer> count : counts) {
      List<String> kept = count.keySet().stream().filter(index::containsKey).sorted().toList();
      int[] ids = new int[kept.size()];
      double[] values = new double[kept.size()];
      double norm = 0;
      for (int i = 0; i < ids.length; i++) {
        String word = kept.get(i);
        ids[i] = index.getOrDefault(word, 0);
        double idf = Math.log((texts.size() + 1.0) / (frequency.getOrDefault(word, 0) + 1)) + 1;
        values[i] = (1 + Math.log(count.getOrDefault(word, 1))) * idf;
        norm += values[i] * values[i];
      }
      for (int i = 0; i < values.length; i++) {
        values[i] /= Math.sqrt(norm);
      }
      terms.add(ids);
      weights.add(values);
    }
  }

  /** Returns the cluster of each text. */
  int[] cluster(int k) {
    int[] best = new int[terms.size()];
    double bestCost = Double.MAX_VALUE;
    for (int start = 0; start < STARTS; start++) {
      int[] assigned = new int[terms.size()];
      double cost = run(k, Rng.of(7, Rng.Purpose.KIND, start), assigned);
      if (cost < bestCost) {
        bestCost = cost;
        best = assigned;
      }
    }
    return best;
  }

  private double run(int k, Rng rng, int[] assigned) {
    double[][] centres = new double[k][vocabulary];
    for (double[] centre : centres) {
      add(centre, rng.nextInt(terms.size()));
    }
    double cost = Double.MAX_VALUE;
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double newCost = 0;
      double[] norms = new double[k];
      for (int c = 0; c < k; c++) {
        for (double value : centres[c]) {
          norms[c] += value * value;
        }
      }
      for (int row = 0; row < assigned.length; row++) {
        double least = Double.MAX_VALUE;
        for (int c = 0; c < k; c++) {
          double distance = 1 + norms[c] - 2 * dot(centres[c], row);
          if (distance < least) {
            least = distance;
            assigned[row] = c;
          }
        }
        newCost += least;
      }
      if (cost - newCost < 1e-9) {
        return newCost;
      }
      cost = newCost;
      centres = new double[k][vocabulary];
      int[] sizes = new int[k];
      for (int row = 0; row < assigned.length; row++) {
        add(centres[assigned[row]], row);
        sizes[assigned[row]]++;
      }
      for (int c = 0; c < k; c++) {
        for (int t = 0; t < vocabulary && sizes[c] > 0; t++) {
          centres[c][t] /= sizes[c];
        }
      }
    }
    return cost;
  }

  private void add(double[] centre, int row) {
    int[] ids = terms.get(row);
    double[] values = weights.get(row);
    for (int i = 0; i < ids.length; i++) {
      centre[ids[i]] += values[i];
    }
  }

  private double dot(double[] centre, int row) {
    int[] ids = terms.get(row);
    double[] values = weights.get(row);
    double sum = 0;
    for (int i = 0; i < ids.length; i++) {
      sum += centre[ids[i]] * values[i];
    }
    return sum;
  }

  /** Returns the normalised mutual information (arithmetic mean) of labels and clusters. */
  static double nmi(List<String> labels, int[] clusters) {
    Map<String, Double> byLabel = new HashMap<>();
    Map<String, Double> byCluster = new HashMap<>();
    Map<String, Double> joint = new HashMap<>();
    double unit = 1.0 / clusters.length;
    for (int i = 0; i < clusters.length; i++) {
      byLabel.merge(labels.get(i), unit, Double::sum);
      byCluster.merge(Integer.toString(clusters[i]), unit, Double::sum);
      joint.merge(labels.get(i) + ' ' + clusters[i], unit, Double::sum);
    }
    double information = entropy(byLabel) + entropy(byCluster) - entropy(joint);
    return 2 * information / (entropy(byLabel) + entropy(byCluster));
  }

  private static double entropy(Map<String, Double> shares) {
    return shares.values().stream().mapToDouble(p -> -p * Math.log(p)).sum();
  }
}
