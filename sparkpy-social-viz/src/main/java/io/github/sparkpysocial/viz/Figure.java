package io.github.sparkpysocial.viz;

/**
 * Something to draw: what is shown, never how. A figure is an immutable record of plain data and
 * may be shared between threads; the exporters of {@link io.github.sparkpysocial.viz.export} write
 * it.
 *
 * <p>The figures are those of this library; the exporters refuse any other.
 */
public interface Figure {

  /** Returns what stands above the picture, or an empty text for none. */
  String title();

  /**
   * Says in one or two sentences what the picture shows, for those who cannot see it. Pages and SVG
   * carry it as the picture's text alternative.
   */
  String summary();

  /**
   * Returns how large the picture is. A page on a narrow screen draws it smaller; SVG has this size
   * as its view box.
   */
  Size size();
}
