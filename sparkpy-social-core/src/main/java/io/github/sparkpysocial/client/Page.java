package io.github.sparkpysocial.client;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.Rejected;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing.
 *
 * @param records what was on it; a page may also bring records that others refer to, such as the
 *     accounts of authors
 * @param newest the newest position on it, or {@code null} if it is empty or the listing is
 *     unordered
 * @param oldest the oldest position on it, or {@code null} if it is empty or the listing is
 *     unordered
 * @param nextCursor what leads to the next page, opaque and without secrets, or {@code null} if
 *     this is the last one
 * @param rejected items that could not be read, with their raw JSON
 * @param unknownFields fields that the client does not know, with how often each was met; they
 *     survive in the raw JSON
 */
public record Page(
    List<SocialRecord> records,
    @Nullable Position newest,
    @Nullable Position oldest,
    @Nullable String nextCursor,
    List<Rejected> rejected,
    Map<String, Long> unknownFields) {

  public Page {
    records = List.copyOf(records);
    rejected = List.copyOf(rejected);
    unknownFields = Map.copyOf(unknownFields);
  }

  /** Returns whether this is the last page. */
  public boolean isLast() {
    return nextCursor == null;
  }
}
