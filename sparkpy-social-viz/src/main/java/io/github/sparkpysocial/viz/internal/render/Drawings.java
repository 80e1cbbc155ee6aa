package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.Figure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How each type of figure is drawn that ECharts draws. */
final class Drawings {
  private static final Map<Class<?>, Drawing<?>> ALL = new LinkedHashMap<>();

  static {
    for (Drawing<?> drawing :
        List.<Drawing<?>>of(
            new BarDrawing(),
            new HistogramDrawing(),
            new TimeDrawing(),
            new StackedAreaDrawing(),
            new SmallMultiplesDrawing(),
            new HeatMapDrawing(),
            new CalendarDrawing(),
            new BoxPlotDrawing(),
            new ScatterDrawing(),
            new SankeyDrawing(),
            new ComparisonDrawing())) {
      ALL.put(drawing.type(), drawing);
    }
  }

  private Drawings() {}

  /** Returns how the figure is drawn, or {@code null} if ECharts does not draw it. */
  @SuppressWarnings("unchecked") // a drawing is filed under the type it draws
  static <F extends Figure> @Nullable Drawing<F> find(F figure) {
    return (Drawing<F>) ALL.get(figure.getClass());
  }

  /**
   * Returns how the figure is drawn.
   *
   * @throws IllegalArgumentException if it is not a figure of this library
   */
  static <F extends Figure> Drawing<F> of(F figure) {
    Drawing<F> drawing = find(figure);
    if (drawing == null) {
      throw new IllegalArgumentException(
          "A "
              + figure.getClass().getSimpleName()
              + " is not a figure of this library; draw a WordCloud, WorldMap, CityMap,"
              + " NetworkGraph, or one of "
              + String.join(", ", ALL.keySet().stream().map(Class::getSimpleName).toList()));
    }
    return drawing;
  }
}
