package io.github.sparkpysocial.ml.cluster;

import io.github.sparkpysocial.ml.internal.ModelDirectory;
import java.util.Arrays;

/** A point belongs to the nearest centre, by Euclidean distance; of equally near ones the first. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NearestCentre(double[][] centres) implements Membership {
  static final String KIND = "nearest";

  @Override
  public int clusters() {
    return centres.length;
  }

  @Override
  public int of(double[] point) {
    return KMeansStarts.nearest(centres, point);
  }

  @Override
  public NearestCentre inOrder(int[] order) {
    return new NearestCentre(
        Arrays.stream(order).mapToObj(c -> centres[c]).toArray(double[][]::new));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void save(ModelDirectory.Output files) {
    // the centres say all
  }
}
