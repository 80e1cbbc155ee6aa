package io.github.sparkpysocial.viz.wordcloud;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * The shape of a word cloud: words stand inside it only. It keeps its proportions and is made as
 * large as the picture allows. Immutable; two masks are equal if they are the same object.
 */
public final class Mask {
  private static final int GREY = 128;
  private static final int LONGEST_SIDE = 2048;

  /** Draws the shape in white on black. */
  private interface Drawn {
    void draw(Graphics2D graphics, int width, int height);
  }

  private final Drawn drawn;

  private Mask(Drawn drawn) {
    this.drawn = drawn;
  }

  /**
   * Returns a mask of any shape, such as a letter, a country or a heart; its place and size do not
   * matter. A hole in the shape stays free of words.
   *
   * @throws IllegalArgumentException if the shape has no area
   */
  public static Mask of(Shape shape) {
    Path2D copy = new Path2D.Double(Objects.requireNonNull(shape, "shape"));
    Rectangle2D bounds = copy.getBounds2D();
    if (!(bounds.getWidth() > 0 && bounds.getHeight() > 0)
        || !Double.isFinite(bounds.getWidth() * bounds.getHeight())) {
      throw new IllegalArgumentException("A mask has an area, but the shape is " + bounds);
    }
    return new Mask(
        (graphics, width, height) -> {
          fit(graphics, bounds, width, height);
          graphics.setColor(Color.WHITE);
          graphics.fill(copy);
        });
  }

  /**
   * Returns a mask of an image: words stand where it is dark; white, light and transparent parts
   * stay free.
   *
   * @throws IllegalArgumentException if no part of the image is dark
   */
  public static Mask of(BufferedImage image) {
    BufferedImage inside = inside(Objects.requireNonNull(image, "image"));
    Rectangle2D bounds = new Rectangle2D.Double(0, 0, inside.getWidth(), inside.getHeight());
    return new Mask(
        (graphics, width, height) -> {
          fit(graphics, bounds, width, height);
          graphics.drawImage(inside, 0, 0, null);
        });
  }

  /**
   * Reads a mask from an image file that Java can read: PNG, JPEG, GIF or BMP.
   *
   * @throws IOException if the file cannot be read or is no such image
   * @throws IllegalArgumentException if no part of the image is dark
   */
  public static Mask read(Path file) throws IOException {
    BufferedImage image;
    try (InputStream bytes = Files.newInputStream(file)) {
      image = ImageIO.read(bytes);
    } catch (NoSuchFileException e) {
      throw new IOException("Cannot read a mask from " + file + ": there is no such file", e);
    }
    if (image == null) {
      throw new IOException(
          "Cannot read a mask from " + file + ": it is no PNG, JPEG, GIF or BMP image");
    }
    return of(image);
  }

  /** Returns a mask as round as the picture: an ellipse where the picture is not square. */
  public static Mask ellipse() {
    return new Mask(
        (graphics, width, height) -> {
          graphics.setColor(Color.WHITE);
          graphics.fill(new Ellipse2D.Double(0, 0, width, height));
        });
  }

  private static void fit(Graphics2D graphics, Rectangle2D bounds, int width, int height) {
    double scale = Math.min(width / bounds.getWidth(), height / bounds.getHeight());
    AffineTransform fit = new AffineTransform();
    fit.translate(
        (width - bounds.getWidth() * scale) / 2, (height - bounds.getHeight() * scale) / 2);
    fit.scale(scale, scale);
    fit.translate(-bounds.getX(), -bounds.getY());
    graphics.transform(fit);
  }

  /** Returns what is dark as white on transparent, no larger than a picture needs. */
  private static BufferedImage inside(BufferedImage image) {
    double shrink =
        Math.min(1, (double) LONGEST_SIDE / Math.max(image.getWidth(), image.getHeight()));
    int width = (int) Math.max(1, Math.round(image.getWidth() * shrink));
    int height = (int) Math.max(1, Math.round(image.getHeight() * shrink));
    BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = scaled.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    BufferedImage inside = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    boolean any = false;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = scaled.getRGB(x, y);
        int brightness =
            ((rgb >> 16 & 255) * 299 + (rgb >> 8 & 255) * 587 + (rgb & 255) * 114) / 1000;
        if (brightness < GREY) {
          inside.setRGB(x, y, 0xFFFFFFFF);
          any = true;
        }
      }
    }
    if (!any) {
      throw new IllegalArgumentException(
          "No part of the mask is dark, so no word could stand anywhere; draw the shape in black");
    }
    return inside;
  }

  /** Takes the cells outside of the shape. */
  void takeOutside(CellGrid grid, int columns, int rows) {
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = image.createGraphics();
    drawn.draw(graphics, columns, rows);
    graphics.dispose();
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        if ((pixels[row * columns + column] & 255) < GREY) {
          grid.take(row, column, column);
        }
      }
    }
  }
}
