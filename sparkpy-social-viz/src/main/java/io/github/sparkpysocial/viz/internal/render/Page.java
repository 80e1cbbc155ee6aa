package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Resources;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page in the making: its body, and the data and scripts that the figures on it need, each once.
 * Not thread-safe.
 */
public final class Page {
  private static final int ROWS_SHOWN = 100;

  private final String title;
  private final Markup body = new Markup();
  private final StringBuilder data = new StringBuilder();
  private final Set<String> ids = new LinkedHashSet<>();
  private final Shapes shapes = new Shapes();
  private final Set<String> scripts = new LinkedHashSet<>();
  private final Set<String> styles = new LinkedHashSet<>();
  private final ContentPolicy policy = new ContentPolicy();
  private boolean charts;
  private boolean maps;

  /** Begins a page. */
  public Page(String title) {
    String shown = Texts.shorten(title, Texts.TITLE);
    this.title = shown.isEmpty() ? "sparkpy-social" : shown;
  }

  /** Returns a page that shows one figure. */
  public static String of(Figure figure) {
    Page page = new Page(figure.title());
    page.header("", null);
    page.body.open("main", "id", "main");
    page.body.open("section", "class", "panel", "aria-label", page.title);
    page.figure("figure", figure);
    page.body.close().close();
    return page.html();
  }

  /** Returns where the body is written. */
  public Markup body() {
    return body;
  }

  /** Opens and closes the header of the page; {@code meta} is markup of this library. */
  public void header(String subtitle, @Nullable Runnable meta) {
    body.element("a", "Skip to the content", "class", "skip", "href", "#main");
    body.open("header", "class", "top").open("div");
    body.element("h1", title, "dir", "auto");
    if (!Texts.clean(subtitle).isEmpty()) {
      body.element("p", Texts.shorten(subtitle, Texts.QUOTE), "class", "subtitle", "dir", "auto");
    }
    body.close();
    body.element("button", "Dark colours", "class", "theme", "type", "button");
    if (meta != null) {
      body.open("div", "class", "meta");
      meta.run();
      body.close();
    }
    body.close().line();
  }

  /**
   * Takes an id for one element of the page.
   *
   * @throws IllegalArgumentException if it is taken already
   */
  public void takeId(String id) {
    if (!ids.add(id)) {
      throw new IllegalArgumentException(
          "Two parts of the page have the id '" + id + "'; give each its own");
    }
  }

  /** Writes a figure with its data as a table. */
  public void figure(String id, Figure figure) {
    SelfDrawn own = SelfDrawn.of(figure);
    if (own != null) {
      own.inline(this, id);
      own.table(this, id);
    } else {
      picture(id, figure);
      TableData table = TableData.of(figure);
      table(id, table, true, table.rows().size());
    }
  }

  /** Writes a figure without its data; for clouds, the data of the hover comes along. */
  public void picture(String id, Figure figure) {
    SelfDrawn own = SelfDrawn.of(figure);
    if (own != null) {
      own.inline(this, id);
    } else if (figure instanceof WordCloud cloud) {
      CloudPart.write(this, id, cloud);
    } else {
      chart(id, figure);
    }
  }

  private void chart(String id, Figure figure) {
    Drawing<Figure> drawing = Drawings.of(figure);
    if (drawing.isEmpty(figure)) {
      body.element("p", "No data", "class", "none", "id", id);
      return;
    }
    charts = true;
    int least = drawing.leastWidth(figure);
    if (least > 0) {
      body.open("div", "class", "scroll");
    }
    body.element(
        "div",
        "",
        "class",
        "chart " + shapeClass(figure.size()) + (least > 0 ? " least" + least : ""),
        "id",
        id,
        "data-chart",
        id + "-option",
        "tabindex",
        "0",
        "role",
        "img",
        "aria-label",
        figure.summary());
    if (least > 0) {
      body.close();
    }
    if (!drawing.note(figure).isEmpty()) {
      body.element("p", drawing.note(figure), "class", "skipped");
    }
    addData(id + "-option", Json.script(drawing.page(figure)));
  }

  /** Makes the page know ECharts, its themes and the world. */
  void outlines() {
    charts = true;
    maps = true;
  }

  /** Takes a script of this library into the page, once, after those of all pages. */
  public void script(String name) {
    scripts.add(name);
  }

  /** Takes a style sheet into the page, once, before that of all pages. */
  void style(String name) {
    styles.add(name);
  }

  /** Lets images come from one origin beside the page itself. */
  void images(String origin) {
    policy.images(origin);
  }

  /** Lets scripts of the page talk to one origin. */
  public void connections(String origin) {
    policy.connections(origin);
  }

  /** Writes a button that zooms. */
  void zoom(String id, String direction, String shown, @Nullable String label) {
    body.element(
        "button",
        shown,
        "type",
        "button",
        "data-zoom",
        direction,
        "aria-controls",
        id,
        "aria-label",
        label);
  }

  /** The policy of the page forbids styles on elements, so shapes come from the style sheet. */
  String shapeClass(Size size) {
    return shapes.name(size);
  }

  /**
   * Writes a table for those who want the numbers; {@code folded} behind a line to open. A script
   * may know more rows, {@code total} in all.
   */
  void table(String id, TableData table, boolean folded, int total) {
    if (table.rows().isEmpty()) {
      return;
    }
    if (folded) {
      body.open("details", "class", "data").element("summary", "Data as a table");
    }
    body.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", "Data");
    body.open("table", "id", id + "-table", "data-rows", String.valueOf(total));
    if (total > ROWS_SHOWN) {
      body.element(
          "caption",
          "The first %s of %s rows; the CSV has all."
              .formatted(Math.min(ROWS_SHOWN, table.rows().size()), Texts.number(total)));
    }
    body.open("thead").open("tr");
    for (TableData.Column column : table.columns()) {
      body.element("th", column.name(), "scope", "col", "class", column.numeric() ? "num" : null);
    }
    body.close().close().open("tbody");
    for (int i = 0; i < Math.min(ROWS_SHOWN, table.rows().size()); i++) {
      body.open("tr");
      for (int c = 0; c < table.columns().size(); c++) {
        boolean numeric = table.columns().get(c).numeric();
        body.element(
            "td",
            table.rows().get(i).get(c),
            "class",
            numeric ? "num" : null,
            "dir",
            numeric ? null : "auto");
      }
      body.close();
    }
    body.close().close().close();
    download(id, table);
    if (folded) {
      body.close();
    }
  }

  /** Writes a button that saves the rows as CSV. */
  public void download(String id, TableData table) {
    body.element(
        "button",
        "Download CSV",
        "class",
        "csv",
        "type",
        "button",
        "data-csv",
        id + "-data",
        "data-name",
        id);
    addData(id + "-data", Json.script(table.json()));
  }

  /** Adds data that a script of the page reads. */
  void addData(String id, String json) {
    takeId(id);
    data.append("<script type=\"application/json\" id=\"")
        .append(id)
        .append("\">")
        .append(json)
        .append("</script>\n");
  }

  /** Returns the whole page. */
  public String html() {
    String style =
        styles.stream().map(Resources::library).collect(Collectors.joining())
            + Resources.own("page.css")
            + shapes.rules();
    String script = Scripts.of(charts, scripts);
    String echarts = charts ? Resources.echarts() : "";
    policy.script(script);
    if (charts) {
      policy.script(echarts);
    }
    policy.style(style);
    Markup head = new Markup();
    head.open("head").line();
    head.leaf("meta", "charset", "utf-8").line();
    head.leaf("meta", "http-equiv", "Content-Security-Policy", "content", policy.text()).line();
    head.leaf("meta", "name", "viewport", "content", "width=device-width, initial-scale=1").line();
    head.leaf("meta", "name", "color-scheme", "content", "light dark").line();
    head.leaf("meta", "name", "referrer", "content", "no-referrer").line();
    head.leaf("meta", "name", "generator", "content", "sparkpy-social").line();
    head.element("title", title).line();
    head.trusted("<style>").trusted(style).trusted("</style>").line();
    head.close();
    StringBuilder page = new StringBuilder(64_000 + echarts.length());
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n").append(head).append("\n<body>\n");
    page.append(body).append('\n').append(data);
    if (charts) {
      ObjectNode themes = Json.object();
      themes.set("light", ChartTheme.of(Theme.LIGHT));
      themes.set("dark", ChartTheme.of(Theme.DARK));
      page.append("<script type=\"application/json\" id=\"themes\">")
          .append(Json.script(themes))
          .append("</script>\n");
      if (maps) {
        page.append("<script type=\"application/json\" id=\"outlines\">")
            .append(Outlines.geoJson())
            .append("</script>\n");
      }
      page.append("<script>").append(echarts).append("</script>\n");
    }
    return page.append("<script>")
        .append(script)
        .append("</script>\n</body>\n</html>\n")
        .toString();
  }
}
