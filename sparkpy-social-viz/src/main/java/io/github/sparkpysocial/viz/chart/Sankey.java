package io.github.sparkpysocial.viz.chart;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Flows between names, such as who reposts whom: what flows from is on the left, what it flows to
 * on the right, and the width of a band tells how much. A name that gives and takes stands on both
 * sides.
 *
 * @param title what stands above it, or an empty text
 * @param unit what flows, such as {@code reposts}, or an empty text
 * @param flows the flows; may be empty, which draws a note that says so
 * @param size the size of the picture
 */
public record Sankey(String title, String unit, List<Flow> flows, Size size) implements Figure {

  /**
   * A flow.
   *
   * @param from where it comes from
   * @param to where it goes
   * @param value how much, finite and above 0
   */
  public record Flow(String from, String to, double value) {
    public Flow {
      Objects.requireNonNull(from, "from");
      Objects.requireNonNull(to, "to");
      if (!(value > 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException(
            "The value of a flow is a finite number above 0, was " + value + "; leave it out");
      }
    }
  }

  public Sankey {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    flows = List.copyOf(flows);
    Objects.requireNonNull(size, "size");
  }

  /** Returns a diagram of 960 by 540 pixels. */
  public static Sankey of(String title, List<Flow> flows) {
    return new Sankey(title, "", flows, Size.DEFAULT);
  }

  /** Returns the same diagram with what flows. */
  public Sankey withUnit(String unit) {
    return new Sankey(title, unit, flows, size);
  }

  /** Returns the same diagram in this size. */
  public Sankey withSize(Size size) {
    return new Sankey(title, unit, flows, size);
  }

  @Override
  public String summary() {
    if (flows.isEmpty()) {
      return "Sankey diagram without flows.";
    }
    return "Sankey diagram of %s. Largest: %s."
        .formatted(
            flows.size() == 1 ? "one flow" : Texts.number(flows.size()) + " flows",
            flows.stream()
                .sorted(Comparator.comparingDouble(Flow::value).reversed())
                .limit(3)
                .map(
                    flow ->
                        "%s to %s %s"
                            .formatted(
                                Texts.shorten(flow.from(), Texts.LABEL),
                                Texts.shorten(flow.to(), Texts.LABEL),
                                Texts.number(flow.value())))
                .collect(Collectors.joining(", ")));
  }
}
