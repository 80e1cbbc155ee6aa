package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.Locale;

/** Writes who is first, with a bar for each. */
final class RankingPart {
  private final Panels panels;
  private final Markup out;

  RankingPart(Panels panels) {
    this.panels = panels;
    this.out = panels.out();
  }

  void write(Ranking ranking) {
    panels.open(ranking.id(), ranking.title(), "");
    if (!panels.none(ranking.entries(), "Nobody yet")) {
      double most =
          Math.max(
              Double.MIN_NORMAL,
              ranking.entries().stream().mapToDouble(Ranking.Entry::value).max().orElse(1));
      String unit = Texts.shorten(ranking.unit(), Texts.LABEL);
      panels.scroll(ranking.title());
      out.open("table", "class", "rank").open("thead").open("tr");
      out.element("th", "#", "scope", "col", "class", "place");
      out.element("th", "Name", "scope", "col", "class", "who");
      out.open("th", "class", "bar", "aria-hidden", "true").close();
      out.element("th", unit.isEmpty() ? "Value" : unit, "scope", "col", "class", "num");
      out.close().close().open("tbody");
      int rank = 1;
      for (Ranking.Entry entry : ranking.entries()) {
        entry(rank++, entry, most);
      }
      out.close().close().close();
    }
    out.close();
  }

  private void entry(int rank, Ranking.Entry entry, double most) {
    String name = Texts.shorten(entry.name(), Texts.LABEL);
    out.open(
        "tr",
        "data-rank",
        String.valueOf(rank),
        "data-name",
        name,
        "data-value",
        plain(entry.value()));
    out.element("td", String.valueOf(rank), "class", "place");
    out.open("th", "scope", "row", "class", "who");
    panels.linked(name, entry.link());
    panels.badge(entry.network());
    if (entry.note() != null) {
      out.element("span", Texts.shorten(entry.note(), Texts.TITLE), "class", "note", "dir", "auto");
    }
    out.close();
    out.open("td", "class", "bar", "aria-hidden", "true");
    out.open("svg", "viewBox", "0 0 100 4", "preserveAspectRatio", "none");
    out.leaf(
        "rect",
        "width",
        String.format(Locale.ROOT, "%.1f", 100 * entry.value() / most),
        "height",
        "4");
    out.close().close();
    out.element("td", Texts.number(entry.value()), "class", "num");
    out.close();
  }

  private static String plain(double value) {
    return value == Math.rint(value) && value < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
