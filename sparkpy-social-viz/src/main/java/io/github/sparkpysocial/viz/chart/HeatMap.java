package io.github.sparkpysocial.viz.chart;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Values of two things together as a field of colours, such as hours and days of the week.
 *
 * @param title what stands above it, or an empty text
 * @param unit what the values count, such as {@code posts}, or an empty text
 * @param columns the names from left to right
 * @param rows the names from above to below
 * @param cells the values; cells that are not named stay empty
 * @param size the size of the picture
 */
public record HeatMap(
    String title, String unit, List<String> columns, List<String> rows, List<Cell> cells, Size size)
    implements Figure {
  private static final int HOURS = 24;

  /**
   * A value.
   *
   * @param column the index of its column
   * @param row the index of its row
   * @param value the value, finite
   */
  public record Cell(int column, int row, double value) {
    public Cell {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException(
            "The value of a cell is a finite number, was %s in column %d, row %d; leave it out"
                .formatted(value, column, row));
      }
    }
  }

  public HeatMap {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    cells = List.copyOf(cells);
    for (Cell cell : cells) {
      Objects.checkIndex(cell.column(), columns.size());
      Objects.checkIndex(cell.row(), rows.size());
    }
    Objects.requireNonNull(size, "size");
  }

  /** Returns a heat map of 960 by 540 pixels. */
  public static HeatMap of(
      String title, List<String> columns, List<String> rows, List<Cell> cells) {
    return new HeatMap(title, "", columns, rows, cells, Size.DEFAULT);
  }

  /**
   * Returns how many of these times lie in each hour of each day of the week, Monday first, on the
   * clocks of this zone.
   */
  public static HeatMap hourByWeekday(String title, Collection<Instant> times, ZoneId zone) {
    Map<Instant, Long> counts = new HashMap<>();
    times.forEach(time -> counts.merge(time, 1L, Long::sum));
    return hourByWeekday(title, counts, zone);
  }

  /**
   * Returns how much lies in each hour of each day of the week, Monday first, on the clocks of this
   * zone, of what was counted at each time before.
   */
  public static HeatMap hourByWeekday(
      String title, Map<Instant, ? extends Number> countsByTime, ZoneId zone) {
    DayOfWeek[] days = DayOfWeek.values();
    double[][] counts = new double[days.length][HOURS];
    countsByTime.forEach(
        (time, count) -> {
          ZonedDateTime there = time.atZone(zone);
          counts[there.getDayOfWeek().getValue() - 1][there.getHour()] += count.doubleValue();
        });
    List<Cell> cells = new ArrayList<>();
    for (int day = 0; day < days.length && !countsByTime.isEmpty(); day++) {
      for (int hour = 0; hour < HOURS; hour++) {
        cells.add(new Cell(hour, day, counts[day][hour]));
      }
    }
    return new HeatMap(
        title,
        "",
        IntStream.range(0, HOURS).mapToObj(hour -> (hour < 10 ? "0" : "") + hour).toList(),
        List.of(days).stream()
            .map(day -> day.getDisplayName(TextStyle.FULL, Locale.ENGLISH))
            .toList(),
        cells,
        Size.of(960, 400));
  }

  /** Returns the same heat map with what the values count. */
  public HeatMap withUnit(String unit) {
    return new HeatMap(title, unit, columns, rows, cells, size);
  }

  /** Returns the same heat map in this size. */
  public HeatMap withSize(Size size) {
    return new HeatMap(title, unit, columns, rows, cells, size);
  }

  @Override
  public String summary() {
    return cells.stream()
        .max(Comparator.comparingDouble(Cell::value))
        .map(
            most ->
                "Heat map of %s columns and %s rows. Highest: %s, %s with %s."
                    .formatted(
                        columns.size(),
                        rows.size(),
                        Texts.shorten(rows.get(most.row()), Texts.LABEL),
                        Texts.shorten(columns.get(most.column()), Texts.LABEL),
                        Texts.number(most.value())))
        .orElse("Heat map without values.");
  }
}
