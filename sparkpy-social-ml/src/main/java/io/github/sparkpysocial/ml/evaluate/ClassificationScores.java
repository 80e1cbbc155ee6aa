package io.github.sparkpysocial.ml.evaluate;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
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
    List<String> columns = List.of(rows.columns());
    for (String column : List.of(labelCol, predictionCol)) {
      if (!columns.contains(column)) {
        throw new IllegalArgumentException(
            "No column '" + column + "' to compare; the columns are " + String.join(", ", columns));
      }
    }
    List<Row> pairs =
        rows.select(
                col("`" + labelCol.replace("`", "``") + "`").cast("string").as("label"),
                col("`" + predictionCol.replace("`", "``") + "`").cast("string").as("prediction"))
            .na()
            .drop()
            .groupBy("label", "prediction")
            .count()
            .limit(MOST_LABELS * MOST_LABELS)
            .collectAsList();
    TreeSet<String> labels = new TreeSet<>();
    for (Row pair : pairs) {
      labels.add(pair.getString(0));
      labels.add(pair.getString(1));
    }
    if (labels.isEmpty() || labels.size() > MOST_LABELS) {
      throw new IllegalArgumentException(
          labels.isEmpty()
              ? "No row has both '" + labelCol + "' and '" + predictionCol + "'"
              : "'" + labelCol + "' has more than a thousand labels; is it an id?");
    }
    List<String> sorted = List.copyOf(labels);
    long[][] counts = new long[sorted.size()][sorted.size()];
    for (Row pair : pairs) {
      counts[sorted.indexOf(pair.getString(0))][sorted.indexOf(pair.getString(1))] +=
          pair.getLong(2);
    }
    List<List<Long>> confusion = new ArrayList<>();
    for (long[] row : counts) {
      confusion.add(Arrays.stream(row).boxed().toList());
    }
    return new ClassificationScores(sorted, confusion);
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
