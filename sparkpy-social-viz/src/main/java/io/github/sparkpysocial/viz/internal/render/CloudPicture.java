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
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Draws an arranged word cloud as SVG or pixels, from the same places. */
final class CloudPicture {
  static final String EMPTY = "No terms to draw";
  private static final int TITLE_BAND = 44;

  private final WordCloud cloud;
  private final WordCloudLayout layout;
  private final Map<String, Integer> groups = new HashMap<>();

  CloudPicture(WordCloud cloud, WordCloudLayout layout) {
    this.cloud = cloud;
    this.layout = layout;
    for (PlacedTerm placed : layout.placed()) {
      String group = placed.term().group();
      if (group != null) {
        groups.putIfAbsent(group, groups.size());
      }
    }
  }

  /** Returns the index of a term's group, or -1 if the cloud has less than two. */
  private int group(PlacedTerm placed) {
    String group = placed.term().group();
    return group == null || groups.size() < 2 ? -1 : groups.getOrDefault(group, -1);
  }

  private static int shade(int rank) {
    return rank < 3 ? 0 : rank % 3;
  }

  private String colour(Palette palette, PlacedTerm placed, int rank) {
    int group = group(placed);
    return group < 0 ? palette.shade(palette.series(0), shade(rank)) : palette.series(group);
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
        "0 0 %d %d".formatted(size.width(), size.height()),
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
      openText(svg, placed, "fill", colour(palette, placed, rank));
      svg.element("title", hover(placed)).text(placed.shown()).close();
    }
    svg.line().close().line().close().line();
    return svg.toString();
  }

  /** Writes the cloud as part of a page, coloured by the page's style sheet. */
  void inline(Markup page) {
    page.open(
        "svg",
        "class",
        "cloud",
        "viewBox",
        "0 0 %d %d".formatted(cloud.size().width(), cloud.size().height()),
        "role",
        "img",
        "aria-label",
        cloud.summary());
    for (int rank = 0; rank < layout.placed().size(); rank++) {
      PlacedTerm placed = layout.placed().get(rank);
      int group = group(placed);
      openText(
          page,
          placed,
          "class",
          group < 0 ? "s" + shade(rank) : "g" + group % Palette.of(Theme.LIGHT).series().size(),
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

  /** Returns the size with the room for the title. */
  Size outerSize() {
    return hasTitle()
        ? Size.of(cloud.size().width(), Math.min(8192, cloud.size().height() + TITLE_BAND))
        : cloud.size();
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
      graphics.setColor(Color.decode(colour(palette, placed, rank)));
      graphics.translate(placed.x(), placed.y());
      if (placed.vertical()) {
        graphics.rotate(-Math.PI / 2);
      }
      TextShape.of(placed.shown()).draw(graphics, placed.fontSize());
      graphics.setTransform(whole);
    }
  }
}
