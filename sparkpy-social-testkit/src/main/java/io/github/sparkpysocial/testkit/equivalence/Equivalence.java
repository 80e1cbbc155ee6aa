package io.github.sparkpysocial.testkit.equivalence;

import io.github.sparkpysocial.testkit.equivalence.EquivalenceReport.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Runs a function from records to a table by a batch, by streams and by a replay, and compares what
 * it gave. A Lambda or Kappa architecture is right only with functions that pass:
 *
 * <pre>{@code
 * Equivalence.of(posts -> counts(posts), "window_start", "value").check(posts).requireEquivalent();
 * }</pre>
 *
 * <p>The streams take the records in several batches, in another order than they were written, with
 * some of them twice, and with the query stopped and started again after each batch; the replay
 * takes all that came at once, in the order it came. A stream runs in output mode {@code update},
 * and of each key the row that came last counts. Functions that look at the clock or at chance are
 * found in their plan.
 *
 * <p>Records are collected: give it some hundred. Their times must be nearer to each other than the
 * function's watermark allows, or {@link Builder#disorder} small, else posts are late in the
 * streams alone.
 */
public final class Equivalence {
  private static final List<String> UNSTABLE =
      List.of(
          "current_timestamp(",
          "current_date(",
          "localtimestamp(",
          "now(",
          "rand(",
          "randn(",
          "uuid(",
          "monotonically_increasing_id(",
          "spark_partition_id(");

  private Equivalence() {}

  /**
   * Returns a builder.
   *
   * @param function gives new rows for each key that changed
   * @param key the columns that make a row the same row, at least one
   */
  public static Builder of(UnaryOperator<Dataset<Row>> function, String... key) {
    return new Builder(function, List.of(key));
  }

  /** Sets up a comparison. Not thread-safe. */
  public static final class Builder {
    private final UnaryOperator<Dataset<Row>> function;
    private final List<String> key;
    private int splits = 3;
    private int disorder = Integer.MAX_VALUE;
    private double duplicates = 0.2;
    private long seed = 42;

    private Builder(UnaryOperator<Dataset<Row>> function, List<String> key) {
      this.function = Objects.requireNonNull(function, "function");
      this.key = key;
      if (key.isEmpty()) {
        throw new IllegalArgumentException("Name the columns that make a row the same");
      }
    }

    /** Sets how many batches the records are split into, at least 2. Default: 3. */
    public Builder splits(int batches) {
      if (batches < 2) {
        throw new IllegalArgumentException("splits must be at least 2, was " + batches);
      }
      this.splits = batches;
      return this;
    }

    /**
     * Sets by how many places a record may come earlier or later than it was written, 1 or more.
     * Default: anywhere.
     */
    public Builder disorder(int places) {
      if (places < 1) {
        throw new IllegalArgumentException("disorder must be positive, was " + places);
      }
      this.disorder = places;
      return this;
    }

    /** Sets the share of records that come twice, from 0 to 1. Default: 0.2. */
    public Builder duplicates(double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("duplicates is from 0 to 1, was " + share);
      }
      this.duplicates = share;
      return this;
    }

    /** Sets the seed of order and repetitions. Default: 42. */
    public Builder seed(long newSeed) {
      this.seed = newSeed;
      return this;
    }

    /**
     * Compares.
     *
     * @param records a batch, which is collected
     */
    public EquivalenceReport check(Dataset<Row> records) {
      List<Row> written = records.collectAsList();
      Dataset<Row> result =
          function.apply(records.sparkSession().createDataFrame(written, records.schema()));
      Map<String, Row> measure = byKey(result.collectAsList());
      StreamedRun stream = new StreamedRun(records.sparkSession(), records.schema(), function, key);
      List<Row> shuffled = shuffled(written);
      List<Row> twice = withDuplicates(shuffled);
      Map<String, Map<String, Row>> runs = new LinkedHashMap<>();
      runs.put("stream of " + splits + " batches", stream.run(split(written), false));
      runs.put("stream in another order", stream.run(split(shuffled), false));
      runs.put("stream with records twice", stream.run(split(twice), false));
      runs.put("stream stopped after each batch", stream.run(split(written), true));
      runs.put("replay of all that came", stream.run(List.of(twice), false));
      runs.put(
          "batch with records twice",
          byKey(
              function
                  .apply(records.sparkSession().createDataFrame(twice, records.schema()))
                  .collectAsList()));
      List<Difference> differences = new ArrayList<>();
      runs.forEach((name, rows) -> differences.addAll(differences(name, measure, rows)));
      return new EquivalenceReport(
          measure.size(), List.copyOf(runs.keySet()), findings(result), differences);
    }

    private Map<String, Row> byKey(List<Row> rows) {
      Map<String, Row> map = new LinkedHashMap<>();
      for (Row row : rows) {
        Row other = map.put(Keys.of(row, key), row);
        if (other != null) {
          throw new IllegalArgumentException(
              "The batch gives two rows for " + Keys.of(row, key) + "; name more columns as key");
        }
      }
      return map;
    }

    private List<Row> shuffled(List<Row> rows) {
      Random random = new Random(seed);
      IdentityHashMap<Row, Double> places = new IdentityHashMap<>();
      for (int i = 0; i < rows.size(); i++) {
        double reach = Math.min(disorder, rows.size());
        places.put(rows.get(i), i + random.nextDouble() * reach);
      }
      List<Row> shuffled = new ArrayList<>(rows);
      shuffled.sort(Comparator.comparing(places::get));
      return shuffled;
    }

    /** Repeats some, a few places after they came first. */
    private List<Row> withDuplicates(List<Row> rows) {
      Random random = new Random(seed + 1);
      List<Row> twice = new ArrayList<>(rows);
      for (int i = rows.size() - 1; i >= 0; i--) {
        if (random.nextDouble() < duplicates) {
          int reach = Math.min(disorder, twice.size() - i);
          twice.add(i + 1 + random.nextInt(reach), rows.get(i));
        }
      }
      return twice;
    }

    private List<List<Row>> split(List<Row> rows) {
      List<List<Row>> batches = new ArrayList<>();
      int from = 0;
      for (int i = 1; i <= splits; i++) {
        int to = (int) ((long) rows.size() * i / splits);
        batches.add(rows.subList(from, to));
        from = to;
      }
      return batches;
    }

    private static List<Difference> differences(
        String run, Map<String, Row> measure, Map<String, Row> rows) {
      List<Difference> differences = new ArrayList<>();
      TreeSet<String> keys = new TreeSet<>(measure.keySet());
      keys.addAll(rows.keySet());
      for (String one : keys) {
        String batch = text(measure.get(one));
        String other = text(rows.get(one));
        if (!batch.equals(other)) {
          differences.add(new Difference(run, one, batch, other));
        }
      }
      return differences;
    }

    private static String text(@Nullable Row row) {
      return row == null ? "(none)" : row.toString();
    }

    private static List<String> findings(Dataset<Row> result) {
      String plan = result.queryExecution().analyzed().toString().toLowerCase(Locale.ROOT);
      return UNSTABLE.stream()
          .filter(call -> plan.matches("(?s).*\\b" + Pattern.quote(call) + ".*"))
          .map(call -> "It uses " + call + "), which gives something else each time")
          .toList();
    }
  }
}
