package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.place.PlaceUri;
import org.jspecify.annotations.Nullable;

/** Hears how a harvest of listings within a listing goes on, on the thread that harvests. */
public interface NestedListener {

  /** Hears of nothing. */
  NestedListener NONE = new NestedListener() {};

  /** A listing is being fetched, the outer one or one within it; a page of it is durable. */
  default void progress(PlaceUri listing, HarvestProgress progress) {}

  /**
   * A listing within the outer one is finished, or was stopped.
   *
   * @param report what its run did, or {@code null} if the network refused it
   * @param refusal why the network refused it, fit for a message, or {@code null} if it did not
   */
  default void done(PlaceUri listing, @Nullable HarvestReport report, @Nullable String refusal) {}
}
