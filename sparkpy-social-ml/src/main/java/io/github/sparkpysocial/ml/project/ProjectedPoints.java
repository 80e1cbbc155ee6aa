package io.github.sparkpysocial.ml.project;

import java.io.Serializable;
import java.util.List;

/**
 * Rows in the plane.
 *
 * @param method how they came there
 * @param rows how many rows there were
 * @param points all rows, or a sample, in the order of their ids
 * @param quality PCA: the share of the variance that the plane keeps; SVD: the share of the sum of
 *     squares; MDS: the share of the sum of positive eigenvalues; neighbours: the Kullback-Leibler
 *     divergence between neighbourhoods here and there, where less is better
 */
public record ProjectedPoints(
    Projection.Method method, long rows, List<ProjectedPoint> points, double quality)
    implements Serializable {
  public ProjectedPoints {
    points = List.copyOf(points);
  }
}
