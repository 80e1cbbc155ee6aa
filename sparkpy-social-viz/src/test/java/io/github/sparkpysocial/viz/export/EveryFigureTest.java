package io.github.sparkpysocial.viz.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.viz.Documents;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.HostileText;
import io.github.sparkpysocial.viz.Samples;
import io.github.sparkpysocial.viz.Theme;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** What each figure keeps to, whichever it is. */
class EveryFigureTest {
  private static final int MILLION = 1_000_000;

  static List<Figure> plain() {
    return Samples.figures(List.of("streaming", "kafka", "spark", "lisbon"));
  }

  static List<Figure> hostile() {
    return Samples.figures(HostileText.CORPUS);
  }

  static List<Figure> ofMillions() {
    return Samples.figures(
        List.of("a".repeat(MILLION), "b ".repeat(MILLION / 2), "\uD83D\uDD25".repeat(MILLION / 2)));
  }

  @ParameterizedTest
  @MethodSource("plain")
  void hasItsDataAsATableAndAsCsv(Figure figure) throws JsonProcessingException {
    String html = Exporters.html().toHtml(figure);
    Document page = Documents.parseHtml(html);

    assertThat(Documents.elements(page, "td")).isNotEmpty();
    Element button =
        Documents.elements(page, "button").stream()
            .filter(candidate -> candidate.hasAttribute("data-csv"))
            .findFirst()
            .orElseThrow();
    String data =
        Documents.raw(
                html,
                "<script type=\"application/json\" id=\"" + button.getAttribute("data-csv") + "\">")
            .get(0);
    assertThat(new ObjectMapper().readTree(data)).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("plain")
  void isReachedByKeyboardAndToldInWords(Figure figure) {
    Document page = Documents.parseHtml(Exporters.html().toHtml(figure));

    assertThat(Documents.elements(page))
        .anyMatch(
            element ->
                element.getAttribute("aria-label").startsWith(figure.summary())
                    && (element.getAttribute("tabindex").equals("0")
                        || element.hasAttribute("data-city"))); // Leaflet makes it reachable
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void isAPictureOfHostileTextToo(Figure figure) throws IOException {
    assertThat(isBlank(picture(figure))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("ofMillions")
  void cutsAMillionCharactersAndIsNeverBlank(Figure figure) throws IOException {
    String svg = Exporters.svg().toSvg(figure);
    String html = Exporters.html().toHtml(figure);

    assertThat(longest(svg)).isLessThan(2_000);
    assertThat(longest(html)).isLessThan(5_000);
    assertThat(svg).contains("…");
    assertThat(isBlank(picture(figure))).isFalse();
  }

  /** Returns how often a letter of the long texts is repeated at most. */
  private static int longest(String text) {
    int longest = 0;
    for (String letter : List.of("a", "b ", "\uD83D\uDD25")) {
      int run = 0;
      for (int at = text.indexOf(letter); at >= 0; ) {
        run++;
        longest = Math.max(longest, run);
        int next = at + letter.length();
        if (text.startsWith(letter, next)) {
          at = next;
        } else {
          run = 0;
          at = text.indexOf(letter, next);
        }
      }
    }
    return longest;
  }

  private static BufferedImage picture(Figure figure) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Exporters.png(Theme.LIGHT, 0.5).write(figure, out);
    return ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
  }

  private static boolean isBlank(BufferedImage image) {
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    int paper = pixels[0];
    for (int pixel : pixels) {
      if (pixel != paper) {
        return false;
      }
    }
    return true;
  }
}
