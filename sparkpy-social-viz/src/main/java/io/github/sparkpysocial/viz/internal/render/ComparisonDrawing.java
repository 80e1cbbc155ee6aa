package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.wordcloud.ComparedTerm;
import io.github.sparkpysocial.viz.wordcloud.ComparisonChart;
import java.util.List;

/** Points with their intervals, a row for each term. */
final class ComparisonDrawing extends Drawing<ComparisonChart> {

  ComparisonDrawing() {
    super(ComparisonChart.class, "item");
  }

  @Override
  boolean isEmpty(ComparisonChart chart) {
    return chart.terms().isEmpty();
  }

  @Override
  void draw(ComparisonChart chart, Frame frame) {
    ObjectNode option = frame.option();
    frame.grid(frame.top() + 34, 28, 40);
    option.putObject("legend").put("top", frame.top() - 4).put("left", 16).put("icon", "circle");
    option
        .putObject("xAxis")
        .put("type", "value")
        .put("name", "log-odds ratio, with the line that holds it with 95 % confidence")
        .put("nameLocation", "middle")
        .put("nameGap", 28);
    ObjectNode names = option.putObject("yAxis").put("type", "category").put("inverse", true);
    names.putObject("axisTick").put("show", false);
    names.putObject("axisLine").put("onZero", false);
    names.putObject("axisLabel").put("width", 190).put("overflow", "truncate").put("interval", 0);
    ArrayNode labels = names.putArray("data");
    chart.terms().forEach(term -> labels.add(Texts.shorten(term.text(), Texts.WORD)));
    ArrayNode all = option.putArray("series");
    int side = 0;
    for (String corpus : List.of(chart.first(), chart.second())) {
      String name = Texts.shorten(corpus, Texts.LABEL);
      ObjectNode lines = all.addObject().put("type", "line").put("name", name);
      lines.put("symbol", "none").put("silent", true).put("connectNulls", false);
      lines.put("colorBy", "series").put("legendHoverLink", false);
      lines.putObject("lineStyle").put("width", 2).put("opacity", 0.55);
      ArrayNode ends = lines.putArray("data");
      ObjectNode points = all.addObject().put("type", "scatter").put("name", name);
      points.put("symbol", SHAPES.get(side)).put("symbolSize", 10);
      ArrayNode data = points.putArray("data");
      for (int row = 0; row < chart.terms().size(); row++) {
        ComparedTerm term = chart.terms().get(row);
        if (term.logOdds() > 0 == (side == 0)) {
          ends.add(Json.array().add(term.lowest()).add(row));
          ends.add(Json.array().add(term.highest()).add(row));
          ends.add(Json.array().addNull().add(row));
          ObjectNode item = data.addObject();
          item.putArray("value").add(term.logOdds()).add(row);
          tip(chart, term).on(item);
        }
      }
      side++;
    }
  }

  private static Tip tip(ComparisonChart chart, ComparedTerm term) {
    return Tip.of(term.text())
        .row(chart.first(), Texts.number(term.firstCount()) + "×")
        .row(chart.second(), Texts.number(term.secondCount()) + "×")
        .row("log-odds ratio", term.logOdds())
        .row("95 % interval", Texts.number(term.lowest()) + " to " + Texts.number(term.highest()))
        .row("z-score", term.zScore());
  }

  @Override
  TableData table(ComparisonChart chart) {
    TableData.Builder table =
        TableData.builder()
            .text("Term")
            .number(
                "Count in " + chart.first(),
                "Count in " + chart.second(),
                "Log-odds ratio",
                "Standard error",
                "z-score");
    for (ComparedTerm term : chart.terms()) {
      table.row(
          Texts.shorten(term.text(), Texts.QUOTE),
          String.valueOf(term.firstCount()),
          String.valueOf(term.secondCount()),
          TableData.plain(term.logOdds()),
          TableData.plain(term.standardError()),
          TableData.plain(term.zScore()));
    }
    return table.build();
  }
}
