package io.github.sparkpysocial.viz.internal.render;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The countries of the world; see NOTICE beside the file. Thread-safe. */
final class Outlines {
  private static final String FILE = "natural-earth-110m-countries.geojson";

  private Outlines() {}

  /**
   * A country.
   *
   * @param name its name in English
   * @param code its code of ISO 3166-1, or an empty text if it has none
   * @param rings longitude and latitude in turn, for each closed ring
   */
  record Country(String name, String code, List<double[]> rings) {}

  /** Read once, when the first map is drawn. */
  private static final class Read {
    static final String TEXT = Resources.own(FILE);
    static final List<Country> COUNTRIES = countries(Json.object(TEXT));
    static final Map<String, String> NAMES = names(COUNTRIES);
  }

  static String geoJson() {
    return Read.TEXT;
  }

  static List<Country> all() {
    return Read.COUNTRIES;
  }

  /** Returns whether a country is large enough to have an outline. */
  static boolean has(String code) {
    return Read.NAMES.containsKey(code);
  }

  /** Returns the name of a country, also of one without an outline. */
  static String name(String code) {
    return Read.NAMES.getOrDefault(
        code, new Locale.Builder().setRegion(code).build().getDisplayCountry(Locale.ENGLISH));
  }

  private static Map<String, String> names(List<Country> countries) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Country country : countries) {
      if (!country.code().isEmpty()) {
        names.put(country.code(), country.name());
      }
    }
    return Map.copyOf(names);
  }

  private static List<Country> countries(JsonNode collection) {
    List<Country> countries = new ArrayList<>();
    for (JsonNode feature : collection.path("features")) {
      JsonNode geometry = feature.path("geometry");
      List<double[]> rings = new ArrayList<>();
      if (geometry.path("type").asText().equals("Polygon")) {
        rings(geometry.path("coordinates"), rings);
      } else {
        geometry.path("coordinates").forEach(polygon -> rings(polygon, rings));
      }
      JsonNode properties = feature.path("properties");
      countries.add(
          new Country(
              properties.path("name").asText(),
              properties.path("iso").asText(),
              List.copyOf(rings)));
    }
    return List.copyOf(countries);
  }

  private static void rings(JsonNode polygon, List<double[]> rings) {
    for (JsonNode ring : polygon) {
      double[] corners = new double[2 * ring.size()];
      for (int i = 0; i < ring.size(); i++) {
        corners[2 * i] = ring.get(i).path(0).asDouble();
        corners[2 * i + 1] = ring.get(i).path(1).asDouble();
      }
      rings.add(corners);
    }
  }
}
