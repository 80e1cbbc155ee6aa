package io.github.sparkpysocial.testkit.equivalence;

import java.util.List;

/**
 * What became of a function run every way.
 *
 * @param rows how many rows the batch gave, which is the measure
 * @param runs the names of the other runs
 * @param findings what in the function itself gives something else each time, such as the clock
 * @param differences where a run gave something else than the batch
 */
public record EquivalenceReport(
    int rows, List<String> runs, List<String> findings, List<Difference> differences) {
  private static final int MOST_SHOWN = 5;

  /** Copies the lists. */
  public EquivalenceReport {
    runs = List.copyOf(runs);
    findings = List.copyOf(findings);
    differences = List.copyOf(differences);
  }

  /**
   * A key whose row is another one.
   *
   * @param run which run
   * @param key the columns of the key with their values
   * @param batch the row of the batch, or {@code (none)}
   * @param other the row of the run, or {@code (none)}
   */
  public record Difference(String run, String key, String batch, String other) {}

  /** Returns whether all runs gave what the batch gave, and will again. */
  public boolean isEquivalent() {
    return findings.isEmpty() && differences.isEmpty();
  }

  /**
   * Fails unless all is the same.
   *
   * @throws AssertionError whose message is this report
   */
  public void requireEquivalent() {
    if (!isEquivalent()) {
      throw new AssertionError(toString());
    }
  }

  /** Returns the report for people: at most five differences of each run. */
  @Override
  public String toString() {
    if (isEquivalent()) {
      return "Equivalent: " + rows + " rows by a batch and by each of " + String.join("; ", runs);
    }
    StringBuilder text = new StringBuilder("Not equivalent to the batch of " + rows + " rows");
    findings.forEach(finding -> text.append("\n  ").append(finding));
    for (String run : runs) {
      List<Difference> here = differences.stream().filter(d -> d.run().equals(run)).toList();
      text.append("\n  ").append(run).append(": ");
      text.append(here.isEmpty() ? "the same" : here.size() + " rows differ");
      for (Difference one : here.subList(0, Math.min(MOST_SHOWN, here.size()))) {
        text.append("\n    ").append(one.key());
        text.append("\n      batch ").append(one.batch());
        text.append("\n      here  ").append(one.other());
      }
    }
    return text.toString();
  }
}
