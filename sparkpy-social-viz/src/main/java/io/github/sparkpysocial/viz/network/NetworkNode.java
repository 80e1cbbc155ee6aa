package io.github.sparkpysocial.viz.network;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Someone or something in a network.
 *
 * @param id what tells it from all others; any text
 * @param label what is written beside it
 * @param kind what it is, such as {@code person} or {@code repository}; decides on its shape
 * @param community to which of several groups it belongs, which decides on its colour, or {@code
 *     null} if that is not known
 * @param weight how much it counts, at least 0; the area of its mark grows with it
 * @param note a few words shown on hover, or {@code null}
 * @param link where it can be seen, or {@code null}; only http and https become a link
 */
public record NetworkNode(
    String id,
    String label,
    String kind,
    @Nullable String community,
    double weight,
    @Nullable String note,
    @Nullable String link) {

  public NetworkNode {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(kind, "kind");
    if (!(Double.isFinite(weight) && weight >= 0)) {
      throw new IllegalArgumentException(
          "The weight of a node is finite and at least 0, was " + weight);
    }
  }

  /** Returns a node of weight 1 whose label is its id. */
  public static NetworkNode of(String id, String kind) {
    return new NetworkNode(id, id, kind, null, 1, null, null);
  }

  /** Returns the same node with this label. */
  public NetworkNode withLabel(String label) {
    return new NetworkNode(id, label, kind, community, weight, note, link);
  }

  /** Returns the same node in this community. */
  public NetworkNode withCommunity(@Nullable String community) {
    return new NetworkNode(id, label, kind, community, weight, note, link);
  }

  /**
   * Returns the same node with this weight.
   *
   * @throws IllegalArgumentException if it is negative, NaN or infinite
   */
  public NetworkNode withWeight(double weight) {
    return new NetworkNode(id, label, kind, community, weight, note, link);
  }

  /** Returns the same node with a few words for the hover. */
  public NetworkNode withNote(@Nullable String note) {
    return new NetworkNode(id, label, kind, community, weight, note, link);
  }

  /** Returns the same node, leading there. */
  public NetworkNode withLink(@Nullable String link) {
    return new NetworkNode(id, label, kind, community, weight, note, link);
  }
}
