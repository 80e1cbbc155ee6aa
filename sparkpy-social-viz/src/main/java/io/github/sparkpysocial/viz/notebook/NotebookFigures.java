package io.github.sparkpysocial.viz.notebook;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.export.Exporter;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.RenderContext;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;

/**
 * Shows a figure or a dashboard that is the last value of a cell, in notebooks on <a
 * href="https://github.com/dflib/jjava">JJava</a>, a kernel for Java. The kernel finds this class
 * when this library is on its class path; nothing has to be called.
 *
 * <p>A cell gets the interactive page in a frame of its own, which reaches nothing of the notebook
 * around it, and a sentence that says what the picture shows. {@code renderAs(figure, "image/png")}
 * and {@code "image/svg+xml"} give a picture that also viewers without scripts show.
 *
 * <p>Stateless and thread-safe.
 */
public final class NotebookFigures implements Extension {
  /** What a page has above and below its figure, in CSS pixels. */
  private static final int AROUND = 220;

  private static final int DASHBOARD_HEIGHT = 800;

  /** Made by the kernel. */
  public NotebookFigures() {}

  @Override
  public void install(BaseKernel kernel) {
    Renderer renderer = kernel.getRenderer();
    renderer
        .createRegistration(Figure.class)
        .supporting(MIMEType.IMAGE_SVG, MIMEType.IMAGE_PNG)
        .preferring(MIMEType.TEXT_HTML, MIMEType.TEXT_PLAIN)
        .register(NotebookFigures::show);
    renderer
        .createRegistration(Dashboard.class)
        .preferring(MIMEType.TEXT_HTML, MIMEType.TEXT_PLAIN)
        .register(NotebookFigures::show);
  }

  private static void show(Figure figure, RenderContext context) {
    context.renderIfRequested(
        MIMEType.TEXT_HTML,
        () ->
            frame(
                figure.title(), Exporters.html().toHtml(figure), figure.size().height() + AROUND));
    context.renderIfRequested(MIMEType.TEXT_PLAIN, () -> figure.summary());
    context.renderIfRequested(
        MIMEType.IMAGE_SVG,
        () -> new String(bytes(figure, Exporters.svg()), StandardCharsets.UTF_8));
    context.renderIfRequested(
        MIMEType.IMAGE_PNG,
        () -> Base64.getEncoder().encodeToString(bytes(figure, Exporters.png())));
  }

  private static void show(Dashboard dashboard, RenderContext context) {
    context.renderIfRequested(
        MIMEType.TEXT_HTML, () -> frame(dashboard.title(), dashboard.toHtml(), DASHBOARD_HEIGHT));
    context.renderIfRequested(MIMEType.TEXT_PLAIN, () -> "Dashboard: " + dashboard.title());
  }

  /** Without the notebook's origin, a page can run its own scripts and nothing else. */
  private static String frame(String title, String page, int height) {
    return "<iframe title=\""
        + attribute(title)
        + "\" sandbox=\"allow-scripts allow-downloads allow-popups\" srcdoc=\""
        + attribute(page)
        + "\" style=\"width:100%;height:"
        + height
        + "px;border:0\"></iframe>";
  }

  private static String attribute(String text) {
    return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
  }

  private static byte[] bytes(Figure figure, Exporter exporter) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      exporter.write(figure, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.toByteArray();
  }
}
