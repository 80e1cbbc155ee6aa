package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.ModelDirectory;
import java.io.IOException;
import java.io.Serializable;
import java.util.Arrays;

/** Tells to which cluster a point belongs. Needs no Spark. Immutable and thread-safe. */
interface Membership extends Serializable {
  int clusters();

  /** Returns the number of the point's cluster. */
  int of(double[] point);

  /** Returns how likely the point belongs to each cluster; none if this is not known. */
  default double[] probabilities(double[] point) {
    return new double[0];
  }

  /** Returns the same with the clusters renumbered: {@code order[i]} becomes {@code i}. */
  Membership inOrder(int[] order);

  /** Returns what {@code model.json} calls it. */
  String kind();

  /** Saves what is not said by the centres. */
  void save(ModelDirectory.Output files) throws IOException;

  /**
   * Reads what was saved.
   *
   * @param centres the mean of each cluster
   */
  static Membership load(ModelDirectory files, double[][] centres) throws IOException {
    String kind = files.model().path("membership").asText(NearestCentre.KIND);
    return switch (kind) {
      case NearestCentre.KIND -> new NearestCentre(centres);
      case TreeMembership.KIND -> TreeMembership.load(files, centres);
      case MixtureMembership.KIND -> MixtureMembership.load(files, centres);
      default -> throw files.damaged("there is no membership '" + kind + "'");
    };
  }

  /** Cuts an array into rows. */
  static double[][] rows(double[] values, int width) {
    double[][] rows = new double[values.length / width][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return rows;
  }

  /** Puts rows into one array. */
  static double[] flat(double[][] rows) {
    return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
  }
}
