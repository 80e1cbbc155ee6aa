package io.github.sparkpysocial.viz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.viz.export.Exporters;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class HostileTextTest {
  private static final Set<String> SVG_ELEMENTS =
      Set.of(
          "svg",
          "g",
          "rect",
          "path",
          "text",
          "title",
          "desc",
          "defs",
          "clipPath",
          "linearGradient",
          "stop",
          "polygon",
          "polyline",
          "circle",
          "ellipse",
          "line");

  static List<Figure> figures() {
    return Samples.figures(HostileText.CORPUS);
  }

  @ParameterizedTest
  @MethodSource("figures")
  void isTextInSvgOfEveryFigure(Figure figure) {
    String svg = Exporters.svg().toSvg(figure);

    Document document = Documents.parse(svg);
    assertThat(Documents.elements(document))
        .allSatisfy(
            element -> {
              assertThat(SVG_ELEMENTS).contains(element.getTagName());
              assertThat(attributes(element)).noneMatch(name -> name.startsWith("on"));
            });
    assertThat(document.getDocumentElement().getTextContent())
        .contains(HostileText.word(HostileText.CORPUS.get(0)));
  }

  @ParameterizedTest
  @MethodSource("figures")
  void isTextInThePageOfEveryFigure(Figure figure) {
    assertOnlyTextAndData(Exporters.html().toHtml(figure));
  }

  static Stream<Figure> figuresOfTheCorpus() {
    return HostileText.OF_STORES.stream().flatMap(texts -> Samples.figures(texts).stream());
  }

  @ParameterizedTest
  @MethodSource("figuresOfTheCorpus")
  void theCorpusThatStoresAreTriedWithIsTextToo(Figure figure) {
    assertThat(Documents.elements(Documents.parse(Exporters.svg().toSvg(figure))))
        .allSatisfy(
            element -> {
              assertThat(SVG_ELEMENTS).contains(element.getTagName());
              assertThat(attributes(element)).noneMatch(name -> name.startsWith("on"));
            });
    assertOnlyTextAndData(Exporters.html().toHtml(figure));
  }

  @Test
  void isTextOnADashboard() {
    String html = Samples.dashboard(HostileText.CORPUS).toHtml();

    assertOnlyTextAndData(html);
    String shown = Documents.parseHtml(html).getDocumentElement().getTextContent();
    assertThat(HostileText.CORPUS)
        .allSatisfy(text -> assertThat(shown).contains(HostileText.word(text)));
    assertThat(shown)
        .contains("image <img src=x onerror=\"window.__ran=1\">")
        .contains("entity &lt;b&gt; &amp;amp; &#60;script&#62; &xxe;");
  }

  @Test
  void isCutWithAnEllipsisWhereItIsTooLong() {
    String html = Samples.dashboard(HostileText.CORPUS).toHtml();

    String shown = Documents.parseHtml(html).getDocumentElement().getTextContent();
    assertThat(shown.contains("many words…")).isTrue();
    assertThat(shown.contains("a".repeat(4_100))).isFalse();
    assertThat(shown.length()).isLessThan(200_000);
  }

  private static void assertOnlyTextAndData(String html) {
    Document document = Documents.parseHtml(html);
    for (Element element : Documents.elements(document)) {
      assertThat(attributes(element))
          .noneMatch(name -> name.startsWith("on") || name.equals("style"));
      if (element.getTagName().equals("a")) {
        assertThat(element.getAttribute("href")).matches("(https?://|#).*");
      }
      assertThat(element.getTagName()).isNotIn("img", "iframe", "object", "embed", "base", "link");
    }
    List<String> scripts = Documents.raw(html, "<script>");
    assertThat(scripts).hasSizeBetween(1, 5);
    assertThat(scripts).noneMatch(script -> script.contains(HostileText.TRAP));
    assertThat(Documents.raw(html, "<style>")).hasSize(1);
    assertThat(html.codePoints())
        .noneMatch(c -> c == 0x2028 || c == 0x2029 || c == 0x202E || c == 0)
        .noneMatch(c -> c >= 0xD800 && c <= 0xDFFF);
    ObjectMapper json = new ObjectMapper();
    Documents.elements(document, "script").stream()
        .filter(script -> script.getAttribute("type").equals("application/json"))
        .map(script -> script.getAttribute("id"))
        .flatMap(
            id ->
                Documents.raw(html, "<script type=\"application/json\" id=\"" + id + "\">")
                    .stream())
        .forEach(
            data -> {
              assertThat(data).doesNotContain("<");
              try {
                assertThat(json.readTree(data).isContainerNode()).isTrue();
              } catch (JsonProcessingException e) {
                throw new AssertionError(e);
              }
            });
  }

  private static Set<String> attributes(Element element) {
    Set<String> names = new java.util.TreeSet<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      names.add(((Attr) element.getAttributes().item(i)).getName());
    }
    return names.stream().collect(Collectors.toUnmodifiableSet());
  }
}
