package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.map.CountryValue;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws the world. */
final class WorldMapSheet implements SelfDrawn {
  private static final double NORTH = 84;
  private static final double SOUTH = -56.5;
  private static final String CROWD = "several close together";

  private final WorldMap map;
  private final CountryClasses classes;
  private @Nullable MapData data;

  WorldMapSheet(WorldMap map) {
    this.map = map;
    this.classes = new CountryClasses(map.countries());
  }

  private MapData data() {
    MapData known = data;
    if (known == null) {
      known = new MapData(map.points());
      data = known;
    }
    return known;
  }

  @Override
  public void inline(Page page, String id) {
    Markup body = page.body();
    if (map.points().isEmpty() && map.countries().isEmpty()) {
      body.element("p", "No data", "class", "none", "id", id);
      return;
    }
    page.outlines();
    page.script("map.js");
    body.element(
        "div",
        "",
        "class",
        "chart " + page.shapeClass(map.size()),
        "id",
        id,
        "data-map",
        id + "-map",
        "data-rows-of",
        id + "-data",
        "tabindex",
        "0",
        "role",
        "group",
        "aria-roledescription",
        "map",
        "aria-label",
        map.summary() + " Arrow keys move it, plus and minus zoom.");
    body.open("div", "class", "zoom", "role", "group", "aria-label", "Zoom of the map");
    page.zoom(id, "in", "+", "Zoom in");
    page.zoom(id, "out", "−", "Zoom out");
    page.zoom(id, "all", "Whole world", null);
    body.close();
    body.open("div", "class", "picked", "id", id + "-picked", "aria-live", "polite").close();
    notes(body);
    page.addData(id + "-map", Json.script(json()));
  }

  private void notes(Markup body) {
    List<String> small =
        map.countries().stream()
            .filter(country -> !Outlines.has(country.code()))
            .map(country -> Outlines.name(country.code()))
            .sorted()
            .toList();
    if (!small.isEmpty()) {
      body.element(
          "p",
          "Too small to be coloured, in the table: "
              + String.join(", ", small.subList(0, Math.min(10, small.size())))
              + (small.size() > 10 ? " and more." : "."),
          "class",
          "skipped");
    }
    int told = data().table().rows().size();
    if (told < map.points().size()) {
      body.element(
          "p",
          "Who said what is in this page for %s of %s points, where and when for all."
              .formatted(Texts.number(told), Texts.number(map.points().size())),
          "class",
          "skipped");
    }
  }

  private ObjectNode json() {
    ObjectNode json = Json.object();
    data().pack(json);
    ArrayNode kinds = json.putArray("kinds");
    for (Place.Precision precision : MapKinds.ALL) {
      kinds.addArray().add(MapKinds.name(precision)).add(MapKinds.shape(precision));
    }
    json.put("crowd", CROWD);
    json.put("unit", Texts.shorten(map.unit(), Texts.LABEL));
    ArrayNode labels = json.putArray("classes");
    classes.labels().forEach(labels::add);
    ObjectNode shades = json.putObject("shades");
    for (Theme theme : Theme.values()) {
      ArrayNode colours = shades.putArray(theme.name().toLowerCase(Locale.ROOT));
      classes.colours(theme).forEach(colours::add);
    }
    ArrayNode countries = json.putArray("countries");
    for (CountryValue country : map.countries()) {
      if (Outlines.has(country.code())) {
        countries
            .addArray()
            .add(Outlines.name(country.code()))
            .add(country.value())
            .add(classes.of(country.value()));
      }
    }
    return json;
  }

  @Override
  public void table(Page page, String id) {
    if (!map.points().isEmpty()) {
      page.table(id, data().table(), true, map.points().size());
    }
    if (!map.countries().isEmpty()) {
      TableData countries = countries();
      page.table(id + "-countries", countries, true, countries.rows().size());
    }
  }

  private TableData countries() {
    List<List<String>> rows =
        map.countries().stream()
            .sorted(Comparator.comparingDouble(CountryValue::value).reversed())
            .map(
                country ->
                    List.of(
                        Outlines.name(country.code()),
                        country.code(),
                        Texts.number(country.value()).replace(",", "")))
            .toList();
    return new TableData(
        List.of(
            new TableData.Column("Country", false),
            new TableData.Column("Code", false),
            new TableData.Column(
                map.unit().isEmpty() ? "Value" : Texts.shorten(map.unit(), Texts.LABEL), true)),
        rows);
  }

  @Override
  public String svg(Theme theme) {
    SvgPaper paper = new SvgPaper(map, theme);
    List<SvgPaper.Key> keys = keys(paper, theme);
    Frame frame = new Frame(paper, keys.size() > 4 ? 60 : 40);
    land(paper, frame, theme);
    points(paper, frame);
    if (map.points().isEmpty() && map.countries().isEmpty()) {
      paper.noData();
    }
    paper.legend(keys);
    return paper.end();
  }

  /** Where the projected world lies on the paper. */
  private static final class Frame {
    private final double scale;
    private final double middleX;
    private final double middleY;

    Frame(SvgPaper paper, int below) {
      double halfWidth = EqualEarth.x(180, 0);
      double top = EqualEarth.y(NORTH);
      double bottom = EqualEarth.y(SOUTH);
      double width = paper.width() - 24.0;
      double height = Math.max(20, paper.height() - paper.top() - below);
      scale = Math.min(width / (2 * halfWidth), height / (bottom - top));
      middleX = paper.width() / 2.0;
      middleY = paper.top() + height / 2 - scale * (top + bottom) / 2;
    }

    double x(double longitude, double latitude) {
      return middleX + scale * EqualEarth.x(longitude, latitude);
    }

    double y(double latitude) {
      return middleY + scale * EqualEarth.y(latitude);
    }
  }

  private void land(SvgPaper paper, Frame frame, Theme theme) {
    Map<String, Integer> classOf = new HashMap<>();
    map.countries().forEach(c -> classOf.put(c.code(), classes.of(c.value())));
    List<String> colours = classes.colours(theme);
    for (Outlines.Country country : Outlines.all()) {
      StringBuilder path = new StringBuilder();
      for (double[] ring : country.rings()) {
        for (int i = 0; i < ring.length; i += 2) {
          path.append(i == 0 ? 'M' : 'L');
          path.append(SvgPaper.number(frame.x(ring[i], ring[i + 1]))).append(' ');
          path.append(SvgPaper.number(frame.y(ring[i + 1])));
        }
        path.append('Z');
      }
      int shade = classOf.getOrDefault(country.code(), -1);
      paper
          .out()
          .leaf(
              "path",
              "d",
              path.toString(),
              "fill",
              shade < 0 ? paper.palette().land() : colours.get(shade),
              "stroke",
              paper.palette().coast(),
              "stroke-width",
              "0.6")
          .line();
    }
  }

  private int pointColour() {
    return map.countries().isEmpty() ? 0 : 1;
  }

  private void points(SvgPaper paper, Frame frame) {
    List<MapPoint> points = map.points();
    double[] x = new double[points.size()];
    double[] y = new double[points.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = frame.x(points.get(i).point().longitude(), points.get(i).point().latitude());
      y[i] = frame.y(points.get(i).point().latitude());
    }
    String colour = paper.palette().series(pointColour());
    double opacity = map.countries().isEmpty() ? 0.88 : 1;
    List<Crowds.Crowd> crowds = Crowds.of(x, y);
    for (int i = crowds.size() - 1; i >= 0; i--) {
      Crowds.Crowd crowd = crowds.get(i);
      MapPoint first = points.get(crowd.first());
      paper.out().open("g");
      paper.out().element("title", crowd.size() == 1 ? told(first) : Texts.number(crowd.size()));
      if (crowd.size() == 1) {
        paper.mark(MapKinds.shape(first.precision()), crowd.x(), crowd.y(), 5, colour, opacity);
      } else {
        paper.mark("circle", crowd.x(), crowd.y(), crowd.radius(), colour, opacity);
        double size = crowd.size() < 1_000 ? 11 : 10;
        paper.text(
            shortNumber(crowd.size()),
            crowd.x(),
            crowd.y() + size * 0.36,
            size,
            "middle",
            paper.palette().panel(),
            "bold");
      }
      paper.out().close().line();
    }
  }

  private static String told(MapPoint point) {
    return Texts.shorten(point.author() + ' ' + point.text(), Texts.QUOTE);
  }

  static String shortNumber(int count) {
    if (count < 1_000) {
      return String.valueOf(count);
    }
    double thousands = count / 1_000.0;
    return thousands < 9.95
        ? String.format(Locale.ROOT, "%.1fk", thousands).replace(".0k", "k")
        : Math.round(thousands) + "k";
  }

  private List<SvgPaper.Key> keys(SvgPaper paper, Theme theme) {
    List<SvgPaper.Key> keys = new ArrayList<>();
    String colour = paper.palette().series(pointColour());
    for (Place.Precision precision : MapKinds.ALL) {
      if (map.points().stream().anyMatch(point -> point.precision() == precision)) {
        keys.add(new SvgPaper.Key(MapKinds.shape(precision), colour, MapKinds.name(precision)));
      }
    }
    if (map.points().size() > 1) {
      keys.add(new SvgPaper.Key("circle", colour, "number: " + CROWD));
    }
    List<String> colours = classes.colours(theme);
    String unit = Texts.shorten(map.unit(), Texts.WORD);
    if (!colours.isEmpty()) {
      keys.add(new SvgPaper.Key("", "", ""));
    }
    for (int i = 0; i < colours.size(); i++) {
      keys.add(
          new SvgPaper.Key("rect", colours.get(i), (classes.labels().get(i) + ' ' + unit).strip()));
    }
    return keys;
  }
}
