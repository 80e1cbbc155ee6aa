package io.github.sparkpysocial.ml.project;

import java.io.Serializable;
import java.util.Objects;

/**
 * A row in the plane.
 *
 * @param id its id
 * @param x along the first axis
 * @param y along the second axis
 */
public record ProjectedPoint(String id, double x, double y) implements Serializable {
  public ProjectedPoint {
    Objects.requireNonNull(id, "id");
  }
}
