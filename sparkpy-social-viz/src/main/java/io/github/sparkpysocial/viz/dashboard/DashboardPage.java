package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.internal.render.Page;
import io.github.sparkpysocial.viz.internal.render.TableData;
import io.github.sparkpysocial.viz.internal.render.Times;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Writes a dashboard as a page. */
final class DashboardPage {
  private static final int PARAGRAPH = 4_000;

  private final Dashboard dashboard;
  private final Page page;
  private final Markup out;
  private final Panels panels;

  DashboardPage(Dashboard dashboard) {
    this.dashboard = dashboard;
    this.page = new Page(dashboard.title());
    this.out = page.body();
    this.panels = new Panels(page);
  }

  /** Returns the page that listens to the server it came from. */
  String live() {
    page.connections("'self'");
    page.script("live.js");
    return html(true);
  }

  String html() {
    return html(false);
  }

  private String html(boolean live) {
    page.header(dashboard.subtitle(), this::meta);
    contents();
    out.open("main", "id", "main").line();
    if (live) {
      out.open("section", "class", "live", "aria-label", "Live");
      out.element("p", "Connecting", "id", "live-state", "role", "status");
      out.open("div", "id", "live-alerts", "role", "log", "aria-label", "Alerts").close();
      out.close().line();
    }
    if (!dashboard.tiles().isEmpty()) {
      tiles(new Tiles("numbers", dashboard.tiles()));
    }
    for (Section section : dashboard.sections()) {
      section(section);
    }
    out.close().line();
    out.open("footer", "class", "foot");
    out.element(
        "p",
        live
            ? "Made with sparkpy-social."
            : "Made with sparkpy-social. This file is whole: it loads nothing from elsewhere.");
    out.close();
    return page.html();
  }

  private void meta() {
    Instant from = dashboard.from();
    Instant to = dashboard.to();
    if (from != null && to != null) {
      out.open("span", "data-fact", "period").literal("Period ");
      out.open("b");
      panels.time(from, Times.day(from));
      out.literal(" – ");
      panels.time(to, Times.day(to));
      out.close().close();
    }
    for (String note : dashboard.notes()) {
      out.element("span", Texts.shorten(note, Texts.QUOTE), "dir", "auto");
    }
  }

  private void contents() {
    if (dashboard.sections().size() < 2) {
      return;
    }
    out.open("nav", "class", "contents", "aria-label", "Sections").open("ul");
    for (Section section : dashboard.sections()) {
      out.open("li");
      out.element("a", Texts.shorten(section.title(), Texts.LABEL), "href", "#" + section.id());
      out.close();
    }
    out.close().close().line();
  }

  private void section(Section section) {
    page.takeId(section.id());
    String heading = section.id() + "-heading";
    out.open("section", "class", "section", "id", section.id(), "aria-labelledby", heading);
    out.element("h2", Texts.shorten(section.title(), Texts.TITLE), "id", heading, "dir", "auto");
    panels.lead(section.lead());
    out.line().open("div", "class", "grid").line();
    for (Section.Panel panel : section.panels()) {
      out.open("div", "class", panel.width().name().toLowerCase(Locale.ROOT));
      component(panel.component());
      out.close().line();
    }
    out.close().close().line();
  }

  private void component(Component component) {
    if (component instanceof Tiles tiles) {
      tiles(tiles);
    } else if (component instanceof Ranking ranking) {
      new RankingPart(panels).write(ranking);
    } else if (component instanceof Table table) {
      table(table);
    } else if (component instanceof FigurePanel panel) {
      figure(panel);
    } else if (component instanceof Topics topics) {
      new TopicsPart(panels).write(topics);
    } else if (component instanceof Meetings meetings) {
      new MeetingsPart(panels).write(meetings);
    } else if (component instanceof Completeness completeness) {
      new CompletenessPart(panels).write(completeness);
    } else if (component instanceof TextBlock block) {
      text(block);
    } else {
      throw new IllegalStateException("No page for " + component.getClass());
    }
  }

  private void tiles(Tiles tiles) {
    page.takeId(tiles.id());
    out.open("dl", "class", "tiles", "id", tiles.id());
    for (Tile tile : tiles.tiles()) {
      out.open("div", "class", "tile", "data-fact", tile.fact(), "data-value", tile.value());
      out.element("dt", Texts.shorten(tile.label(), Texts.LABEL));
      out.open("dd", "class", "value");
      panels.linked(Texts.shorten(tile.shown(), Texts.LABEL), tile.link());
      out.close();
      if (tile.note() != null) {
        out.element("dd", Texts.shorten(tile.note(), Texts.TITLE), "class", "note");
      }
      out.close();
    }
    out.close().line();
  }

  private void table(Table table) {
    panels.open(table.id(), table.title(), "");
    if (!panels.none(table.rows(), "No rows")) {
      panels.scroll(table.title());
      out.open("table", "data-rows", String.valueOf(table.rows().size()));
      out.open("thead").open("tr");
      for (Table.Column column : table.columns()) {
        out.element(
            "th",
            Texts.shorten(column.name(), Texts.LABEL),
            "scope",
            "col",
            "class",
            column.numeric() ? "num" : null);
      }
      out.close().close().open("tbody");
      for (List<Cell> row : table.rows()) {
        out.open("tr");
        for (int i = 0; i < row.size(); i++) {
          out.open("td", "class", table.columns().get(i).numeric() ? "num" : null);
          panels.linked(Texts.shorten(row.get(i).shown(), Texts.QUOTE), row.get(i).link());
          out.close();
        }
        out.close();
      }
      out.close().close().close();
      page.download(
          table.id(),
          new TableData(
              table.columns().stream()
                  .map(
                      column ->
                          new TableData.Column(
                              Texts.shorten(column.name(), Texts.LABEL), column.numeric()))
                  .toList(),
              table.rows().stream()
                  .map(row -> row.stream().map(cell -> Texts.clean(cell.value())).toList())
                  .toList()));
    }
    out.close();
  }

  private void figure(FigurePanel panel) {
    Figure figure = panel.figure();
    panels.open(panel.id(), figure.title(), "");
    panels.lead(panel.lead());
    page.figure(panel.id() + "-figure", figure);
    out.close();
  }

  private void text(TextBlock block) {
    panels.open(block.id(), block.title(), "prose");
    for (String paragraph : block.paragraphs()) {
      out.element("p", Texts.shorten(paragraph, PARAGRAPH), "dir", "auto");
    }
    out.close();
  }
}
