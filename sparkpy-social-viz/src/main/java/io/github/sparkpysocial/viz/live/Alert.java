package io.github.sparkpysocial.viz.live;

import io.github.sparkpysocial.viz.dashboard.Quote;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Something that people should look at, with the posts that caused it.
 *
 * @param title what happened, in a few words
 * @param text more about it, or an empty text
 * @param time when
 * @param evidence the posts behind it; a page shows the first ten, each with its link
 */
public record Alert(String title, String text, Instant time, List<Quote> evidence) {

  public Alert {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(time, "time");
    evidence = List.copyOf(evidence);
  }

  /** Returns an alert. */
  public static Alert of(String title, Instant time, List<Quote> evidence) {
    return new Alert(title, "", time, evidence);
  }
}
