package io.github.sparkpysocial.viz.chart;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named value.
 *
 * @param label the name; longer than 60 characters it is drawn cut
 * @param value the value, finite
 * @param group what the bar belongs to: bars of one group share a colour; {@code null} for none
 */
public record Bar(String label, double value, @Nullable String group) {

  public Bar {
    Objects.requireNonNull(label, "label");
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "The value of a bar is a finite number, was " + value + "; leave the bar out");
    }
  }

  /** Returns a bar that belongs to no group. */
  public static Bar of(String label, double value) {
    return new Bar(label, value, null);
  }

  /** Returns the same bar as part of this group. */
  public Bar withGroup(String group) {
    return new Bar(label, value, Objects.requireNonNull(group, "group"));
  }
}
