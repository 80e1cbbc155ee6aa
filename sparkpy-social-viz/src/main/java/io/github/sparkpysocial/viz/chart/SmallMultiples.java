package io.github.sparkpysocial.viz.chart;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One small chart over time for each series, all on the same scales, so that they can be compared.
 *
 * @param title what stands above them, or an empty text
 * @param unit what the values count, or an empty text
 * @param series the series, in the order of reading; may be empty, which draws a note that says so
 * @param columns how many stand side by side, from 1 to 8
 * @param size the size of the whole picture
 */
public record SmallMultiples(String title, String unit, List<Series> series, int columns, Size size)
    implements Figure {
  private static final int MOST_COLUMNS = 8;
  private static final int USUAL_COLUMNS = 3;
  private static final int ROW_HEIGHT = 150;
  private static final int AROUND = 80;
  private static final int TALLEST = 4000;

  public SmallMultiples {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    series = List.copyOf(series);
    if (columns < 1 || columns > MOST_COLUMNS) {
      throw new IllegalArgumentException(
          "Small multiples stand in 1 to " + MOST_COLUMNS + " columns, was " + columns);
    }
    Objects.requireNonNull(size, "size");
  }

  /** Returns up to three charts side by side, 960 pixels wide and as high as they need. */
  public static SmallMultiples of(String title, List<Series> series) {
    return of(title, series, Math.max(1, Math.min(USUAL_COLUMNS, series.size())));
  }

  /** Returns this many charts side by side, 960 pixels wide and as high as they need. */
  public static SmallMultiples of(String title, List<Series> series, int columns) {
    int rows = Math.max(1, (series.size() + columns - 1) / Math.max(1, columns));
    int height = Math.min(TALLEST, AROUND + ROW_HEIGHT * rows);
    return new SmallMultiples(title, "", series, columns, Size.of(960, height));
  }

  /** Returns the same charts with what the values count. */
  public SmallMultiples withUnit(String unit) {
    return new SmallMultiples(title, unit, series, columns, size);
  }

  /** Returns the same charts in this size. */
  public SmallMultiples withSize(Size size) {
    return new SmallMultiples(title, unit, series, columns, size);
  }

  @Override
  public String summary() {
    return series.isEmpty()
        ? "Small charts without series."
        : "Small charts over time on the same scales, one for each of "
            + series.stream()
                .limit(8)
                .map(one -> Texts.shorten(one.name(), Texts.LABEL))
                .collect(Collectors.joining(", "))
            + (series.size() > 8 ? " and " + (series.size() - 8) + " more." : ".");
  }
}
