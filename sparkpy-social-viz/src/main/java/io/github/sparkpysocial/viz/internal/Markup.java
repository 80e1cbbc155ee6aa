package io.github.sparkpysocial.viz.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Builds HTML or SVG in which text cannot become markup: names of elements and attributes are
 * literals of this library, everything else is cleaned and escaped on the way in. What it builds is
 * well-formed XML. Not thread-safe.
 */
public final class Markup {
  private final StringBuilder out = new StringBuilder(4096);
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element; attributes are names and values in turn, those without a value are left out.
   */
  public Markup open(String tag, @Nullable String... attributes) {
    start(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /** Writes an element without content. */
  public Markup leaf(String tag, @Nullable String... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  /** Writes an element that holds this text alone. */
  public Markup element(String tag, String text, @Nullable String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** Closes the element that was opened last. */
  public Markup close() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Writes a line break between elements, for those who read the source. */
  public Markup line() {
    out.append('\n');
    return this;
  }

  /** Writes text. */
  public Markup text(String text) {
    escape(Texts.clean(text), false);
    return this;
  }

  /** Writes words of this library with the spaces around them, which text of others loses. */
  public Markup literal(String words) {
    escape(words, false);
    return this;
  }

  /** Writes markup or data that this library made itself. */
  public Markup trusted(String markup) {
    out.append(markup);
    return this;
  }

  private void start(String tag, @Nullable String... attributes) {
    if (attributes.length % 2 != 0) {
      throw new IllegalArgumentException("Attributes come in pairs of name and value");
    }
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      String value = attributes[i + 1];
      if (value != null) {
        out.append(' ').append(attributes[i]).append("=\"");
        escape(Texts.clean(value), true);
        out.append('"');
      }
    }
  }

  private void escape(String text, boolean attribute) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append(attribute ? "&quot;" : "\"");
        case '\'' -> out.append(attribute ? "&#39;" : "'");
        default -> out.append(c);
      }
    }
  }

  /**
   * Returns what was written.
   *
   * @throws IllegalStateException if an element is still open
   */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException("Element '" + open.peek() + "' is still open");
    }
    return out.toString();
  }
}
