package io.github.sparkpysocial.viz.internal.render;

/** The fonts that pictures ask for: what the reader's system uses itself. */
final class Fonts {
  static final String STACK =
      "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial,"
          + " sans-serif, 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji'";

  /** The same as an attribute that {@link SvgPaper} wrote. */
  static final String ATTRIBUTE = "font-family=\"" + STACK.replace("'", "&#39;") + '"';

  private Fonts() {}
}
