package io.github.sparkpysocial.client;

import io.github.sparkpysocial.limit.Quota;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listing costs and where it ends, as the network documents it, so that a harvest can be
 * planned before anything is spent.
 *
 * @param pageSize the most items on a page
 * @param requestsPerPage requests that a page takes, usually 1
 * @param quota how many requests are allowed in what time, or {@code null} if not known
 * @param dollarsPerItem the price of one item in US dollars, or {@code null} if there is none
 * @param mostItems where the network ends the listing, however much there is, or {@code null} if it
 *     does not
 * @param notes what else to know beforehand, one sentence each
 */
public record SourceProfile(
    int pageSize,
    int requestsPerPage,
    @Nullable Quota quota,
    @Nullable BigDecimal dollarsPerItem,
    @Nullable Long mostItems,
    List<String> notes) {
  public SourceProfile {
    if (pageSize < 1 || requestsPerPage < 1) {
      throw new IllegalArgumentException(
          "pageSize and requestsPerPage must be positive, were "
              + pageSize
              + " and "
              + requestsPerPage);
    }
    notes = List.copyOf(notes);
  }

  /** Returns the profile of a listing that is free, of which only the page size is known. */
  public static SourceProfile ofPages(int pageSize) {
    return new SourceProfile(pageSize, 1, null, null, null, List.of());
  }
}
