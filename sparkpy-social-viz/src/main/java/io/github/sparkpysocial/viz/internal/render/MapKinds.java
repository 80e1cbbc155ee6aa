package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.model.Place;
import java.util.List;

/** How the precision of a place is told: by a word and by a shape. */
final class MapKinds {
  /** All, in the order in which {@code map.js} counts them. */
  static final List<Place.Precision> ALL = List.of(Place.Precision.values());

  /** What several points that lie close together are called. */
  static final String CROWD = "several close together";

  private MapKinds() {}

  static String name(Place.Precision precision) {
    return switch (precision) {
      case POINT -> "exact place";
      case BOX -> "middle of an area";
      case PROFILE -> "place in a profile";
    };
  }

  static String shape(Place.Precision precision) {
    return switch (precision) {
      case POINT -> "circle";
      case BOX -> "diamond";
      case PROFILE -> "triangle";
    };
  }
}
