package io.github.sparkpysocial.viz.dashboard;

import java.util.List;
import java.util.Objects;

/**
 * Some paragraphs.
 *
 * @param id the id of its element
 * @param title what stands above them, or an empty text
 * @param paragraphs the paragraphs, as plain text
 */
public record TextBlock(String id, String title, List<String> paragraphs) implements Component {

  public TextBlock {
    Checks.id(id);
    Objects.requireNonNull(title, "title");
    paragraphs = List.copyOf(paragraphs);
  }

  /** Returns some paragraphs. */
  public static TextBlock of(String id, String title, String... paragraphs) {
    return new TextBlock(id, title, List.of(paragraphs));
  }
}
