package io.github.sparkpysocial.viz;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads back what was written. */
public final class Documents {
  private static final Pattern RAW =
      Pattern.compile("<(script|style)([^>]*)>(.*?)</\\1>", Pattern.DOTALL);

  private Documents() {}

  /** Parses a document, or fails. */
  public static Document parse(String xml) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError("Not well-formed: " + e.getMessage(), e);
    }
  }

  /** Parses a page without what is inside its scripts and styles. */
  public static Document parseHtml(String html) {
    return parse(RAW.matcher(html).replaceAll("<$1$2></$1>"));
  }

  /** Returns the content of each script or style of a page whose opening tag matches. */
  public static List<String> raw(String html, String tag) {
    List<String> contents = new ArrayList<>();
    Matcher matcher = RAW.matcher(html);
    while (matcher.find()) {
      if (("<" + matcher.group(1) + matcher.group(2) + ">").equals(tag)) {
        contents.add(matcher.group(3));
      }
    }
    return contents;
  }

  /** Returns all elements, in order. */
  public static List<Element> elements(Document document) {
    return elements(document, "*");
  }

  /** Returns all elements of this name, in order. */
  public static List<Element> elements(Document document, String tag) {
    List<Element> elements = new ArrayList<>();
    NodeList nodes = document.getElementsByTagName(tag);
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /** Returns the element with this attribute, or fails. */
  public static Element element(Document document, String attribute, String value) {
    return elements(document).stream()
        .filter(element -> element.getAttribute(attribute).equals(value))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No element with " + attribute + "=" + value));
  }
}
