package io.github.sparkpysocial.viz.export;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.internal.render.Page;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Writes figures as pages: one HTML file that works with the network off, with hover, zoom where it
 * helps, the data as a table and as CSV, light and dark colours. A Content-Security-Policy lets
 * only the scripts and styles of this library run.
 */
public final class HtmlExporter implements Exporter {

  HtmlExporter() {}

  /** Returns the page. */
  public String toHtml(Figure figure) {
    return Page.of(Objects.requireNonNull(figure, "figure"));
  }

  @Override
  public void write(Figure figure, OutputStream out) throws IOException {
    out.write(toHtml(figure).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  /**
   * Writes the page, flushes the writer and leaves it open; the writer encodes as UTF-8.
   *
   * @throws IOException if the writer fails
   */
  public void write(Figure figure, Writer out) throws IOException {
    out.write(toHtml(figure));
    out.flush();
  }
}
