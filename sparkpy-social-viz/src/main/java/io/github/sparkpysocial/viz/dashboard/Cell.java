package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.internal.render.Times;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One cell of a table.
 *
 * @param value the value as plain text, which the CSV holds
 * @param shown the value as a reader sees it
 * @param link where it leads, or {@code null}; only http and https become a link
 */
public record Cell(String value, String shown, @Nullable String link) {

  public Cell {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(shown, "shown");
  }

  /** Returns a text. */
  public static Cell of(String text) {
    return new Cell(text, text, null);
  }

  /** Returns a whole number. */
  public static Cell of(long number) {
    return new Cell(String.valueOf(number), Texts.number(number), null);
  }

  /** Returns a number; NaN and infinities show as a dash and are empty in the CSV. */
  public static Cell of(double number) {
    return Double.isFinite(number)
        ? new Cell(String.valueOf(number), Texts.number(number), null)
        : unknown();
  }

  /** Returns a time to the minute, in UTC. */
  public static Cell of(Instant time) {
    return new Cell(time.toString(), Times.minute(time), null);
  }

  /** Returns a text that leads somewhere. */
  public static Cell link(String text, @Nullable String link) {
    return new Cell(text, text, link);
  }

  /** Returns a dash, for what is not known. */
  public static Cell unknown() {
    return new Cell("", "–", null);
  }
}
