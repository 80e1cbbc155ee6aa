package io.github.sparkpysocial.viz.export;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.render.Pictures;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes figures as SVG: one document in UTF-8 without scripts, links or fonts from elsewhere, with
 * a title and a text alternative. The first chart or map of a JVM takes about a second more, in
 * which ECharts is read.
 */
public final class SvgExporter implements Exporter {
  private final Theme theme;

  SvgExporter(Theme theme) {
    this.theme = Objects.requireNonNull(theme, "theme");
  }

  /** Returns the document. */
  public String toSvg(Figure figure) {
    return Pictures.svg(Objects.requireNonNull(figure, "figure"), theme);
  }

  @Override
  public void write(Figure figure, OutputStream out) throws IOException {
    out.write(toSvg(figure).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /**
   * Writes the document, flushes the writer and leaves it open.
   *
   * @throws IOException if the writer fails
   */
  public void write(Figure figure, Writer out) throws IOException {
    out.write(toSvg(figure));
    out.flush();
  }
}
