package io.github.sparkpysocial.streaming.alert;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A post as far as a rule remembers it.
 *
 * @param at when it was published, in microseconds since 1970
 * @param author the id of its author, else the handle, or {@code null}
 * @param term what of a rule it has, or {@code null}
 */
record Sighting(
    long at, String network, String id, @Nullable String author, @Nullable String term) {

  /** What stands for a tick of the clock, which is no post. */
  static final String TICK = "tick";

  /** The order in which rules see posts, the same whatever the order in which they came. */
  static final Comparator<Sighting> ORDER =
      Comparator.comparingLong(Sighting::at)
          .thenComparing(Sighting::network)
          .thenComparing(Sighting::id);
}
