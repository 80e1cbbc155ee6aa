package io.github.sparkpysocial.ml.cluster;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Some thousand points in one array.
 *
 * @param dimensions how many numbers a point has
 * @param values the points, one after the other
 * @param keys a number for each point that looks random but depends on nothing else than what the
 *     point stands for; decides which are drawn
 * @param rows where each comes from
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Points(int dimensions, double[] values, long[] keys, int[] rows) implements Serializable {

  int size() {
    return keys.length;
  }

  double[] point(int index) {
    return Arrays.copyOfRange(values, index * dimensions, (index + 1) * dimensions);
  }
}
