package io.github.sparkpysocial.client;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Listings within a listing, such as the stars of all repositories of an organisation, <code>
 * github:apache/&#42;/stargazers</code>.
 *
 * @param uri names the whole
 * @param outer the listing of what has listings, such as {@code github:apache/repos}
 * @param inner from a record of the outer listing to its own listings, such as {@code
 *     github:apache/spark/stargazers}; to none if it has none, as records of other kinds
 */
public record NestedListing(
    PlaceUri uri, PlaceUri outer, Function<? super SocialRecord, List<PlaceUri>> inner) {
  public NestedListing {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(outer, "outer");
    Objects.requireNonNull(inner, "inner");
  }
}
