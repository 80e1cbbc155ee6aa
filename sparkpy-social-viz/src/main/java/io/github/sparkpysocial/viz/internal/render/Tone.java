package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Palette;

/**
 * The colour of a word, as a class of the page's style sheet and as a colour of a theme.
 *
 * @param kind what it tells
 * @param step which of its colours
 */
record Tone(Kind kind, int step) {

  /** What a colour tells. */
  enum Kind {
    SHADE,
    GROUP,
    STRENGTH,
    SENTIMENT
  }

  /** Returns the class that gives a part of a page this colour. */
  String styleClass() {
    return switch (kind) {
      case SHADE -> "s" + step;
      case GROUP -> "g" + step % Palette.of(Theme.LIGHT).series().size();
      case STRENGTH -> "w" + step;
      case SENTIMENT -> step < 0 ? "n" + -step : "w" + step;
    };
  }

  /** Returns the colour as {@code #rrggbb}. */
  String colour(Palette palette) {
    return switch (kind) {
      case SHADE -> palette.shade(palette.series(0), step);
      case GROUP -> palette.series(step);
      case STRENGTH -> palette.strength(step);
      case SENTIMENT -> palette.sentiment(step);
    };
  }
}
