package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Palette;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.map.CountryValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Divides the numbers of countries into at most five classes, each with its colour: by equal steps,
 * or by equal ratios where the largest is twenty times the smallest.
 */
final class CountryClasses {
  private static final int MOST = 5;
  private static final double SKEWED = 20;

  private final List<Double> bounds = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();

  CountryClasses(List<CountryValue> countries) {
    double[] values =
        countries.stream()
            .mapToDouble(CountryValue::value)
            .filter(value -> value > 0)
            .sorted()
            .distinct()
            .toArray();
    if (values.length <= MOST) {
      for (double value : values) {
        bounds.add(value);
        labels.add(Texts.number(value));
      }
      return;
    }
    double least = values[0];
    double most = values[values.length - 1];
    boolean skewed = most / least >= SKEWED;
    boolean whole = countries.stream().allMatch(c -> c.value() == Math.rint(c.value()));
    double from = least;
    for (int i = 1; i <= MOST; i++) {
      double share = (double) i / MOST;
      double bound =
          skewed ? least * Math.pow(most / least, share) : least + (most - least) * share;
      double to = i == MOST ? most : whole && bound < 100 ? Math.rint(bound) : rounded(bound);
      if (to > from || i == MOST) {
        bounds.add(to);
        labels.add(
            i == 1
                ? "up to " + Texts.number(to)
                : "over " + Texts.number(from) + " to " + Texts.number(to));
        from = to;
      }
    }
  }

  private static double rounded(double value) {
    double step = Math.pow(10, Math.floor(Math.log10(value)) - 1);
    return Math.rint(value / step) * step;
  }

  /** Returns what each class holds, the smallest first. */
  List<String> labels() {
    return labels;
  }

  /** Returns the class of a number, or -1 for zero. */
  int of(double value) {
    for (int i = 0; i < bounds.size() && value > 0; i++) {
      if (value <= bounds.get(i)) {
        return i;
      }
    }
    return value > 0 ? bounds.size() - 1 : -1;
  }

  /** Returns a colour for each class, the nearer to the colour of series the higher. */
  List<String> colours(Theme theme) {
    Palette palette = Palette.of(theme);
    List<String> colours = new ArrayList<>();
    for (int i = 0; i < bounds.size(); i++) {
      double share = bounds.size() == 1 ? 0.6 : 0.18 + 0.72 * i / (bounds.size() - 1);
      colours.add(mixed(palette.land(), palette.series(0), share));
    }
    return colours;
  }

  private static String mixed(String from, String to, double share) {
    StringBuilder mixed = new StringBuilder("#");
    for (int i = 1; i < 7; i += 2) {
      int a = Integer.parseInt(from, i, i + 2, 16);
      int b = Integer.parseInt(to, i, i + 2, 16);
      mixed.append(String.format(Locale.ROOT, "%02x", Math.round(a + (b - a) * share)));
    }
    return mixed.toString();
  }
}
