package io.github.sparkpysocial.ml.explore;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.QueryPlan;
import org.apache.spark.sql.execution.QueryExecution;

/**
 * How Spark answers a query, from what was written to what is run. Each plan is a tree of lines, no
 * column left out.
 *
 * @param parsed the query as it was written
 * @param analyzed with every name and type known
 * @param optimized with conditions and columns moved to where the data is
 * @param physical what is run; if the query has been run, as Spark changed it on the way
 * @param pushed what each place is asked
 */
public record Plans(
    String parsed, String analyzed, String optimized, String physical, List<PushedQuery> pushed)
    implements Serializable {
  public Plans {
    Objects.requireNonNull(parsed, "parsed");
    Objects.requireNonNull(analyzed, "analyzed");
    Objects.requireNonNull(optimized, "optimized");
    Objects.requireNonNull(physical, "physical");
    pushed = List.copyOf(pushed);
  }

  /** Returns the plans of a query; nothing is read. */
  public static Plans of(Dataset<Row> query) {
    QueryExecution execution = query.queryExecution();
    return new Plans(
        tree(execution.logical()),
        tree(execution.analyzed()),
        tree(execution.optimizedPlan()),
        tree(execution.executedPlan()),
        Scans.of(query));
  }

  private static String tree(QueryPlan<?> plan) {
    return plan.treeString(true, false, Integer.MAX_VALUE, false, false).strip();
  }

  /** Returns all four plans under headings, as Spark's {@code EXPLAIN EXTENDED} has them. */
  @Override
  public String toString() {
    return "== Parsed Logical Plan ==\n"
        + parsed
        + "\n\n== Analyzed Logical Plan ==\n"
        + analyzed
        + "\n\n== Optimized Logical Plan ==\n"
        + optimized
        + "\n\n== Physical Plan ==\n"
        + physical;
  }
}
