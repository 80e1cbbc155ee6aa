package io.github.sparkpysocial.ml.internal;

import org.apache.spark.api.java.JavaRDD;

/** Adds what each partition has summed up. */
public final class Sums {
  /** From so many partitions on, they are added where they are before they come to the driver. */
  private static final int MANY = 8;

  private Sums() {}

  /**
   * Adds arrays of one length, one a partition. With addends of {@link Addends} the order does not
   * matter.
   */
  public static double[] of(JavaRDD<double[]> parts) {
    return parts.getNumPartitions() < MANY
        ? parts.reduce(Addends::plus)
        : parts.treeReduce(Addends::plus, 3);
  }
}
