package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.GeoBox;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import java.util.List;

/**
 * A real city: what a network would say of it.
 *
 * @param name its English name
 * @param country the English name of its country
 * @param countryCode ISO 3166-1 alpha-2
 * @param centre its middle
 * @param timezone the IANA name of its time zone
 * @param language the language most spoken by the community's people there
 * @param weight how many of the community live there, relative to the others
 */
record City(
    String name,
    String country,
    String countryCode,
    GeoPoint centre,
    String timezone,
    String language,
    double weight) {

  static final List<City> ALL =
      List.of(
          city("Lisbon", "Portugal", "PT", 38.7223, -9.1393, "Europe/Lisbon", "pt", 8),
          city("Berlin", "Germany", "DE", 52.5200, 13.4050, "Europe/Berlin", "de", 7),
          city(
              "San Francisco",
              "United States",
              "US",
              37.7749,
              -122.4194,
              "America/Los_Angeles",
              "en",
              9),
          city("London", "United Kingdom", "GB", 51.5074, -0.1278, "Europe/London", "en", 9),
          city("New York", "United States", "US", 40.7128, -74.0060, "America/New_York", "en", 8),
          city("Bengaluru", "India", "IN", 12.9716, 77.5946, "Asia/Kolkata", "en", 9),
          city("São Paulo", "Brazil", "BR", -23.5505, -46.6333, "America/Sao_Paulo", "pt", 6),
          city("Paris", "France", "FR", 48.8566, 2.3522, "Europe/Paris", "fr", 6),
          city("Madrid", "Spain", "ES", 40.4168, -3.7038, "Europe/Madrid", "es", 5),
          city("Tokyo", "Japan", "JP", 35.6762, 139.6503, "Asia/Tokyo", "ja", 6),
          city("Toronto", "Canada", "CA", 43.6532, -79.3832, "America/Toronto", "en", 5),
          city("Sydney", "Australia", "AU", -33.8688, 151.2093, "Australia/Sydney", "en", 5),
          city("Singapore", "Singapore", "SG", 1.3521, 103.8198, "Asia/Singapore", "en", 4),
          city("Amsterdam", "Netherlands", "NL", 52.3676, 4.9041, "Europe/Amsterdam", "en", 4),
          city("Cairo", "Egypt", "EG", 30.0444, 31.2357, "Africa/Cairo", "ar", 3),
          city("Dubai", "United Arab Emirates", "AE", 25.2048, 55.2708, "Asia/Dubai", "ar", 2),
          city("Mexico City", "Mexico", "MX", 19.4326, -99.1332, "America/Mexico_City", "es", 4),
          city(
              "Buenos Aires",
              "Argentina",
              "AR",
              -34.6037,
              -58.3816,
              "America/Argentina/Buenos_Aires",
              "es",
              3),
          city("Nairobi", "Kenya", "KE", -1.2921, 36.8219, "Africa/Nairobi", "en", 3),
          city("Warsaw", "Poland", "PL", 52.2297, 21.0122, "Europe/Warsaw", "en", 3),
          city("Zürich", "Switzerland", "CH", 47.3769, 8.5417, "Europe/Zurich", "de", 3),
          city("Montréal", "Canada", "CA", 45.5019, -73.5674, "America/Toronto", "fr", 3),
          city("Tel Aviv", "Israel", "IL", 32.0853, 34.7818, "Asia/Jerusalem", "he", 2),
          city(
              "Cape Town", "South Africa", "ZA", -33.9249, 18.4241, "Africa/Johannesburg", "en", 2),
          city("Auckland", "New Zealand", "NZ", -36.8509, 174.7645, "Pacific/Auckland", "en", 2));

  private static City city(
      String name,
      String country,
      String countryCode,
      double latitude,
      double longitude,
      String timezone,
      String language,
      double weight) {
    return new City(
        name, country, countryCode, new GeoPoint(latitude, longitude), timezone, language, weight);
  }

  /** Returns city and country, as profiles and X's places spell it. */
  String fullName() {
    return name.equals(country) ? name : name + ", " + country;
  }

  /** Returns the id that X's places have here: sixteen hexadecimal digits. */
  String placeId() {
    long hash = 1125899906842597L;
    for (int i = 0; i < name.length(); i++) {
      hash = 31 * hash + name.charAt(i);
    }
    String hex = Long.toHexString(hash * 0x9E3779B97F4A7C15L);
    return "0".repeat(16 - hex.length()) + hex;
  }

  /** Returns the box around the city, about 22 km high. */
  Place box() {
    return Place.within(
        new GeoBox(
            new GeoPoint(round(centre.latitude() - 0.1), round(centre.longitude() - 0.14)),
            new GeoPoint(round(centre.latitude() + 0.1), round(centre.longitude() + 0.14))),
        placeId(),
        fullName(),
        countryCode);
  }

  /** Returns an exact point within a few kilometres of the middle. */
  Place pointNear(Rng rng) {
    GeoPoint point =
        new GeoPoint(
            round(centre.latitude() + 0.03 * rng.gaussian()),
            round(centre.longitude() + 0.04 * rng.gaussian()));
    return new Place(point, Place.Precision.POINT, box().box(), placeId(), fullName(), countryCode);
  }

  private static double round(double degrees) {
    return StrictMath.rint(degrees * 1e5) / 1e5;
  }
}
