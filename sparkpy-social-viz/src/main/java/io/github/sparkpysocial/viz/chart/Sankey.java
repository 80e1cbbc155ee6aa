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
 * on the right, and the width of a band tells how much.
 *
 * @param title what stands above it, or an empty text
 * @param unit what flows, such as {@code reposts}, or an empty text
 * @param flows the flows; several between the same two are added up; may be empty, which draws a
 *     note that says so
 * @param columns whether a name that takes and gives stands twice, or flows go through it
 * @param size the size of the picture
 */
public record Sankey(String title, String unit, List<Flow> flows, Columns columns, Size size)
    implements Figure {

  /** Where names stand. */
  public enum Columns {
    /** Givers on the left and takers on the right; a name that is both stands on both sides. */
    TWO,
    /**
     * Each name once, one column further to the right than those it takes from, so that chains are
     * followed over many steps. What would lead back cannot be drawn so: flows are taken heaviest
     * first (of equals, by their names), and one that would close a circle is left out and named.
     */
    STEPS
  }

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
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(size, "size");
  }

  /** Returns a diagram of two columns, 960 by 540 pixels. */
  public static Sankey of(String title, List<Flow> flows) {
    return new Sankey(title, "", flows, Columns.TWO, Size.DEFAULT);
  }

  /** Returns a diagram of as many columns as the longest chain has names, 960 by 540 pixels. */
  public static Sankey ofSteps(String title, List<Flow> flows) {
    return new Sankey(title, "", flows, Columns.STEPS, Size.DEFAULT);
  }

  /** Returns the same diagram with what flows. */
  public Sankey withUnit(String unit) {
    return new Sankey(title, unit, flows, columns, size);
  }

  /** Returns the same diagram in this size. */
  public Sankey withSize(Size size) {
    return new Sankey(title, unit, flows, columns, size);
  }

  /** Returns the flows that are drawn; in steps, one for each two names. */
  public List<Flow> flowsDrawn() {
    return columns == Columns.TWO ? flows : new Steps(flows).drawn();
  }

  /**
   * Returns the flows that are not drawn as they lead back, heaviest first; empty in two columns.
   */
  public List<Flow> flowsLeftOut() {
    return columns == Columns.TWO ? List.of() : new Steps(flows).leftOut();
  }

  @Override
  public String summary() {
    if (flows.isEmpty()) {
      return "Sankey diagram without flows.";
    }
    int back = flowsLeftOut().size();
    return "Sankey diagram of %s. Largest: %s.%s"
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
                .collect(Collectors.joining(", ")),
            back == 0
                ? ""
                : back == 1
                    ? " One leads back and is not drawn."
                    : " %s lead back and are not drawn.".formatted(Texts.number(back)));
  }
}
