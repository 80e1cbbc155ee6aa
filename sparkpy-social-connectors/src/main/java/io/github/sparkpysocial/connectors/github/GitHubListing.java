package io.github.sparkpysocial.connectors.github;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.model.SocialRecord;
import java.util.stream.Stream;

/**
 * A listing of GitHub whose records are of one type. Thread-safe.
 *
 * @param <R> what is listed
 */
public final class GitHubListing<R extends SocialRecord> {
  private final RecordSource source;
  private final Class<R> type;

  GitHubListing(RecordSource source, Class<R> type) {
    this.source = source;
    this.type = type;
  }

  /** Returns the listing as a harvest takes it, with its URI, order and cost. */
  public RecordSource source() {
    return source;
  }

  /**
   * Returns its pages in order, each fetched when the stream gets there; with what comes along,
   * such as accounts, what could not be read, and where to go on. See {@link RecordSource#pages()}.
   */
  public Stream<Page> pages() {
    return source.pages();
  }

  /**
   * Returns what is listed, each page fetched when the stream gets there. See {@link
   * RecordSource#pages()} for what happens when the thread is interrupted.
   */
  public Stream<R> records() {
    return pages()
        .flatMap(page -> page.records().stream())
        .filter(type::isInstance)
        .map(type::cast);
  }

  /** Returns the URI of the listing. */
  @Override
  public String toString() {
    return source.uri().toString();
  }
}
