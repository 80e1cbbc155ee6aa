package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Links;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.map.CityMap;
import io.github.sparkpysocial.viz.map.MapTiles;
import io.github.sparkpysocial.viz.map.Venue;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/** Draws meetings in a city. */
final class CityMapSheet implements SelfDrawn {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm", Locale.ENGLISH);
  private static final double MERCATOR_END = 85.05;
  private static final double LEAST_SPAN = 0.004; // degrees: a single venue shows its quarter

  private final CityMap map;

  CityMapSheet(CityMap map) {
    this.map = map;
  }

  @Override
  public void inline(Page page, String id) {
    Markup body = page.body();
    if (map.venues().isEmpty()) {
      body.element("p", "No data", "class", "none", "id", id);
      return;
    }
    page.style("leaflet.css");
    page.script("leaflet.js");
    page.script("citymap.js");
    MapTiles tiles = map.tiles();
    if (tiles.kind() != MapTiles.Kind.NONE) {
      page.images(tiles.origin());
    }
    if (tiles.kind() == MapTiles.Kind.GOOGLE) {
      page.connections(tiles.origin());
      if (tiles.keyInFile() == null) {
        body.open("form", "class", "finder", "id", id + "-key");
        body.element("label", "Google Maps key", "for", id + "-key-text");
        body.leaf("input", "type", "password", "id", id + "-key-text", "autocomplete", "off");
        body.element("button", "Show streets", "type", "submit", "class", "csv");
        body.element("span", "stays in this page", "class", "quiet");
        body.close();
      }
    }
    body.element(
        "div",
        "",
        "class",
        "chart city " + page.shapeClass(map.size()),
        "id",
        id,
        "data-city",
        id + "-city",
        "role",
        "group",
        "aria-label",
        map.summary());
    page.addData(id + "-city", Json.script(json()));
  }

  private ObjectNode json() {
    ObjectNode json = Json.object();
    MapTiles tiles = map.tiles();
    json.put("kind", tiles.kind().name().toLowerCase(Locale.ROOT));
    json.put("template", tiles.template());
    json.put("attribution", Texts.shorten(tiles.attribution(), Texts.TITLE));
    json.put("link", tiles.attributionLink());
    json.put("maxZoom", tiles.maxZoom());
    Secret key = tiles.keyInFile();
    if (key != null) {
      json.put("key", key.reveal());
    }
    ArrayNode venues = json.putArray("venues");
    for (Venue venue : map.venues()) {
      ObjectNode one = venues.addObject();
      one.put("lat", venue.point().latitude()).put("lon", venue.point().longitude());
      one.put("group", Texts.shorten(venue.group(), Texts.LABEL));
      one.put("title", Texts.shorten(venue.title(), Texts.TITLE));
      one.put("time", time(venue));
      if (venue.attendees() != null) {
        one.put("people", venue.attendees());
      }
      one.put("address", TableData.label(venue.address()));
      one.put("url", Objects.requireNonNullElse(Links.safe(venue.link()), ""));
    }
    return json;
  }

  private static String time(Venue venue) {
    Instant start = venue.startsAt();
    return start == null
        ? ""
        : CLOCK.format(start.atZone(venue.zone())) + " (" + venue.zone().getId() + ')';
  }

  @Override
  public void table(Page page, String id) {
    TableData.Builder table =
        TableData.builder()
            .text("Group", "Next meeting", "When", "Address")
            .number("People", "Latitude", "Longitude")
            .text("Link");
    for (Venue venue : map.venues()) {
      table.row(
          TableData.label(venue.group()),
          Texts.shorten(venue.title(), Texts.TITLE),
          time(venue),
          TableData.label(venue.address()),
          venue.attendees() == null ? "" : venue.attendees().toString(),
          TableData.plain(venue.point().latitude()),
          TableData.plain(venue.point().longitude()),
          Objects.requireNonNullElse(Links.safe(venue.link()), ""));
    }
    TableData built = table.build();
    page.table(id, built, true, built.rows().size());
  }

  @Override
  public String svg(Theme theme) {
    SvgPaper paper = new SvgPaper(map, theme);
    if (map.venues().isEmpty()) {
      paper.noData();
      return paper.end();
    }
    double west = map.venues().stream().mapToDouble(v -> v.point().longitude()).min().orElse(0);
    double east = map.venues().stream().mapToDouble(v -> v.point().longitude()).max().orElse(0);
    double north = map.venues().stream().mapToDouble(v -> up(v.point().latitude())).max().orElse(0);
    double south = map.venues().stream().mapToDouble(v -> up(v.point().latitude())).min().orElse(0);
    double width = paper.width() - 80.0;
    double height = Math.max(20, paper.height() - paper.top() - 70.0);
    double scale =
        Math.min(
            width / Math.max(LEAST_SPAN, east - west),
            height / Math.max(LEAST_SPAN, north - south));
    double middleX = paper.width() / 2.0;
    double middleY = paper.top() + 20 + height / 2;
    grid(paper, scale);
    NetworkStyle.Room room = new NetworkStyle.Room();
    for (Venue venue : map.venues()) {
      double x = middleX + scale * (venue.point().longitude() - (west + east) / 2);
      double y = middleY - scale * (up(venue.point().latitude()) - (north + south) / 2);
      paper.out().open("g");
      paper.out().element("title", Texts.shorten(venue.title(), Texts.TITLE) + ' ' + time(venue));
      paper.mark("circle", x, y, 6, paper.palette().series(0), 1);
      paper.out().close().line();
      String label = Texts.shorten(venue.group(), Texts.WORD);
      double wide = SvgPaper.width(label, 12);
      double left = x + 10 + wide > paper.width() - 6 ? x - 10 - wide : x + 10;
      if (!label.isEmpty() && left > 2 && room.take(left, y - 9, left + wide, y + 9)) {
        paper.halo(label, left, y + 4, 12, "start", paper.palette().ink());
      }
    }
    return paper.end();
  }

  /** How far north on the Mercator projection, in degrees at the equator. */
  private static double up(double latitude) {
    double bounded = Math.max(-MERCATOR_END, Math.min(MERCATOR_END, latitude));
    double radians = Math.toRadians(bounded) / 2 + Math.PI / 4;
    return Math.toDegrees(StrictMath.log(StrictMath.tan(radians)));
  }

  /** Lines so many degrees apart that about eight go across. */
  private static void grid(SvgPaper paper, double scale) {
    double wanted = paper.width() / scale / 8;
    double power = Math.pow(10, Math.floor(Math.log10(wanted)));
    double step = (wanted / power > 5 ? 10 : wanted / power > 2 ? 5 : 2) * power;
    for (double x = 0; x < paper.width(); x += step * scale) {
      line(paper, x, paper.top(), x, paper.height());
    }
    for (double y = paper.top(); y < paper.height(); y += step * scale) {
      line(paper, 0, y, paper.width(), y);
    }
    paper.text(
        String.format(Locale.ROOT, "a square is %s degrees wide", TableData.plain(round(step))),
        paper.width() - 12,
        paper.height() - 12,
        11,
        "end",
        paper.palette().muted(),
        null);
  }

  private static double round(double step) {
    return Math.rint(step * 1e6) / 1e6;
  }

  private static void line(SvgPaper paper, double x1, double y1, double x2, double y2) {
    paper
        .out()
        .leaf(
            "line",
            "x1",
            SvgPaper.number(x1),
            "y1",
            SvgPaper.number(y1),
            "x2",
            SvgPaper.number(x2),
            "y2",
            SvgPaper.number(y2),
            "stroke",
            paper.palette().line());
  }
}
