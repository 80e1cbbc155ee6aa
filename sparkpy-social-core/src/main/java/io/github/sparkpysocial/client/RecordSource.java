package io.github.sparkpysocial.client;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.place.PlaceUri;

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
   * Fetches one page, waiting for the network's rate limit as the client's policy says. An empty
   * page is not the end; a page without a next cursor is.
   *
   * @throws InterruptedException if the thread is interrupted while it waits or reads; nothing is
   *     lost then, ask again
   * @throws io.github.sparkpysocial.SocialException if the network refuses or cannot be reached
   */
  Page fetch(PageRequest request) throws InterruptedException;

  /** Releases connections. Closing twice does nothing. */
  @Override
  void close();
}
