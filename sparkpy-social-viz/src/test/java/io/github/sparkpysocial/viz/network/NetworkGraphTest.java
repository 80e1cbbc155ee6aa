package io.github.sparkpysocial.viz.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.sparkpysocial.viz.Documents;
import io.github.sparkpysocial.viz.HostileText;
import io.github.sparkpysocial.viz.Samples;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.export.Exporters;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class NetworkGraphTest {

  @Test
  void thoseWhoHaveToDoWithEachOtherLieNear() {
    NetworkLayout layout = twoCircles().layout();

    double within = distance(layout, 0, 1) + distance(layout, 10, 11);
    double between = distance(layout, 0, 10) + distance(layout, 1, 11);
    assertThat(within).isLessThan(between);
    for (int i = 0; i < layout.size(); i++) {
      assertThat(layout.x(i)).isBetween(0.0, 1.0);
      assertThat(layout.y(i)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void theSameSeedGivesTheSamePicture() {
    NetworkGraph graph = Samples.network(List.of("one", "two", "three", "four"));

    assertThat(Exporters.svg().toSvg(graph)).isEqualTo(Exporters.svg().toSvg(graph));
    assertThat(Exporters.svg().toSvg(graph.withSeed(7))).isNotEqualTo(Exporters.svg().toSvg(graph));
  }

  @Test
  void pictureHasItsFactsAndItsSize() throws IOException {
    NetworkGraph graph = twoCircles();
    ByteArrayOutputStream png = new ByteArrayOutputStream();

    Document svg = Documents.parse(Exporters.svg().toSvg(graph));
    Exporters.png(Theme.DARK, 1).write(graph, png);

    assertThat(svg.getDocumentElement().getTextContent())
        .contains("Network of 20 nodes with 20 edges in 2 communities.", "node 0", "left", "right");
    assertThat(Documents.elements(svg, "circle")).hasSizeGreaterThanOrEqualTo(20);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    assertThat(image.getWidth()).isEqualTo(960);
    assertThat(image.getRGB(0, 0, 960, 540, null, 0, 960))
        .satisfies(
            pixels ->
                assertThat(java.util.Arrays.stream(pixels).distinct().count()).isGreaterThan(5));
  }

  @Test
  void graphMlHoldsEveryNodeAndEdgeWhateverTheirTexts() throws IOException {
    NetworkGraph graph = Samples.network(HostileText.CORPUS);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    GraphFiles.writeGraphMl(graph, out);

    Document xml = Documents.parse(out.toString(StandardCharsets.UTF_8));
    assertThat(Documents.elements(xml, "node")).hasSize(graph.nodes().size());
    assertThat(Documents.elements(xml, "edge")).hasSize(graph.edges().size());
    Element first = Documents.elements(xml, "node").get(0);
    assertThat(first.getTextContent()).contains(HostileText.CORPUS.get(0));
    assertThat(Documents.element(xml, "source", "n0").getAttribute("target")).isEqualTo("n1");
  }

  @Test
  void gexfHoldsEveryNodeWithItsPlace() throws IOException {
    NetworkGraph graph = Samples.network(HostileText.CORPUS);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    GraphFiles.writeGexf(graph, out);

    Document xml = Documents.parse(out.toString(StandardCharsets.UTF_8));
    assertThat(Documents.elements(xml, "node")).hasSize(graph.nodes().size());
    assertThat(Documents.elements(xml, "viz:position")).hasSize(graph.nodes().size());
    assertThat(Documents.element(xml, "id", "n0").getAttribute("label"))
        .isEqualTo(HostileText.CORPUS.get(0));
  }

  @Test
  void oneNodeAndNoneAreDrawn() {
    NetworkGraph one = NetworkGraph.of("One", List.of(NetworkNode.of("a", "person")), List.of());
    NetworkGraph none = NetworkGraph.of("None", List.of(), List.of());

    assertThat(Exporters.svg().toSvg(one)).contains(">a<").doesNotContain("NaN");
    assertThat(Exporters.svg().toSvg(none)).contains("No data");
    assertThat(Exporters.html().toHtml(none)).contains("No data");
  }

  @Test
  void nodesAtOneSpotAndTiesToOneselfDoNoHarm() {
    NetworkGraph.Builder star = NetworkGraph.builder("Star").node(NetworkNode.of("hub", "x"));
    for (int i = 0; i < 50; i++) {
      star.node(NetworkNode.of("leaf" + i, "x")).edge("leaf" + i, "hub", "t");
      star.edge("hub", "hub", "t");
    }

    NetworkLayout layout = star.build().layout();

    for (int i = 0; i < layout.size(); i++) {
      assertThat(layout.x(i)).isFinite();
      assertThat(layout.y(i)).isFinite();
    }
  }

  @Test
  void mistakesAreNamed() {
    NetworkNode a = NetworkNode.of("a", "person");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NetworkGraph.of("g", List.of(a, a), List.of()))
        .withMessage("Two nodes have the id 'a'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> NetworkGraph.of("g", List.of(a), List.of(NetworkEdge.of("a", "b", "star"))))
        .withMessageContaining("ends at the node 'b', which is not there");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.withWeight(Double.POSITIVE_INFINITY))
        .withMessageContaining("was Infinity");
  }

  private static NetworkGraph twoCircles() {
    List<NetworkNode> nodes = new ArrayList<>();
    List<NetworkEdge> edges = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      nodes.add(
          NetworkNode.of("n" + i, "person")
              .withLabel("node " + i)
              .withCommunity(i < 10 ? "left" : "right"));
      int first = i < 10 ? 0 : 10;
      edges.add(NetworkEdge.of("n" + i, "n" + (first + (i + 1) % 10), "reply"));
    }
    return NetworkGraph.of("Two circles", nodes, edges);
  }

  private static double distance(NetworkLayout layout, int a, int b) {
    return Math.hypot(layout.x(a) - layout.x(b), layout.y(a) - layout.y(b));
  }
}
