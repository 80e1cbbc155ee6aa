package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Palette;
import io.github.sparkpysocial.viz.internal.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An SVG document that this library draws itself. Not thread-safe. */
final class SvgPaper {
  private static final int MARGIN = 24;
  private static final double WIDTH_OF_A_LETTER = 0.56; // of the font's size, on average
  private static final double WIDTH_OF_AN_IDEOGRAM = 1.02;

  private final Markup out = new Markup();
  private final Size size;
  private final Palette palette;
  private final int top;

  SvgPaper(Figure figure, Theme theme) {
    this.size = figure.size();
    this.palette = Palette.of(theme);
    String title = Texts.shorten(figure.title(), Texts.TITLE);
    out.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "role",
        "img",
        "aria-labelledby",
        "title summary",
        "width",
        String.valueOf(size.width()),
        "height",
        String.valueOf(size.height()),
        "viewBox",
        "0 0 " + size.width() + ' ' + size.height(),
        "font-family",
        Fonts.STACK);
    out.line().element("title", title.isEmpty() ? "Picture" : title, "id", "title");
    out.line().element("desc", figure.summary(), "id", "summary").line();
    out.leaf("rect", "width", "100%", "height", "100%", "fill", palette.panel()).line();
    if (!title.isEmpty()) {
      String shown = fitting(title, 20, size.width() - 2.0 * MARGIN);
      text(shown, MARGIN, 36, 20, "start", palette.ink(), "bold");
    }
    top = title.isEmpty() ? 16 : 56;
  }

  Markup out() {
    return out;
  }

  Palette palette() {
    return palette;
  }

  /** Returns where the picture begins below its title. */
  int top() {
    return top;
  }

  int width() {
    return size.width();
  }

  int height() {
    return size.height();
  }

  void text(
      String text,
      double x,
      double y,
      double fontSize,
      String anchor,
      String fill,
      @Nullable String weight) {
    out.element(
        "text",
        text,
        "x",
        number(x),
        "y",
        number(y),
        "font-size",
        number(fontSize),
        "text-anchor",
        anchor,
        "font-weight",
        weight,
        "fill",
        fill);
    out.line();
  }

  /** Writes a text with a border in the colour of the ground, so that it is read on anything. */
  void halo(String text, double x, double y, double fontSize, String anchor, String fill) {
    out.element(
        "text",
        text,
        "x",
        number(x),
        "y",
        number(y),
        "font-size",
        number(fontSize),
        "text-anchor",
        anchor,
        "fill",
        palette.panel(),
        "stroke",
        palette.panel(),
        "stroke-width",
        "3",
        "stroke-linejoin",
        "round");
    text(text, x, y, fontSize, anchor, fill, null);
  }

  void noData() {
    text("No data", size.width() / 2.0, size.height() / 2.0, 18, "middle", palette.ink(), null);
  }

  /**
   * One entry of a legend.
   *
   * @param mark the name of the shape
   * @param colour of the shape
   * @param text beside it
   */
  record Key(String mark, String colour, String text) {}

  /**
   * Writes a legend in the middle of the lower edge, in as many lines as it needs; a key without a
   * text ends a line.
   */
  void legend(List<Key> keys) {
    double most = size.width() - 2.0 * MARGIN;
    double x = 0;
    int line = 0;
    double[] starts = new double[keys.size()];
    int[] lines = new int[keys.size()];
    double[] widths = new double[keys.size() + 1];
    for (int i = 0; i < keys.size(); i++) {
      double width = keys.get(i).text().isEmpty() ? 0 : 18 + width(keys.get(i).text(), 13) + 22;
      if (x > 0 && (x + width > most || (i > 0 && keys.get(i - 1).text().isEmpty()))) {
        line++;
        x = 0;
      }
      starts[i] = x;
      lines[i] = line;
      x += width;
      widths[line] = Math.max(widths[line], x - 22);
    }
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i).text().isEmpty()) {
        continue;
      }
      double left = (size.width() - widths[lines[i]]) / 2 + starts[i];
      double middle = size.height() - 20 - 20.0 * (line - lines[i]);
      mark(keys.get(i).mark(), left + 6, middle, 5.5, keys.get(i).colour(), 1);
      text(keys.get(i).text(), left + 18, middle + 4.5, 13, "start", palette.muted(), null);
    }
  }

  /** Writes a shape about a middle. */
  void mark(String shape, double x, double y, double r, String fill, double opacity) {
    String shown = opacity == 1 ? null : number(opacity);
    switch (shape) {
      case "diamond" ->
          polygon(fill, shown, x, y - r * 1.2, x + r * 1.2, y, x, y + r * 1.2, x - r * 1.2, y);
      case "triangle" ->
          polygon(
              fill, shown, x, y - r * 1.15, x + r * 1.1, y + r * 0.85, x - r * 1.1, y + r * 0.85);
      case "rect" -> polygon(fill, shown, x - r, y - r, x + r, y - r, x + r, y + r, x - r, y + r);
      default ->
          out.leaf(
              "circle",
              "cx",
              number(x),
              "cy",
              number(y),
              "r",
              number(r),
              "fill",
              fill,
              "fill-opacity",
              shown,
              "stroke",
              palette.panel());
    }
    out.line();
  }

  private void polygon(String fill, @Nullable String opacity, double... corners) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i < corners.length; i += 2) {
      points.append(i == 0 ? "" : " ").append(number(corners[i]));
      points.append(',').append(number(corners[i + 1]));
    }
    out.leaf(
        "polygon",
        "points",
        points.toString(),
        "fill",
        fill,
        "fill-opacity",
        opacity,
        "stroke",
        palette.panel());
  }

  /** Returns about how wide a text is drawn. */
  static double width(String text, double fontSize) {
    return text.codePoints()
            .mapToDouble(c -> c >= 0x1100 ? WIDTH_OF_AN_IDEOGRAM : WIDTH_OF_A_LETTER)
            .sum()
        * fontSize;
  }

  /** Returns the text, cut with an ellipsis to about this width. */
  static String fitting(String text, double fontSize, double most) {
    if (width(text, fontSize) <= most) {
      return text;
    }
    int letters = (int) Math.max(1, most / (WIDTH_OF_A_LETTER * fontSize) - 1);
    String cut = Texts.shorten(text, letters);
    while (letters > 1 && width(cut, fontSize) > most) {
      cut = Texts.shorten(text, --letters);
    }
    return cut;
  }

  /** Returns a coordinate with at most two places after the point. */
  static String number(double value) {
    long hundredths = Math.round(value * 100);
    long rest = Math.abs(hundredths % 100);
    String whole = (hundredths < 0 && hundredths > -100 ? "-" : "") + hundredths / 100;
    if (rest == 0) {
      return whole.equals("-0") ? "0" : whole;
    }
    return whole + '.' + (rest < 10 ? "0" + rest : rest % 10 == 0 ? "" + rest / 10 : "" + rest);
  }

  /** Ends the document. */
  String end() {
    return out.close().toString() + '\n';
  }
}
