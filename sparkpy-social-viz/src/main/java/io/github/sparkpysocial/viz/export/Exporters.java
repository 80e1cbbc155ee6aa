package io.github.sparkpysocial.viz.export;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Where exporters come from. */
public final class Exporters {
  private static final double SHARP = 2;

  private Exporters() {}

  /**
   * Writes the figure in the format that the file's ending names: {@code .html}, {@code .svg} or
   * {@code .png}, with the defaults of that format. Missing folders are made; the file appears
   * whole or not at all.
   *
   * @throws IllegalArgumentException if the ending names no format
   * @throws IOException if the file cannot be written
   */
  public static void write(Figure figure, Path file) throws IOException {
    forFile(file).write(figure, file);
  }

  /**
   * Returns the exporter of the format that the file's ending names.
   *
   * @throws IllegalArgumentException if the ending names no format
   */
  public static Exporter forFile(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".html") || name.endsWith(".htm")) {
      return html();
    }
    if (name.endsWith(".svg")) {
      return svg();
    }
    if (name.endsWith(".png")) {
      return png();
    }
    throw new IllegalArgumentException(
        "Cannot tell the format of "
            + file
            + " from its ending; let the name end in .html, .svg or .png");
  }

  /** Returns an exporter to interactive pages that follow the reader's light or dark setting. */
  public static HtmlExporter html() {
    return new HtmlExporter();
  }

  /** Returns an exporter to SVG in light colours. */
  public static SvgExporter svg() {
    return svg(Theme.LIGHT);
  }

  /** Returns an exporter to SVG in these colours. */
  public static SvgExporter svg(Theme theme) {
    return new SvgExporter(theme);
  }

  /** Returns an exporter to PNG in light colours, sharp on screens with doubled pixels. */
  public static PngExporter png() {
    return png(Theme.LIGHT, SHARP);
  }

  /**
   * Returns an exporter to PNG.
   *
   * @param theme the colours
   * @param scale pixels for each CSS pixel of the figure's size, above 0 and up to 4
   */
  public static PngExporter png(Theme theme, double scale) {
    return new PngExporter(theme, scale);
  }
}
