package io.github.sparkpysocial.viz.chart;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Texts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values of days as a calendar: weeks from left to right, days from Monday to Sunday, the colour
 * tells the value. Days without a value stay empty.
 *
 * @param title what stands above it, or an empty text
 * @param unit what the values count, such as {@code posts}, or an empty text
 * @param values the value of each day, finite; over at most ten calendar years
 * @param size the size of the picture
 */
public record CalendarChart(
    String title, String unit, SortedMap<LocalDate, Double> values, Size size) implements Figure {
  private static final int MOST_YEARS = 10;
  private static final int YEAR_HEIGHT = 170;
  private static final int AROUND = 110;

  public CalendarChart {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unit, "unit");
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    values.forEach(
        (day, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                "The value of " + day + " is not a finite number: " + value + "; leave it out");
          }
        });
    if (years(values) > MOST_YEARS) {
      throw new IllegalArgumentException(
          "A calendar shows at most %d years, has %s to %s; draw a time series instead"
              .formatted(MOST_YEARS, values.firstKey(), values.lastKey()));
    }
    Objects.requireNonNull(size, "size");
  }

  /** Returns a calendar that is 960 pixels wide and as high as its years need. */
  public static CalendarChart of(String title, Map<LocalDate, ? extends Number> values) {
    SortedMap<LocalDate, Double> sorted = new TreeMap<>();
    values.forEach((day, value) -> sorted.put(day, value.doubleValue()));
    int years = Math.min(MOST_YEARS, years(sorted));
    return new CalendarChart(title, "", sorted, Size.of(960, AROUND + YEAR_HEIGHT * years));
  }

  /** Returns how many of these times lie on each day, on the clocks of this zone. */
  public static CalendarChart ofTimes(String title, Collection<Instant> times, ZoneId zone) {
    Map<LocalDate, Long> counts = new TreeMap<>();
    times.forEach(time -> counts.merge(time.atZone(zone).toLocalDate(), 1L, Long::sum));
    return of(title, counts);
  }

  private static int years(SortedMap<LocalDate, Double> values) {
    return values.isEmpty() ? 1 : values.lastKey().getYear() - values.firstKey().getYear() + 1;
  }

  /** Returns the same calendar with what the values count. */
  public CalendarChart withUnit(String unit) {
    return new CalendarChart(title, unit, values, size);
  }

  /** Returns the same calendar in this size. */
  public CalendarChart withSize(Size size) {
    return new CalendarChart(title, unit, values, size);
  }

  @Override
  public String summary() {
    return values.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(
            most ->
                "Calendar from %s to %s. Highest: %s with %s."
                    .formatted(
                        values.firstKey(),
                        values.lastKey(),
                        most.getKey(),
                        Texts.number(most.getValue())))
        .orElse("Calendar without days.");
  }
}
