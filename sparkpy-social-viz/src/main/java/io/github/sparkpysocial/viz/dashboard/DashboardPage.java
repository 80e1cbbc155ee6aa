package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.internal.Links;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.internal.render.Page;
import io.github.sparkpysocial.viz.internal.render.TableData;
import io.github.sparkpysocial.viz.internal.render.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a dashboard as a page. */
final class DashboardPage {
  private static final Pattern HERE = Pattern.compile("#[a-z][a-z0-9-]{0,63}");
  private static final int COLOURS = 8;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEEE d MMMM uuuu, HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MMM", Locale.ENGLISH);

  private final Dashboard dashboard;
  private final Page page;
  private final Markup out;

  DashboardPage(Dashboard dashboard) {
    this.dashboard = dashboard;
    this.page = new Page(dashboard.title());
    this.out = page.body();
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
      time(from, Times.day(from));
      out.literal(" – ");
      time(to, Times.day(to));
      out.close().close();
    }
    for (String note : dashboard.notes()) {
      out.element("span", Texts.shorten(note, Texts.QUOTE), "dir", "auto");
    }
  }

  private void time(Instant time, String shown) {
    out.element("time", shown, "datetime", time.toString());
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
    lead(section.lead());
    out.line().open("div", "class", "grid").line();
    for (Section.Panel panel : section.panels()) {
      out.open("div", "class", panel.width().name().toLowerCase(Locale.ROOT));
      component(panel.component());
      out.close().line();
    }
    out.close().close().line();
  }

  private void lead(@Nullable String lead) {
    if (lead != null && !Texts.clean(lead).isEmpty()) {
      out.element("p", Texts.shorten(lead, LEAD), "class", "lead", "dir", "auto");
    }
  }

  private static final int LEAD = 600;

  private void component(Component component) {
    if (component instanceof Tiles tiles) {
      tiles(tiles);
    } else if (component instanceof Ranking ranking) {
      ranking(ranking);
    } else if (component instanceof Table table) {
      table(table);
    } else if (component instanceof FigurePanel panel) {
      figure(panel);
    } else if (component instanceof Topics topics) {
      topics(topics);
    } else if (component instanceof Meetings meetings) {
      meetings(meetings);
    } else if (component instanceof Completeness completeness) {
      completeness(completeness);
    } else if (component instanceof TextBlock block) {
      text(block);
    } else {
      throw new IllegalStateException("No page for " + component.getClass());
    }
  }

  private void openPanel(String id, String title, String more) {
    page.takeId(id);
    boolean titled = !Texts.clean(title).isEmpty();
    out.open(
        "section",
        "class",
        ("panel " + more).strip(),
        "id",
        id,
        "aria-labelledby",
        titled ? id + "-title" : null);
    if (titled) {
      out.element("h3", Texts.shorten(title, Texts.TITLE), "id", id + "-title", "dir", "auto");
    }
  }

  private boolean none(List<?> items, String note) {
    if (items.isEmpty()) {
      out.element("p", note, "class", "none");
    }
    return items.isEmpty();
  }

  private void tiles(Tiles tiles) {
    page.takeId(tiles.id());
    out.open("dl", "class", "tiles", "id", tiles.id());
    for (Tile tile : tiles.tiles()) {
      out.open("div", "class", "tile", "data-fact", tile.fact(), "data-value", tile.value());
      out.element("dt", Texts.shorten(tile.label(), Texts.LABEL));
      out.open("dd", "class", "value");
      linked(Texts.shorten(tile.shown(), Texts.LABEL), tile.link());
      out.close();
      if (tile.note() != null) {
        out.element("dd", Texts.shorten(tile.note(), Texts.TITLE), "class", "note");
      }
      out.close();
    }
    out.close().line();
  }

  private void ranking(Ranking ranking) {
    openPanel(ranking.id(), ranking.title(), "");
    if (!none(ranking.entries(), "Nobody yet")) {
      double most =
          Math.max(
              Double.MIN_NORMAL,
              ranking.entries().stream().mapToDouble(Ranking.Entry::value).max().orElse(1));
      String unit = Texts.shorten(ranking.unit(), Texts.LABEL);
      scroll(ranking.title());
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
    linked(name, entry.link());
    badge(entry.network());
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

  private void scroll(String label) {
    out.open(
        "div",
        "class",
        "scroll",
        "tabindex",
        "0",
        "role",
        "region",
        "aria-label",
        Texts.shorten(label, Texts.LABEL));
  }

  /** Writes a text of a stranger, as a link where that is safe, isolated from what follows. */
  private void linked(String text, @Nullable String link) {
    String safe = Links.safe(link);
    if (link != null && HERE.matcher(link).matches()) {
      out.open("a", "href", link).element("bdi", text).close();
    } else if (safe == null) {
      out.element("bdi", text);
    } else {
      out.open("a", "href", safe, "rel", "noopener noreferrer", "target", "_blank");
      out.element("bdi", text);
      out.close();
    }
  }

  private void badge(@Nullable String network) {
    if (network == null || Texts.clean(network).isEmpty()) {
      return;
    }
    String name = Texts.shorten(network, Texts.WORD);
    String known =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "x" -> "X";
          case "github" -> "GitHub";
          case "meetup" -> "Meetup";
          case "mastodon" -> "Mastodon";
          case "bluesky" -> "Bluesky";
          default -> "";
        };
    out.literal(" ");
    out.element(
        "span",
        known.isEmpty() ? name : known,
        "class",
        known.isEmpty() ? "badge" : "badge " + known.toLowerCase(Locale.ROOT));
  }

  private static String plain(double value) {
    return value == Math.rint(value) && value < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }

  private void table(Table table) {
    openPanel(table.id(), table.title(), "");
    if (!none(table.rows(), "No rows")) {
      scroll(table.title());
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
          linked(Texts.shorten(row.get(i).shown(), Texts.QUOTE), row.get(i).link());
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
    openPanel(panel.id(), figure.title(), "");
    lead(panel.lead());
    page.figure(panel.id() + "-figure", figure);
    out.close();
  }

  private void topics(Topics topics) {
    page.takeId(topics.id());
    out.open("div", "class", "topics", "id", topics.id());
    none(topics.topics(), "No topics");
    for (int i = 0; i < topics.topics().size(); i++) {
      topic(topics.id() + "-" + i, i, topics.topics().get(i));
    }
    out.close();
  }

  private void topic(String id, int index, Topic topic) {
    out.line();
    out.open(
        "article",
        "class",
        "panel topic a" + index % COLOURS,
        "id",
        id,
        "aria-labelledby",
        id + "-title",
        "data-topic",
        String.valueOf(index),
        "data-posts",
        String.valueOf(topic.posts()));
    page.takeId(id);
    out.open("header");
    out.element(
        "h3", Texts.shorten(topic.title(), Texts.LABEL), "id", id + "-title", "dir", "auto");
    out.open("p", "class", "size");
    out.element("b", Texts.number(topic.posts()));
    out.literal(topic.posts() == 1 ? " post" : " posts");
    out.literal(String.format(Locale.ROOT, " · %.0f %%", 100 * topic.share()));
    out.close().close();
    page.picture(id + "-cloud", topic.cloud());
    if (!topic.terms().isEmpty()) {
      out.open("ul", "class", "chips", "aria-label", "Heaviest terms");
      for (String term : topic.terms()) {
        out.open("li").element("bdi", Texts.shorten(term, Texts.WORD)).close();
      }
      out.close();
    }
    if (!topic.quotes().isEmpty()) {
      out.open("div", "class", "quotes");
      for (Quote quote : topic.quotes()) {
        quote(quote);
      }
      out.close();
    }
    out.close();
  }

  private void quote(Quote quote) {
    out.open("blockquote");
    out.element("p", Texts.shorten(quote.text(), Texts.QUOTE), "dir", "auto");
    out.open("footer");
    String author = Texts.shorten(quote.author(), Texts.LABEL);
    Instant time = quote.time();
    linked(author.isEmpty() ? "unknown" : author, quote.link());
    badge(quote.network());
    if (time != null) {
      out.literal(" · ");
      time(time, Times.minute(time));
    }
    out.close().close();
  }

  private void meetings(Meetings meetings) {
    openPanel(meetings.id(), meetings.title(), "");
    if (!none(meetings.meetings(), "No meeting is announced")) {
      out.open("ol", "class", "meetings");
      for (Meeting meeting : meetings.meetings()) {
        meeting(meeting);
      }
      out.close();
    }
    out.close();
  }

  private void meeting(Meeting meeting) {
    ZonedDateTime start = meeting.startsAt().atZone(meeting.zone());
    out.line().open("li", "data-starts-at", meeting.startsAt().toString());
    out.open("div", "class", "day", "aria-hidden", "true");
    out.element("span", MONTH.format(start), "class", "m");
    out.element("span", String.valueOf(start.getDayOfMonth()), "class", "d");
    out.close().open("div");
    out.open("h4");
    linked(Texts.shorten(meeting.title(), Texts.TITLE), meeting.link());
    badge(meeting.network());
    out.close();
    out.open("p");
    out.element(
        "time",
        CLOCK.format(start),
        "datetime",
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(start));
    out.literal(" (" + meeting.zone().getId() + ")");
    out.close();
    String about =
        java.util.stream.Stream.of(meeting.group(), meeting.place())
            .filter(text -> text != null && !Texts.clean(text).isEmpty())
            .map(text -> Texts.shorten(String.valueOf(text), Texts.LABEL * 2))
            .collect(Collectors.joining(" · "));
    if (!about.isEmpty()) {
      out.element("p", about, "dir", "auto");
    }
    Long attendees = meeting.attendees();
    if (attendees != null) {
      out.element(
          "p",
          attendees == 1 ? "1 person comes" : Texts.number(attendees) + " people come",
          "data-fact",
          "attendees",
          "data-value",
          attendees.toString());
    }
    out.close().close();
  }

  private void completeness(Completeness completeness) {
    openPanel(completeness.id(), completeness.title(), "");
    if (!none(completeness.sources(), "No source")) {
      scroll(completeness.title());
      out.open("table").open("thead").open("tr");
      out.element("th", "Source", "scope", "col");
      for (String column :
          List.of(
              "Fetched", "New", "Known already", "Set aside", "Requests", "Waited", "Intervals")) {
        out.element("th", column, "scope", "col", "class", "num");
      }
      out.element("th", "Complete", "scope", "col");
      out.close().close().open("tbody");
      for (Completeness.Source source : completeness.sources()) {
        source(source);
      }
      out.close().close().close();
    }
    out.open("p", "class", "lead");
    out.literal("Deletions carried out: ");
    out.element(
        "b",
        Texts.number(completeness.deletions()),
        "data-fact",
        "deletions",
        "data-value",
        String.valueOf(completeness.deletions()));
    out.close().close();
  }

  private void source(Completeness.Source source) {
    String name = Texts.shorten(source.name(), Texts.LABEL);
    out.open("tr", "data-source", name);
    out.open("th", "scope", "row").element("bdi", name);
    if (source.place() != null) {
      out.element("span", Texts.shorten(source.place(), Texts.TITLE), "class", "place-uri");
    }
    out.close();
    number("fetched", source.fetched());
    number("new", source.added());
    number("duplicates", source.duplicates());
    number("quarantined", source.quarantined());
    number("requests", source.requests());
    out.element(
        "td",
        waited(source.waited()),
        "class",
        "num",
        "data-fact",
        "waited-seconds",
        "data-value",
        String.valueOf(source.waited().toSeconds()));
    number("intervals", source.intervals());
    out.open("td", "data-fact", "complete", "data-value", String.valueOf(source.complete()));
    out.element(
        "span",
        source.complete() ? "complete" : "has holes",
        "class",
        source.complete() ? "state yes" : "state no");
    if (source.note() != null) {
      out.element("span", Texts.shorten(source.note(), Texts.QUOTE), "class", "place-uri");
    }
    out.close().close();
  }

  private void number(String fact, long value) {
    out.element(
        "td",
        Texts.number(value),
        "class",
        "num",
        "data-fact",
        fact,
        "data-value",
        String.valueOf(value));
  }

  private static String waited(Duration waited) {
    long seconds = waited.toSeconds();
    if (seconds >= 3600) {
      return String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
    }
    return seconds >= 60
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : seconds + " s";
  }

  private void text(TextBlock block) {
    openPanel(block.id(), block.title(), "prose");
    for (String paragraph : block.paragraphs()) {
      out.element("p", Texts.shorten(paragraph, PARAGRAPH), "dir", "auto");
    }
    out.close();
  }

  private static final int PARAGRAPH = 4000;
}
