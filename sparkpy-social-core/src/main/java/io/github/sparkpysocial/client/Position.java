package io.github.sparkpysocial.client;

import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a record stands in an ordered listing.
 *
 * @param id the id of the record
 * @param at the time it is ordered by, or {@code null} if the listing is ordered by id alone
 */
public record Position(String id, @Nullable Instant at) implements Serializable {
  public Position {
    Objects.requireNonNull(id, "id");
  }
}
