package io.github.sparkpysocial.samples.bench;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A kind of store, and what somebody writes by hand to fill one from JSON Lines: the yardstick of a
 * transfer. It reads with Jackson's streaming parser, writes the columns that the transfer writes,
 * is durable when it returns, and upserts by key where the store has keys.
 */
interface BulkBaseline extends AutoCloseable {

  /** Returns what the baseline uses, such as {@code FastCSV and Jackson streaming}. */
  String name();

  /**
   * Returns the URI of a store that is not there yet, or empty; starts its server if need be.
   *
   * @param name letters and digits, another one each time
   */
  String target(String name) throws Exception;

  /**
   * Loads a file into a store by hand.
   *
   * @param jsonLines records as this library writes them
   * @param targetUri from {@link #target}
   * @return how many records those are
   */
  long load(Path jsonLines, String targetUri) throws Exception;

  /** Removes a store, so that the next run has the room. */
  void remove(String targetUri) throws Exception;

  /** Stops what {@link #target} started. */
  @Override
  void close() throws IOException;
}
