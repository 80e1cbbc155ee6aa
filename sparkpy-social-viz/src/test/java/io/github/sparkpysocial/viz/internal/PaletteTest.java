package io.github.sparkpysocial.viz.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.viz.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaletteTest {
  /**
   * What a reader without one kind of cone sees, in linear RGB. Machado, Oliveira, Fernandes: "A
   * physiologically-based model for simulation of color vision deficiency", IEEE TVCG 15(6), 2009,
   * severity 1.0.
   */
  private static final Map<String, double[]> VISIONS =
      Map.of(
          "full",
          new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1},
          "protanopia",
          new double[] {
            0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
            1.051998
          },
          "deuteranopia",
          new double[] {
            0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940,
            0.968881
          },
          "tritanopia",
          new double[] {
            1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
            0.303900
          });

  @ParameterizedTest
  @EnumSource(Theme.class)
  void everyTextColourStandsOutFromItsBackground(Theme theme) {
    Palette palette = Palette.of(theme);
    List<String> colours = new ArrayList<>(palette.series());
    colours.add(palette.ink());
    colours.add(palette.muted());
    for (String colour : palette.series()) {
      colours.add(palette.shade(colour, 1));
      colours.add(palette.shade(colour, 2));
    }

    for (int step = 0; step <= Palette.STEPS; step++) {
      colours.add(palette.strength(step));
      colours.add(palette.sentiment(step));
      colours.add(palette.sentiment(-step));
    }

    for (String colour : colours) {
      assertThat(contrast(colour, palette.panel())).as(colour).isGreaterThanOrEqualTo(4.5);
      assertThat(contrast(colour, palette.paper())).as(colour).isGreaterThanOrEqualTo(4.5);
    }
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void coloursAreToldApartByEveryReader(Theme theme) {
    List<String> colours = Palette.of(theme).series();

    VISIONS.forEach(
        (vision, matrix) -> {
          for (int i = 0; i < colours.size(); i++) {
            for (int j = 0; j < i; j++) {
              assertThat(distance(colours.get(i), colours.get(j), matrix))
                  .as("%s and %s with %s", colours.get(i), colours.get(j), vision)
                  .isGreaterThan(i < 6 ? 15 : 10);
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void theStyleSheetNamesTheSameColours(Theme theme) {
    String style = Resources.own("page.css");
    Palette palette = Palette.of(theme);

    for (int i = 0; i < palette.series().size(); i++) {
      assertThat(style).contains("--c" + i + ": " + palette.series(i) + ";");
    }
    assertThat(style)
        .contains(
            "--paper: %s; --panel: %s; --ink: %s; --muted: %s; --line: %s;"
                .formatted(
                    palette.paper(),
                    palette.panel(),
                    palette.ink(),
                    palette.muted(),
                    palette.line()));
  }

  /** WCAG 2.2, "contrast ratio". */
  private static double contrast(String a, String b) {
    double la = luminance(linear(a));
    double lb = luminance(linear(b));
    return (Math.max(la, lb) + 0.05) / (Math.min(la, lb) + 0.05);
  }

  private static double luminance(double[] rgb) {
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  }

  private static double[] linear(String colour) {
    double[] rgb = new double[3];
    for (int i = 0; i < 3; i++) {
      double c = Integer.parseInt(colour, 1 + 2 * i, 3 + 2 * i, 16) / 255.0;
      rgb[i] = c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
    return rgb;
  }

  /** Distance in CIELAB (CIE 1976), D65; about 2.3 is just noticeable. */
  private static double distance(String a, String b, double[] vision) {
    double[] la = lab(seen(linear(a), vision));
    double[] lb = lab(seen(linear(b), vision));
    return Math.sqrt(
        Math.pow(la[0] - lb[0], 2) + Math.pow(la[1] - lb[1], 2) + Math.pow(la[2] - lb[2], 2));
  }

  private static double[] seen(double[] rgb, double[] matrix) {
    double[] out = new double[3];
    for (int i = 0; i < 3; i++) {
      double sum = 0;
      for (int j = 0; j < 3; j++) {
        sum += matrix[3 * i + j] * rgb[j];
      }
      out[i] = Math.min(1, Math.max(0, sum));
    }
    return out;
  }

  private static double[] lab(double[] rgb) {
    double x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047;
    double y = luminance(rgb);
    double z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883;
    return new double[] {116 * root(y) - 16, 500 * (root(x) - root(y)), 200 * (root(y) - root(z))};
  }

  private static double root(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }
}
