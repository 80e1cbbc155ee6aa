package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.chart.CalendarChart;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;

/** Days as coloured cells, a row of months for each year. */
final class CalendarDrawing extends Drawing<CalendarChart> {
  private static final int MONTHS = 28;
  private static final int SCALE = 60;
  private static final int FEW_MONTHS = 6;
  private static final int CELL = 26;

  CalendarDrawing() {
    super(CalendarChart.class, "item");
  }

  @Override
  boolean isEmpty(CalendarChart chart) {
    return chart.values().isEmpty();
  }

  @Override
  void draw(CalendarChart chart, Frame frame) {
    if (chart.values().isEmpty()) {
      return;
    }
    ObjectNode option = frame.option();
    frame.scale(chart.values().values().stream().mapToDouble(value -> value).toArray());
    int first = chart.values().firstKey().getYear();
    int last = chart.values().lastKey().getYear();
    int height = (chart.size().height() - frame.top() - SCALE) / (last - first + 1);
    ArrayNode calendars = option.putArray("calendar");
    ArrayNode all = option.putArray("series");
    String unit = chart.unit().isEmpty() ? "value" : chart.unit();
    for (int year = first; year <= last; year++) {
      ObjectNode calendar =
          calendars
              .addObject()
              .put("left", 84)
              .put("top", frame.top() + MONTHS + (year - first) * height)
              .put("height", Math.max(40, height - MONTHS - 18));
      range(calendar, chart, year);
      calendar.putObject("dayLabel").put("firstDay", 1).put("nameMap", "en");
      calendar.putObject("yearLabel").put("margin", 44).put("fontSize", 16);
      ObjectNode series =
          all.addObject()
              .put("type", "heatmap")
              .put("coordinateSystem", "calendar")
              .put("calendarIndex", year - first);
      ArrayNode data = series.putArray("data");
      LocalDate newYear = LocalDate.of(year, 1, 1);
      for (Map.Entry<LocalDate, Double> day :
          chart.values().subMap(newYear, newYear.plusYears(1)).entrySet()) {
        ObjectNode item = data.addObject();
        item.putArray("value").add(day.getKey().toString()).add(day.getValue());
        Tip.of(day.getKey().toString()).row(unit, day.getValue()).on(item);
      }
    }
  }

  /** A few months have cells of their usual size; a whole year is as wide as the picture. */
  private static void range(ObjectNode calendar, CalendarChart chart, int year) {
    YearMonth from = YearMonth.from(chart.values().firstKey());
    YearMonth to = YearMonth.from(chart.values().lastKey());
    if (from.plusMonths(FEW_MONTHS).isAfter(to) && from.getYear() == to.getYear()) {
      calendar.putArray("range").add(from.atDay(1).toString()).add(to.atEndOfMonth().toString());
      calendar.putArray("cellSize").add(CELL).add("auto");
    } else {
      calendar.put("range", String.valueOf(year)).put("right", 24);
    }
  }

  @Override
  int leastWidth(CalendarChart chart) {
    return 640;
  }

  @Override
  TableData table(CalendarChart chart) {
    TableData.Builder table =
        TableData.builder().text("Day").number(chart.unit().isEmpty() ? "Value" : chart.unit());
    chart.values().forEach((day, value) -> table.row(day.toString(), TableData.plain(value)));
    return table.build();
  }
}
