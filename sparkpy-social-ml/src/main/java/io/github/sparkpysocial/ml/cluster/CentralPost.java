package io.github.sparkpysocial.ml.cluster;

import java.io.Serializable;
import java.util.Objects;

/**
 * A post that stands for its cluster.
 *
 * @param id its id
 * @param text its text, as hostile as any text from a network
 * @param similarity the cosine between it and the centre of the cluster, at most 1
 */
public record CentralPost(String id, String text, double similarity) implements Serializable {
  public CentralPost {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(text, "text");
  }

  /** Shows no text. */
  @Override
  public String toString() {
    return "CentralPost[id=" + id + ", similarity=" + similarity + "]";
  }
}
