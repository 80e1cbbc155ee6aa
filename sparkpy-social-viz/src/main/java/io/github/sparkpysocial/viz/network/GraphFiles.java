package io.github.sparkpysocial.viz.network;

import io.github.sparkpysocial.viz.internal.WholeFile;
import io.github.sparkpysocial.viz.internal.XmlText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Objects;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/**
 * Writes graphs as files that Gephi, Cytoscape, NetworkX and others read. Ids of nodes become
 * {@code n0}, {@code n1} and so on, since XML cannot hold every id; the id itself is an attribute,
 * with characters that XML 1.0 forbids written as U+FFFD.
 */
public final class GraphFiles {
  private static final String GRAPHML = "http://graphml.graphdrawing.org/xmlns";
  private static final String GEXF = "http://gexf.net/1.3";

  private GraphFiles() {}

  /**
   * Writes a graph as GraphML (graphml.graphdrawing.org), directed, to a file that appears whole or
   * not at all.
   *
   * @throws IOException if the file cannot be written
   */
  public static void writeGraphMl(NetworkGraph graph, Path file) throws IOException {
    WholeFile.write(file, out -> writeGraphMl(graph, out));
  }

  /**
   * Writes a graph as GraphML in UTF-8, flushes the stream and leaves it open.
   *
   * @throws IOException if the stream fails
   */
  public static void writeGraphMl(NetworkGraph graph, OutputStream out) throws IOException {
    write(out, xml -> graphMl(graph, new Xml(xml)));
  }

  /**
   * Writes a graph as GEXF 1.3 (gexf.net), directed, with the places of its layout, to a file that
   * appears whole or not at all.
   *
   * @throws IOException if the file cannot be written
   */
  public static void writeGexf(NetworkGraph graph, Path file) throws IOException {
    WholeFile.write(file, out -> writeGexf(graph, out));
  }

  /**
   * Writes a graph as GEXF 1.3 in UTF-8, flushes the stream and leaves it open.
   *
   * @throws IOException if the stream fails
   */
  public static void writeGexf(NetworkGraph graph, OutputStream out) throws IOException {
    write(out, xml -> gexf(graph, graph.layout(), new Xml(xml)));
  }

  private interface Content {
    void writeTo(XMLStreamWriter xml) throws XMLStreamException;
  }

  private static void write(OutputStream out, Content content) throws IOException {
    try {
      XMLStreamWriter xml =
          XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      content.writeTo(xml);
      xml.writeEndDocument();
      xml.flush();
    } catch (XMLStreamException e) {
      throw e.getNestedException() instanceof IOException io
          ? io
          : new IOException("The graph could not be written: " + e.getMessage(), e);
    }
    out.flush();
  }

  private static void graphMl(NetworkGraph graph, Xml xml) throws XMLStreamException {
    xml.open("graphml", "xmlns", GRAPHML);
    for (String key : new String[] {"id", "label", "kind", "community", "note", "link"}) {
      xml.leaf("key", "id", key, "for", "node", "attr.name", key, "attr.type", "string");
    }
    xml.leaf("key", "id", "size", "for", "node", "attr.name", "weight", "attr.type", "double");
    xml.leaf("key", "id", "tie", "for", "edge", "attr.name", "kind", "attr.type", "string");
    xml.leaf("key", "id", "weight", "for", "edge", "attr.name", "weight", "attr.type", "double");
    xml.open("graph", "edgedefault", "directed");
    Numbers numbers = new Numbers(graph);
    for (NetworkNode node : graph.nodes()) {
      xml.open("node", "id", numbers.of(node.id()));
      data(xml, "id", node.id());
      data(xml, "label", node.label());
      data(xml, "kind", node.kind());
      data(xml, "community", node.community());
      data(xml, "size", String.valueOf(node.weight()));
      data(xml, "note", node.note());
      data(xml, "link", node.link());
      xml.close();
    }
    for (NetworkEdge edge : graph.edges()) {
      xml.open("edge", "source", numbers.of(edge.source()), "target", numbers.of(edge.target()));
      data(xml, "tie", edge.kind());
      data(xml, "weight", String.valueOf(edge.weight()));
      xml.close();
    }
    xml.close();
    xml.close();
  }

  private static void data(Xml xml, String key, @Nullable String value) throws XMLStreamException {
    if (value != null) {
      xml.open("data", "key", key);
      xml.text(value);
      xml.close();
    }
  }

  private static void gexf(NetworkGraph graph, NetworkLayout layout, Xml xml)
      throws XMLStreamException {
    xml.open("gexf", "xmlns", GEXF, "xmlns:viz", GEXF + "/viz", "version", "1.3");
    xml.open("graph", "defaultedgetype", "directed", "mode", "static");
    xml.open("attributes", "class", "node", "mode", "static");
    String[] names = {"id", "kind", "community", "note", "link"};
    for (int i = 0; i < names.length; i++) {
      xml.leaf("attribute", "id", String.valueOf(i), "title", names[i], "type", "string");
    }
    xml.leaf("attribute", "id", "5", "title", "weight", "type", "double");
    xml.close();
    xml.open("nodes");
    Numbers numbers = new Numbers(graph);
    for (int i = 0; i < graph.nodes().size(); i++) {
      NetworkNode node = graph.nodes().get(i);
      xml.open("node", "id", numbers.of(node.id()), "label", node.label());
      xml.open("attvalues");
      @Nullable String[] values = {
        node.id(),
        node.kind(),
        node.community(),
        node.note(),
        node.link(),
        String.valueOf(node.weight())
      };
      for (int v = 0; v < values.length; v++) {
        if (values[v] != null) {
          xml.leaf("attvalue", "for", String.valueOf(v), "value", values[v]);
        }
      }
      xml.close();
      xml.leaf(
          "viz:position",
          "x",
          String.valueOf(1000 * (layout.x(i) - 0.5)),
          "y",
          String.valueOf(1000 * (0.5 - layout.y(i))),
          "z",
          "0");
      xml.close();
    }
    xml.close();
    xml.open("edges");
    int number = 0;
    for (NetworkEdge edge : graph.edges()) {
      xml.leaf(
          "edge",
          "id",
          String.valueOf(number++),
          "source",
          numbers.of(edge.source()),
          "target",
          numbers.of(edge.target()),
          "kind",
          edge.kind(),
          "weight",
          String.valueOf(edge.weight()));
    }
    xml.close();
    xml.close();
    xml.close();
  }

  /** The number of each node by its id. */
  private static final class Numbers {
    private final java.util.Map<String, String> numbers = new java.util.HashMap<>();

    Numbers(NetworkGraph graph) {
      for (NetworkNode node : graph.nodes()) {
        numbers.put(node.id(), "n" + numbers.size());
      }
    }

    String of(String id) {
      return Objects.requireNonNull(numbers.get(id), id);
    }
  }

  /** Writes elements and attributes in which every text is legal in XML. */
  private static final class Xml {
    private final XMLStreamWriter out;

    Xml(XMLStreamWriter out) {
      this.out = out;
    }

    void open(String tag, @Nullable String... attributes) throws XMLStreamException {
      out.writeCharacters("\n");
      out.writeStartElement(tag);
      for (int i = 0; i < attributes.length; i += 2) {
        out.writeAttribute(
            String.valueOf(attributes[i]), XmlText.legal(String.valueOf(attributes[i + 1])));
      }
    }

    void leaf(String tag, @Nullable String... attributes) throws XMLStreamException {
      open(tag, attributes);
      close();
    }

    void text(String text) throws XMLStreamException {
      out.writeCharacters(XmlText.legal(text));
    }

    void close() throws XMLStreamException {
      out.writeEndElement();
    }
  }
}
