package io.github.sparkpysocial.ml.explore;

import java.io.Serializable;
import java.util.Objects;

/**
 * A value with how often it occurs.
 *
 * @param value as Spark's {@code CAST(.. AS STRING)} spells it
 * @param count how many rows have it
 */
public record ValueCount(String value, long count) implements Serializable {
  public ValueCount {
    Objects.requireNonNull(value, "value");
  }

  /** Shows no value, which may be the text of a post. */
  @Override
  public String toString() {
    return "ValueCount[count=" + count + "]";
  }
}
