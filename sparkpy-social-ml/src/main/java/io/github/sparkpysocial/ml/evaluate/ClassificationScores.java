package io.github.sparkpysocial.ml.evaluate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How well predictions meet labels that people gave.
 *
 * @param labels all labels, given or predicted, sorted
 * @param confusion how many rows there are of each label, by prediction: {@code
 *     confusion.get(i).get(j)} have label {@code i} and prediction {@code j}
 */
public record ClassificationScores(List<String> labels, List<List<Long>> confusion)
    implements Serializable {
  private static final int MOST_LABELS = 1_000;

  public ClassificationScores {
    labels = List.copyOf(labels);
    confusion = confusion.stream().map(List::copyOf).toList();
    int width = labels.size();
    if (confusion.size() != width || confusion.stream().anyMatch(row -> row.size() != width)) {
      throw new IllegalArgumentException("The confusion has a row and a column for each label");
    }
  }

  /**
   * Compares two columns of any simple type; rows without a label or a prediction are left out. The
   * pairs are counted by Spark.
   *
   * @throws IllegalArgumentException if a column is missing, nothing is to be compared, or there
   *     are more than a thousand labels
   */
  public static ClassificationScores of(Dataset<Row> rows, String labelCol, String predictionCol) {
    return Objects.requireNonNull(byGroup(rows, lit(0), labelCol, predictionCol).get(0));
  }

  /**
   * Compares two columns of any simple type for each group of rows, such as a fold, in one pass;
   * see {@link #of}.
   *
   * @param groupCol a column of whole numbers; rows without one are left out
   * @throws IllegalArgumentException if a column is missing, nothing is to be compared, or there
   *     are more than a thousand labels
   */
  public static SortedMap<Integer, ClassificationScores> byGroup(
      Dataset<Row> rows, String groupCol, String labelCol, String predictionCol) {
    requireColumn(rows, groupCol);
    return byGroup(rows, column(groupCol), labelCol, predictionCol);
  }

  private static SortedMap<Integer, ClassificationScores> byGroup(
      Dataset<Row> rows, Column group, String labelCol, String predictionCol) {
    requireColumn(rows, labelCol);
    requireColumn(rows, predictionCol);
    List<Row> pairs =
        rows.select(
                group.cast("int").as("group"),
                column(labelCol).cast("string").as("label"),
                column(predictionCol).cast("string").as("prediction"))
            .na()
            .drop()
            .groupBy("group", "label", "prediction")
            .count()
            .limit(MOST_LABELS * MOST_LABELS)
            .collectAsList();
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException(
          "No row has both '" + labelCol + "' and '" + predictionCol + "'");
    }
    SortedMap<Integer, ClassificationScores> scores = new TreeMap<>();
    for (Map.Entry<Integer, List<Row>> each :
        pairs.stream().collect(Collectors.groupingBy(pair -> pair.getInt(0))).entrySet()) {
      Pairs counts = new Pairs();
      each.getValue()
          .forEach(pair -> counts.add(pair.getString(1), pair.getString(2), pair.getLong(3)));
      if (counts.labels.size() > MOST_LABELS) {
        throw new IllegalArgumentException(
            "'" + labelCol + "' has more than a thousand labels; is it an id?");
      }
      scores.put(each.getKey(), counts.scores());
    }
    return scores;
  }

  private static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }

  private static void requireColumn(Dataset<Row> rows, String column) {
    List<String> columns = List.of(rows.columns());
    if (!columns.contains(column)) {
      throw new IllegalArgumentException(
          "No column '" + column + "' to compare; the columns are " + String.join(", ", columns));
    }
  }

  /** Returns the scores of these rows and others together, such as those of two folds. */
  public ClassificationScores plus(ClassificationScores others) {
    Pairs both = new Pairs();
    for (ClassificationScores each : List.of(this, others)) {
      for (int i = 0; i < each.labels.size(); i++) {
        for (int j = 0; j < each.labels.size(); j++) {
          both.add(each.labels.get(i), each.labels.get(j), each.confusion.get(i).get(j));
        }
      }
    }
    return both.scores();
  }

  /** How many rows there are of each pair of label and prediction. */
  private static final class Pairs {
    private final TreeSet<String> labels = new TreeSet<>();
    private final Map<List<String>, Long> counts = new HashMap<>();

    void add(String label, String prediction, long count) {
      labels.add(label);
      labels.add(prediction);
      counts.merge(List.of(label, prediction), count, Long::sum);
    }

    ClassificationScores scores() {
      List<List<Long>> confusion = new ArrayList<>();
      for (String label : labels) {
        confusion.add(
            labels.stream()
                .map(prediction -> counts.getOrDefault(List.of(label, prediction), 0L))
                .toList());
      }
      return new ClassificationScores(List.copyOf(labels), confusion);
    }
  }

  /** Returns how many rows were compared. */
  public long count() {
    return confusion.stream().flatMap(List::stream).mapToLong(Long::longValue).sum();
  }

  /** Returns the scores of each label, in the order of the labels. */
  public List<ClassScores> classes() {
    List<ClassScores> classes = new ArrayList<>();
    for (int c = 0; c < labels.size(); c++) {
      long predicted = 0;
      long support = 0;
      for (int other = 0; other < labels.size(); other++) {
        predicted += confusion.get(other).get(c);
        support += confusion.get(c).get(other);
      }
      classes.add(new ClassScores(labels.get(c), support, predicted, confusion.get(c).get(c)));
    }
    return classes;
  }

  /** Returns the share of rows whose prediction is their label. */
  public double accuracy() {
    return (double) classes().stream().mapToLong(ClassScores::correct).sum() / count();
  }

  /** Returns the mean of {@link ClassScores#f1()} over the labels, each counted alike. */
  public double macroF1() {
    return classes().stream().mapToDouble(ClassScores::f1).average().orElse(0);
  }

  /** Returns the mean of {@link ClassScores#f1()}, each label weighed by how many rows have it. */
  public double weightedF1() {
    return classes().stream().mapToDouble(c -> c.f1() * c.support()).sum() / count();
  }
}
