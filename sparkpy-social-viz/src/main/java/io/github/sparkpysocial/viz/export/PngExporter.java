package io.github.sparkpysocial.viz.export;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.render.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import javax.imageio.ImageIO;

/** Writes figures as PNG, drawn with the fonts of this machine. Needs no display. */
public final class PngExporter implements Exporter {
  private static final double LARGEST_SCALE = 4;

  private final Theme theme;
  private final double scale;

  PngExporter(Theme theme, double scale) {
    this.theme = Objects.requireNonNull(theme, "theme");
    if (!(scale > 0 && scale <= LARGEST_SCALE)) {
      throw new IllegalArgumentException(
          "The scale of a PNG lies above 0 and up to 4 pixels per CSS pixel, was " + scale);
    }
    this.scale = scale;
  }

  @Override
  public void write(Figure figure, OutputStream out) throws IOException {
    BufferedImage image = Pictures.image(Objects.requireNonNull(figure, "figure"), theme, scale);
    if (!ImageIO.write(image, "png", out)) {
      throw new IOException("This JDK cannot write PNG: the module java.desktop is not whole");
    }
    out.flush();
  }
}
