package io.github.sparkpysocial.viz.internal;

import io.github.sparkpysocial.viz.Theme;
import java.util.List;
import java.util.Locale;

/**
 * The colours of one theme, as {@code #rrggbb}. The series colours differ in lightness as well as
 * in hue, so that neighbours stay apart for readers with any kind of colour blindness; {@code
 * page.css} names the same colours.
 *
 * @param series colours of series, groups and topics
 * @param paper behind everything
 * @param panel behind a picture
 * @param ink of text
 * @param muted of secondary text
 * @param line of grids and borders
 * @param land of countries
 * @param coast of their borders
 */
public record Palette(
    List<String> series,
    String paper,
    String panel,
    String ink,
    String muted,
    String line,
    String land,
    String coast) {

  /** How many colours tell a weight, and how many a sentiment to either side of none. */
  public static final int STEPS = 4;

  private static final Palette LIGHT =
      new Palette(
          List.of(
              "#174ea6", "#c2410c", "#0a7a66", "#b0388f", "#5b1f0c", "#1b2047", "#7a2be0",
              "#470d63"),
          "#f7f6f3",
          "#ffffff",
          "#1a1f29",
          "#5a6372",
          "#e3e1dc",
          "#e6e3dc",
          "#ffffff");

  private static final Palette DARK =
      new Palette(
          List.of(
              "#5b95f5", "#ff9466", "#45d1b0", "#eb9be0", "#cfe83e", "#ea6c10", "#b4f8f2",
              "#f2e3a6"),
          "#0f1218",
          "#181d26",
          "#eceff4",
          "#a3adbb",
          "#2d3542",
          "#2b3340",
          "#181d26");

  /** Returns the colours of a theme. */
  public static Palette of(Theme theme) {
    return theme == Theme.DARK ? DARK : LIGHT;
  }

  /** Returns the colour of the group with this index, beginning again when all are used. */
  public String series(int index) {
    return series.get(index % series.size());
  }

  /**
   * Returns one of three shades of a colour for what belongs to no group: the colour itself, nearer
   * to the ink, nearer to the secondary text.
   */
  public String shade(String colour, int step) {
    return switch (step % 3) {
      case 0 -> colour;
      case 1 -> mix(colour, ink, 0.55);
      default -> mix(colour, muted, 0.6);
    };
  }

  /** Returns a stronger colour the higher the step, from 0 to {@link #STEPS}. */
  public String strength(int step) {
    return mix(muted, series(0), (double) step / STEPS);
  }

  /**
   * Returns the colour of a sentiment, from -{@link #STEPS} to {@link #STEPS}: one colour for
   * negative, grey for none, another for positive.
   */
  public String sentiment(int step) {
    return mix(muted, series(step < 0 ? 1 : 0), (double) Math.abs(step) / STEPS);
  }

  /** Returns a colour for a surface: nearly the panel at step 0, strong at {@link #STEPS}. */
  public String tint(int step) {
    return mix(panel, series(0), 0.1 + 0.9 * step / STEPS);
  }

  private static String mix(String from, String to, double share) {
    StringBuilder mixed = new StringBuilder("#");
    for (int i = 1; i < 7; i += 2) {
      int a = Integer.parseInt(from, i, i + 2, 16);
      int b = Integer.parseInt(to, i, i + 2, 16);
      mixed.append(String.format(Locale.ROOT, "%02x", Math.round(a + (b - a) * share)));
    }
    return mixed.toString();
  }
}
