package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.internal.Texts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One number that matters, drawn large.
 *
 * @param fact the name by which tests and scripts find it: its element has {@code data-fact="fact"}
 *     and {@code data-value="value"}; lower-case letters, digits and hyphens
 * @param label what it counts, such as {@code Posts}
 * @param value the number as plain digits, or a short text
 * @param shown the same as a reader sees it
 * @param note a few words below it, or {@code null}
 * @param link where the posts behind it are: {@code #} and the id of a section or component of the
 *     same page, or an http or https address; or {@code null}
 */
public record Tile(
    String fact,
    String label,
    String value,
    String shown,
    @Nullable String note,
    @Nullable String link) {

  public Tile {
    Checks.id(fact);
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(shown, "shown");
  }

  /** Returns a count, shown with thousands apart. */
  public static Tile count(String fact, String label, long count) {
    return new Tile(fact, label, String.valueOf(count), Texts.number(count), null, null);
  }

  /** Returns a short text, such as {@code 87 %}. */
  public static Tile of(String fact, String label, String text) {
    return new Tile(fact, label, text, text, null, null);
  }

  /** Returns the same tile with a few words below the number. */
  public Tile withNote(String note) {
    return new Tile(fact, label, value, shown, Objects.requireNonNull(note, "note"), link);
  }

  /** Returns the same tile, leading to what is behind the number. */
  public Tile withLink(@Nullable String link) {
    return new Tile(fact, label, value, shown, note, link);
  }
}
