package io.github.sparkpysocial.model;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a record came from and when.
 *
 * @param place the URI of the place it was read from, without secrets, or {@code null} if it was
 *     made in code
 * @param fetchedAt when it was read there, or {@code null} if unknown
 * @param tool name and version of the program that read it, or {@code null} if unknown
 */
public record Provenance(@Nullable String place, @Nullable Instant fetchedAt, @Nullable String tool)
    implements Serializable {

  /** Nothing is known of where the record came from. */
  public static final Provenance UNKNOWN = new Provenance(null, null, null);
}
