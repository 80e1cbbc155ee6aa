package io.github.sparkpysocial.ml.frame;

import org.apache.spark.sql.connector.metric.CustomSumMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/**
 * What a scan counts beside its rows. Spark shows the sums with the query and makes them by name.
 */
abstract class PlaceMetric extends CustomSumMetric {
  private final String name;
  private final String description;

  private PlaceMetric(String name, String description) {
    this.name = name;
    this.description = description;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  /** Returns the value of one task. */
  static CustomTaskMetric of(String name, long value) {
    return new CustomTaskMetric() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public long value() {
        return value;
      }
    };
  }

  /** How many items could not be read. */
  public static final class SetAside extends PlaceMetric {
    static final String NAME = "setAside";

    /** Called by Spark. */
    public SetAside() {
      super(NAME, "items set aside");
    }
  }

  /** How many items held a key that comes again, in a newer version. */
  public static final class Repeated extends PlaceMetric {
    static final String NAME = "repeated";

    /** Called by Spark. */
    public Repeated() {
      super(NAME, "items superseded by a newer version");
    }
  }
}
