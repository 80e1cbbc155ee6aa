package io.github.sparkpysocial.viz.internal;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One line of bold text as Java's logical sans-serif font draws it, with fallback to whatever fonts
 * the machine has, at any size. Characters that have a font but no outline, such as emoji of a
 * colour font, keep the room of a square. Immutable.
 */
public final class TextShape {
  private static final int EM = 256;
  private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, EM);
  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
  // The box that a browser gives a colour emoji, in font sizes.
  private static final double EMOJI_WIDTH = 1.25;
  private static final double EMOJI_RISE = 0.95;
  private static final double EMOJI_DROP = 0.2;
  private static final double EMOJI_INSET = 0.07;

  private static final double FLATNESS = 1;

  private final Shape outline;
  private final double advance;
  private final Rectangle2D ink;
  // The outline as straight lines: x and y of one end, x and y of the other.
  private final float[] lines;

  private TextShape(Shape outline, double advance, Rectangle2D ink) {
    this.outline = outline;
    this.advance = advance;
    this.ink = ink;
    this.lines = lines(outline);
  }

  private static float[] lines(Shape outline) {
    float[] lines = new float[1024];
    int count = 0;
    float[] at = new float[6];
    float startX = 0;
    float startY = 0;
    float x = 0;
    float y = 0;
    for (PathIterator path = outline.getPathIterator(null, FLATNESS); !path.isDone(); path.next()) {
      int kind = path.currentSegment(at);
      float toX = kind == PathIterator.SEG_CLOSE ? startX : at[0];
      float toY = kind == PathIterator.SEG_CLOSE ? startY : at[1];
      if (kind == PathIterator.SEG_MOVETO) {
        startX = toX;
        startY = toY;
      } else {
        if (count + 4 > lines.length) {
          lines = Arrays.copyOf(lines, lines.length * 2);
        }
        lines[count++] = x;
        lines[count++] = y;
        lines[count++] = toX;
        lines[count++] = toY;
      }
      x = toX;
      y = toY;
    }
    return Arrays.copyOf(lines, count);
  }

  /**
   * Finds what the text covers of each line of cells at this font size: {@code first[i]} to {@code
   * last[i]}, both included, in cells from the left end of its ink; line 0 begins at the top of its
   * ink. Lines without ink have a {@code last} below their {@code first}.
   */
  public void cover(double fontSize, double cell, int[] first, int[] last) {
    Arrays.fill(first, Integer.MAX_VALUE);
    Arrays.fill(last, -1);
    double scale = fontSize / EM / cell;
    for (int i = 0; i < lines.length; i += 4) {
      double x = (lines[i] - ink.getX()) * scale;
      double y = (lines[i + 1] - ink.getY()) * scale;
      double toX = (lines[i + 2] - ink.getX()) * scale;
      double toY = (lines[i + 3] - ink.getY()) * scale;
      if (y <= toY) {
        coverLine(x, y, toX, toY, first, last);
      } else {
        coverLine(toX, toY, x, y, first, last);
      }
    }
  }

  /** Widens the cells of each line that a straight line downwards passes. */
  private static void coverLine(
      double x, double y, double toX, double toY, int[] first, int[] last) {
    double slope = toY > y ? (toX - x) / (toY - y) : 0;
    int end = Math.min(first.length - 1, (int) toY);
    for (int row = Math.max(0, (int) y); row <= end; row++) {
      double enters = row <= y ? x : x + slope * (row - y);
      double leaves = row + 1 >= toY ? toX : x + slope * (row + 1 - y);
      first[row] = Math.min(first[row], (int) Math.min(enters, leaves));
      last[row] = Math.max(last[row], (int) Math.max(enters, leaves));
    }
  }

  /**
   * Lays the text out; the text is not empty.
   *
   * @throws io.github.sparkpysocial.viz.MissingFontsException if this machine has no fonts
   */
  public static TextShape of(String text) {
    MachineFonts.require();
    Path2D outline = new Path2D.Double();
    double x = 0;
    for (String part : parts(text)) {
      if (isBlank(part)) {
        outline.append(emoji(x), false);
        x += EMOJI_WIDTH * EM;
      } else if (Font.textRequiresLayout(part.toCharArray(), 0, part.length())) {
        TextLayout layout = new TextLayout(part, BOLD, EXACT);
        outline.append(layout.getOutline(AffineTransform.getTranslateInstance(x, 0)), false);
        x += layout.getAdvance();
      } else {
        GlyphVector glyphs = BOLD.createGlyphVector(EXACT, part);
        outline.append(glyphs.getOutline((float) x, 0), false);
        x += glyphs.getGlyphPosition(glyphs.getNumGlyphs()).getX();
      }
    }
    return new TextShape(outline, x, outline.getBounds2D());
  }

  private static Shape emoji(double x) {
    double side = EMOJI_WIDTH * (1 - 2 * EMOJI_INSET) * EM;
    double left = x + EMOJI_WIDTH * EMOJI_INSET * EM;
    double top = (EMOJI_DROP - EMOJI_RISE) / 2 * EM - side / 2;
    return new RoundRectangle2D.Double(left, top, side, side, side / 3, side / 3);
  }

  /** Splits off characters that would be drawn as nothing; text without them stays whole. */
  private static List<String> parts(String text) {
    if (text.codePoints().noneMatch(TextShape::mayBeEmoji)) {
      return List.of(text);
    }
    List<String> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int start = 0;
    for (int end = characters.next(); end != BreakIterator.DONE; end = characters.next()) {
      String character = text.substring(start, end);
      start = end;
      if (isBlank(character)) {
        if (plain.length() > 0) {
          parts.add(plain.toString());
          plain.setLength(0);
        }
        parts.add(character);
      } else {
        plain.append(character);
      }
    }
    if (plain.length() > 0) {
      parts.add(plain.toString());
    }
    return parts;
  }

  private static boolean mayBeEmoji(int c) {
    return c >= 0x1F000 || (c >= 0x2300 && c <= 0x2BFF) || c == 0xFE0F;
  }

  private static boolean isBlank(String part) {
    return part.codePoints().anyMatch(TextShape::mayBeEmoji)
        && new TextLayout(part, BOLD, EXACT).getOutline(null).getBounds2D().isEmpty();
  }

  /** Returns how far the text runs along its base line at this font size. */
  public double advance(double fontSize) {
    return advance / EM * fontSize;
  }

  /**
   * Returns the box of what is drawn at this font size, from the start of the base line, y growing
   * downwards.
   */
  public Rectangle2D ink(double fontSize) {
    double scale = fontSize / EM;
    return new Rectangle2D.Double(
        ink.getX() * scale, ink.getY() * scale, ink.getWidth() * scale, ink.getHeight() * scale);
  }

  /** Draws the text with its base line starting at (0, 0), in the colour that is set. */
  public void draw(Graphics2D graphics, double fontSize) {
    AffineTransform before = graphics.getTransform();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.scale(fontSize / EM, fontSize / EM);
    graphics.fill(outline);
    graphics.setTransform(before);
  }
}
