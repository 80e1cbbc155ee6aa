package io.github.sparkpysocial.viz.internal;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of bold text as Java's logical sans-serif font draws it, with fallback to whatever fonts
 * the machine has. Characters that have a font but no outline, such as emoji of a colour font, keep
 * the room of a square. Immutable.
 */
public final class TextShape {
  private static final Font BOLD = new Font(Font.SANS_SERIF, Font.BOLD, 1);
  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);
  // What a browser gives a colour emoji, in font sizes.
  private static final double EMOJI_WIDTH = 1.25;
  private static final double EMOJI_RISE = 0.95;
  private static final double EMOJI_DROP = 0.2;

  private record Run(String text, double x, double advance, @Nullable TextLayout layout) {}

  private final List<Run> runs;
  private final double fontSize;
  private final double advance;
  private final Rectangle2D ink;

  private TextShape(List<Run> runs, double fontSize, double advance, Rectangle2D ink) {
    this.runs = runs;
    this.fontSize = fontSize;
    this.advance = advance;
    this.ink = ink;
  }

  /** Lays the text out at this size; the text is not empty. */
  public static TextShape of(String text, double fontSize) {
    Font font = BOLD.deriveFont((float) fontSize);
    List<Run> runs = new ArrayList<>();
    double x = 0;
    Rectangle2D ink = new Rectangle2D.Double();
    for (String part : parts(text, font)) {
      boolean emoji = isBlank(part, font);
      TextLayout layout = emoji ? null : new TextLayout(part, font, EXACT);
      double width = layout == null ? EMOJI_WIDTH * fontSize : layout.getAdvance();
      Rectangle2D bounds;
      if (layout == null) {
        bounds =
            new Rectangle2D.Double(
                x, -EMOJI_RISE * fontSize, width, (EMOJI_RISE + EMOJI_DROP) * fontSize);
      } else {
        bounds = layout.getBounds();
        bounds =
            new Rectangle2D.Double(
                x + bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
      }
      ink = runs.isEmpty() ? bounds : ink.createUnion(bounds);
      runs.add(new Run(part, x, width, layout));
      x += width;
    }
    return new TextShape(List.copyOf(runs), fontSize, x, ink);
  }

  /** Splits off characters that would be drawn as nothing; text without them stays whole. */
  private static List<String> parts(String text, Font font) {
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
      if (isBlank(character, font)) {
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

  private static boolean isBlank(String part, Font font) {
    return part.codePoints().anyMatch(TextShape::mayBeEmoji)
        && new TextLayout(part, font, EXACT).getOutline(null).getBounds2D().isEmpty();
  }

  /** Returns how far the text runs along its base line. */
  public double advance() {
    return advance;
  }

  /** Returns the box of what is drawn, from the start of the base line, y growing downwards. */
  public Rectangle2D ink() {
    return (Rectangle2D) ink.clone();
  }

  /** Draws the text with its base line starting at (0, 0), in the colour that is set. */
  public void draw(Graphics2D graphics) {
    Object before = graphics.getRenderingHint(RenderingHints.KEY_ANTIALIASING);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (Run run : runs) {
      if (run.layout() == null) {
        drawEmoji(graphics, run);
      } else {
        Shape outline = run.layout().getOutline(AffineTransform.getTranslateInstance(run.x(), 0));
        graphics.fill(outline);
      }
    }
    if (before != null) {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, before);
    }
  }

  private void drawEmoji(Graphics2D graphics, Run run) {
    double width = run.advance();
    double left = run.x() + width * 0.06;
    double side = width * 0.88;
    double top = (EMOJI_DROP - EMOJI_RISE) / 2 * fontSize - side / 2;
    graphics.fill(
        new java.awt.geom.RoundRectangle2D.Double(left, top, side, side, side / 3, side / 3));
  }
}
