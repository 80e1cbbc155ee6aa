package io.github.sparkpysocial.viz.dashboard;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said.
 *
 * @param text the text; a page shows the first 280 characters
 * @param author who, or an empty text
 * @param network the network's name, shown as a badge, or {@code null}
 * @param time when, or {@code null}
 * @param link where it can be read, or {@code null}; only http and https become a link
 */
public record Quote(
    String text,
    String author,
    @Nullable String network,
    @Nullable Instant time,
    @Nullable String link) {

  public Quote {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(author, "author");
  }

  /** Returns a quote of which only text and author are known. */
  public static Quote of(String text, String author) {
    return new Quote(text, author, null, null, null);
  }
}
