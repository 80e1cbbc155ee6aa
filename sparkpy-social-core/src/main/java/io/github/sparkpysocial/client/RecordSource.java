package io.github.sparkpysocial.client;

import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A listing of a network that is read page by page, such as a search or the stargazers of a
 * repository. Fetching has no state: the same request asks for the same page again, and whoever has
 * a page can go on from it in another process.
 *
 * <p>Safe for use by several threads; all share the rate limits of the network.
 */
public interface RecordSource extends AutoCloseable {

  /** The order in which a listing gives its records. */
  enum Order {
    /**
     * The newest record comes first; a run from the newest to the last known one fills an interval.
     */
    NEWEST_FIRST,
    /** The oldest record comes first; new ones are found after the last page. */
    OLDEST_FIRST,
    /** Neither: the listing is read as a whole each time. */
    UNORDERED
  }

  /** Returns the place, without secrets when printed. */
  PlaceUri uri();

  /** Returns the network. */
  Network network();

  /** Returns the order of the listing. */
  Order order();

  /**
   * Returns what the listing lists. A page may bring records of other kinds that these refer to,
   * such as the accounts of authors.
   */
  RecordKind kind();

  /**
   * Returns how far back the network shows this listing, or {@code null} if to its beginning. What
   * is older than that cannot be caught up with.
   */
  default @Nullable Duration horizon() {
    return null;
  }

  /**
   * Returns how many things the listing was asked for by id, or {@code null} if it is no such
   * listing. Each has an outcome: a record of its {@link #kind()}, a tombstone, or an item that was
   * set aside.
   */
  default @Nullable Long asked() {
    return null;
  }

  /** Returns what the listing costs; makes no request. */
  SourceProfile profile();

  /** Returns what this source has asked and waited since it was opened. */
  Usage usage();

  /**
   * Fetches one page, waiting for the network's rate limit as the client's policy says. An empty
   * page is not the end; a page without a next cursor is.
   *
   * @throws InterruptedException if the thread is interrupted while it waits or reads; nothing is
   *     lost then, ask again
   * @throws io.github.sparkpysocial.SocialException if the network refuses or cannot be reached
   */
  Page fetch(PageRequest request) throws InterruptedException;

  /**
   * Returns the pages of the listing in order, each fetched when the stream gets there, and no two
   * kept at once. Reading it fails with {@link java.util.concurrent.CancellationException} if the
   * thread is interrupted, and stays interrupted.
   */
  default Stream<Page> pages() {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Pages(this, PageRequest.FIRST), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  /** Returns all records of the listing as they come; see {@link #pages()}. */
  default Stream<SocialRecord> records() {
    return pages().flatMap(page -> page.records().stream());
  }

  /** Releases connections. Closing twice does nothing. */
  @Override
  void close();
}
