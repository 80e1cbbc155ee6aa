package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Palette;
import io.github.sparkpysocial.viz.internal.TextShape;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.wordcloud.PlacedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import io.github.sparkpysocial.viz.wordcloud.WordCloudLayout;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws an arranged word cloud as SVG or pixels, from the same places. */
final class CloudPicture {
  static final String EMPTY = "No terms to draw";
  private static final int TITLE_BAND = 44;
  private static final int KEY_ROW = 24;
  private static final int KEY_LEFT = 24;
  private static final int KEY_TEXT = 18;
  private static final double KEY_SIZE = 13;

  /** A key with its place, y being the base line below the cloud. */
  private record KeyPlace(CloudTones.Key key, int x, int y) {}

  private final WordCloud cloud;
  private final WordCloudLayout layout;
  private final CloudTones tones;
  private final List<KeyPlace> keys;

  CloudPicture(WordCloud cloud, WordCloudLayout layout) {
    this.cloud = cloud;
    this.layout = layout;
    this.tones = new CloudTones(cloud, layout);
    this.keys = keyPlaces();
  }

  /** Returns a whole SVG document. */
  String svg(Theme theme) {
    Palette palette = Palette.of(theme);
    Size size = outerSize();
    Markup svg = new Markup();
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "width",
        String.valueOf(size.width()),
        "height",
        String.valueOf(size.height()),
        "viewBox",
        "0 0 " + size.width() + " " + size.height(),
        "role",
        "img",
        "aria-labelledby",
        "title summary");
    svg.line().element("title", titleOr("Word cloud"), "id", "title");
    svg.line().element("desc", cloud.summary(), "id", "summary").line();
    svg.leaf("rect", "width", "100%", "height", "100%", "fill", palette.panel()).line();
    if (hasTitle()) {
      svg.element(
              "text",
              Texts.shorten(cloud.title(), Texts.LABEL),
              "x",
              "24",
              "y",
              "32",
              "font-family",
              Fonts.STACK,
              "font-size",
              "20",
              "font-weight",
              "700",
              "fill",
              palette.ink())
          .line();
    }
    svg.open(
        "g",
        "font-family",
        Fonts.STACK,
        "font-weight",
        "700",
        "transform",
        hasTitle() ? "translate(0 " + TITLE_BAND + ")" : null);
    if (layout.placed().isEmpty()) {
      svg.element(
          "text",
          EMPTY,
          "x",
          String.valueOf(cloud.size().width() / 2),
          "y",
          String.valueOf(cloud.size().height() / 2),
          "text-anchor",
          "middle",
          "font-size",
          "18",
          "fill",
          palette.muted());
    }
    for (int rank = 0; rank < layout.placed().size(); rank++) {
      PlacedTerm placed = layout.placed().get(rank);
      svg.line();
      openText(svg, placed, "fill", tones.of(placed, rank).colour(palette));
      svg.element("title", hover(placed)).text(placed.shown()).close();
    }
    svg.line().close().line();
    for (KeyPlace key : keys) {
      String y = String.valueOf(bottom() + key.y());
      svg.leaf(
          "rect",
          "x",
          String.valueOf(key.x()),
          "y",
          String.valueOf(bottom() + key.y() - 11),
          "width",
          "12",
          "height",
          "12",
          "rx",
          "3",
          "fill",
          key.key().tone().colour(palette));
      svg.element(
              "text",
              key.key().label(),
              "x",
              String.valueOf(key.x() + KEY_TEXT),
              "y",
              y,
              "font-family",
              Fonts.STACK,
              "font-size",
              decimal(KEY_SIZE),
              "font-weight",
              "700",
              "fill",
              palette.muted())
          .line();
    }
    svg.close().line();
    return svg.toString();
  }

  /** Writes the cloud as part of a page, coloured by the page's style sheet. */
  void inline(Markup page) {
    page.open(
        "svg",
        "class",
        "cloud",
        "tabindex",
        "0",
        "viewBox",
        "0 0 " + cloud.size().width() + " " + cloud.size().height(),
        "role",
        "img",
        "aria-label",
        cloud.summary());
    for (int rank = 0; rank < layout.placed().size(); rank++) {
      PlacedTerm placed = layout.placed().get(rank);
      openText(
          page,
          placed,
          "class",
          tones.of(placed, rank).styleClass(),
          "data-term",
          String.valueOf(rank));
      page.text(placed.shown()).close();
    }
    page.close();
  }

  private void openText(Markup out, PlacedTerm placed, String... more) {
    String[] attributes = new String[8 + more.length];
    attributes[0] = "transform";
    attributes[1] =
        "translate(%s %s)".formatted(decimal(placed.x()), decimal(placed.y()))
            + (placed.vertical() ? " rotate(-90)" : "");
    attributes[2] = "font-size";
    attributes[3] = decimal(placed.fontSize());
    attributes[4] = "textLength";
    attributes[5] = decimal(placed.length());
    attributes[6] = "lengthAdjust";
    attributes[7] = "spacingAndGlyphs";
    System.arraycopy(more, 0, attributes, 8, more.length);
    out.open("text", attributes);
  }

  private static String hover(PlacedTerm placed) {
    Long count = placed.term().count();
    return Texts.shorten(placed.term().text(), Texts.TITLE)
        + (count == null ? "" : ": " + Texts.number(count));
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  private boolean hasTitle() {
    return !Texts.clean(cloud.title()).isEmpty();
  }

  private String titleOr(String instead) {
    return hasTitle() ? Texts.shorten(cloud.title(), Texts.TITLE) : instead;
  }

  /** Returns the size with the room for the title and the key of the colours. */
  Size outerSize() {
    int last = keys.isEmpty() ? 0 : keys.get(keys.size() - 1).y() + KEY_ROW / 2;
    return Size.of(cloud.size().width(), Math.min(8192, bottom() + last));
  }

  private int bottom() {
    return cloud.size().height() + (hasTitle() ? TITLE_BAND : 0);
  }

  /** Returns what the colours say. */
  List<CloudTones.Key> keys() {
    return tones.keys();
  }

  /** Sets the keys in rows, as wide as the picture. */
  private List<KeyPlace> keyPlaces() {
    List<KeyPlace> places = new ArrayList<>();
    int x = KEY_LEFT;
    int y = KEY_ROW;
    for (CloudTones.Key key : tones.keys()) {
      int width = KEY_TEXT + KEY_LEFT + (int) TextShape.of(key.label()).advance(KEY_SIZE);
      if (x > KEY_LEFT && x + width > cloud.size().width()) {
        x = KEY_LEFT;
        y += KEY_ROW;
      }
      places.add(new KeyPlace(key, x, y));
      x += width;
    }
    return places;
  }

  /** Draws the cloud in pixels of {@link #outerSize()}. */
  void paint(Graphics2D graphics, Theme theme) {
    Palette palette = Palette.of(theme);
    Size size = outerSize();
    graphics.setColor(Color.decode(palette.panel()));
    graphics.fillRect(0, 0, size.width(), size.height());
    AffineTransform whole = graphics.getTransform();
    if (hasTitle()) {
      graphics.setColor(Color.decode(palette.ink()));
      graphics.translate(24, 32);
      TextShape.of(Texts.shorten(cloud.title(), Texts.LABEL)).draw(graphics, 20);
      graphics.setTransform(whole);
      graphics.translate(0, TITLE_BAND);
      whole = graphics.getTransform();
    }
    if (layout.placed().isEmpty()) {
      graphics.setColor(Color.decode(palette.muted()));
      TextShape note = TextShape.of(EMPTY);
      graphics.translate(
          (cloud.size().width() - note.advance(18)) / 2, cloud.size().height() / 2.0);
      note.draw(graphics, 18);
      graphics.setTransform(whole);
    }
    for (int rank = 0; rank < layout.placed().size(); rank++) {
      PlacedTerm placed = layout.placed().get(rank);
      graphics.setColor(Color.decode(tones.of(placed, rank).colour(palette)));
      graphics.translate(placed.x(), placed.y());
      if (placed.vertical()) {
        graphics.rotate(-Math.PI / 2);
      }
      TextShape.of(placed.shown()).draw(graphics, placed.fontSize());
      graphics.setTransform(whole);
    }
    if (hasTitle()) {
      graphics.translate(0, -TITLE_BAND);
      whole = graphics.getTransform();
    }
    for (KeyPlace key : keys) {
      graphics.translate(key.x(), bottom() + key.y());
      graphics.setColor(Color.decode(key.key().tone().colour(palette)));
      graphics.fillRoundRect(0, -11, 12, 12, 6, 6);
      graphics.setColor(Color.decode(palette.muted()));
      graphics.translate(KEY_TEXT, 0);
      TextShape.of(key.key().label()).draw(graphics, KEY_SIZE);
      graphics.setTransform(whole);
    }
  }
}
