package io.github.sparkpysocial.ml.cluster;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Tells the cluster of a text. Needs no Spark. Thread-safe; the arrays must not be changed. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ClusterScorer(PostSpace space, double[][] centres) implements Serializable {

  int cluster(@Nullable String text) {
    return text == null ? TextClusteringModel.UNASSIGNED : cluster(space.point(text));
  }

  int cluster(double[] point) {
    return PostSpace.saysSomething(point)
        ? KMeansStarts.nearest(centres, point)
        : TextClusteringModel.UNASSIGNED;
  }
}
