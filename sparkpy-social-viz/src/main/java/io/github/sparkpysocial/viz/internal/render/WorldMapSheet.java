package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.map.CountryValue;
import io.github.sparkpysocial.viz.map.WorldMap;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Shows the world on a page. */
final class WorldMapSheet implements SelfDrawn {
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
    json.put("crowd", MapKinds.CROWD);
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
    return new WorldMapSvg(map, classes).of(theme);
  }
}
