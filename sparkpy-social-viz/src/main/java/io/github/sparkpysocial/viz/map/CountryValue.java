package io.github.sparkpysocial.viz.map;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * A number that belongs to a country, for the colour of its area.
 *
 * @param code the country, ISO 3166-1 alpha-2 in capitals, such as {@code PT}
 * @param value the number, finite and at least 0
 */
public record CountryValue(String code, double value) {
  private static final Set<String> CODES = Set.of(Locale.getISOCountries());

  public CountryValue {
    Objects.requireNonNull(code, "code");
    if (!CODES.contains(code) && !code.equals("XK")) {
      throw new IllegalArgumentException(
          "A country is named by its code of ISO 3166-1 in two capitals, such as PT, was '"
              + code
              + "'");
    }
    if (!(Double.isFinite(value) && value >= 0)) {
      throw new IllegalArgumentException(
          "The value of country " + code + " is finite and at least 0, was " + value);
    }
  }

  /** Returns a value. */
  public static CountryValue of(String code, double value) {
    return new CountryValue(code, value);
  }
}
