package io.github.sparkpysocial.viz.internal.render;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.DocumentLimits;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import io.github.sparkpysocial.viz.Figure;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Json;
import io.github.sparkpysocial.viz.internal.MachineFonts;
import io.github.sparkpysocial.viz.internal.Markup;
import io.github.sparkpysocial.viz.internal.Palette;
import io.github.sparkpysocial.viz.internal.Recent;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Draws any figure of this library as SVG or pixels. Thread-safe. */
public final class Pictures {
  /** A picture of our own may hold more marks than a file of a stranger should. */
  private static final DocumentLimits LIMITS =
      new DocumentLimits(
          DocumentLimits.DEFAULT_MAX_NESTING_DEPTH,
          DocumentLimits.DEFAULT_MAX_USE_NESTING_DEPTH,
          1_000_000);

  private static final Pattern ROOT = Pattern.compile("^<svg ([^>]*)>");
  private static final Pattern DRAWING_NUMBER = Pattern.compile("(id=\"|url\\(#)zr\\d+-");
  private static final Pattern INVISIBLE_STROKE =
      Pattern.compile(" stroke=\"[^\"]*\" stroke-width=\"0\"");
  private static final Pattern SHORT_FONT =
      Pattern.compile("font:\\s*((?:[a-z]+\\s+|\\d{3}\\s+)*)(\\d+(?:\\.\\d+)?px)\\s+([^;\"]+)");
  private static final Pattern FONT_FAMILY = Pattern.compile("font-family:[^;\"]+");
  private static final Pattern BOLD = Pattern.compile("\\b(?:bold|bolder|[6-9]00)\\b");

  private static final Map<Theme, Recent<Figure, String>> CHARTS =
      Map.of(Theme.LIGHT, new Recent<>(), Theme.DARK, new Recent<>());

  private Pictures() {}

  /** Returns a whole SVG document with title and text alternative. */
  public static String svg(Figure figure, Theme theme) {
    if (figure instanceof WordCloud cloud) {
      return new CloudPicture(cloud, cloud.layout()).svg(theme);
    }
    SelfDrawn own = SelfDrawn.of(figure);
    if (own != null) {
      return own.svg(theme);
    }
    return Objects.requireNonNull(CHARTS.get(theme)).get(figure, chart -> chart(chart, theme));
  }

  private static String chart(Figure figure, Theme theme) {
    Drawing<Figure> drawing = Drawings.of(figure);
    String svg =
        EchartsEngine.svg(
            Json.script(drawing.option(figure, true)),
            Json.script(ChartTheme.of(theme)),
            figure.size());
    // ECharts counts its drawings up, and the number would make each copy of a picture differ.
    svg = DRAWING_NUMBER.matcher(svg).replaceAll("$1zr-");
    Matcher root = ROOT.matcher(svg);
    if (!root.find()) {
      throw new IllegalStateException("ECharts returned no SVG; is its version 6.0.0?");
    }
    String title = Texts.shorten(figure.title(), Texts.TITLE);
    Markup head = new Markup();
    head.line().element("title", title.isEmpty() ? "Chart" : title, "id", "title");
    head.line().element("desc", figure.summary(), "id", "summary").line();
    head.leaf("rect", "width", "100%", "height", "100%", "fill", Palette.of(theme).panel());
    return "<svg role=\"img\" aria-labelledby=\"title summary\" "
        + root.group(1)
        + ">"
        + head
        + svg.substring(root.end());
  }

  /** Returns the picture, with this many pixels for each CSS pixel. */
  public static BufferedImage image(Figure figure, Theme theme, double scale) {
    MachineFonts.require();
    if (figure instanceof WordCloud cloud) {
      CloudPicture picture = new CloudPicture(cloud, cloud.layout());
      BufferedImage image = blank(picture.outerSize(), theme, scale);
      Graphics2D graphics = graphics(image, scale);
      picture.paint(graphics, theme);
      graphics.dispose();
      return image;
    }
    String svg = forJsvg(svg(figure, theme));
    SVGDocument document =
        new SVGLoader()
            .load(
                new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)),
                null,
                LoaderContext.builder().documentLimits(LIMITS).build());
    if (document == null) {
      throw new IllegalStateException("The SVG of a chart could not be read back by jsvg");
    }
    Size size = figure.size();
    BufferedImage image = blank(size, theme, scale);
    Graphics2D graphics = graphics(image, scale);
    document.render(
        (@Nullable Component) null, graphics, new ViewBox(0, 0, size.width(), size.height()));
    graphics.dispose();
    return image;
  }

  private static BufferedImage blank(Size size, Theme theme, double scale) {
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(size.width() * scale),
            (int) Math.round(size.height() * scale),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.decode(Palette.of(theme).panel()));
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.dispose();
    return image;
  }

  private static Graphics2D graphics(BufferedImage image, double scale) {
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.scale(scale, scale);
    return graphics;
  }

  /**
   * Rewrites what jsvg 2.0.0 reads otherwise than browsers: a stroke of width 0 is drawn there, the
   * short form of {@code font} is not understood, and of several families only a name that Java
   * knows is taken.
   */
  private static String forJsvg(String svg) {
    String visible = INVISIBLE_STROKE.matcher(svg).replaceAll("");
    String expanded =
        SHORT_FONT
            .matcher(visible)
            .replaceAll(
                font ->
                    Matcher.quoteReplacement(
                        (BOLD.matcher(font.group(1)).find() ? "font-weight:bold;" : "")
                            + "font-size:"
                            + font.group(2)
                            + ";font-family:"
                            + font.group(3)));
    return FONT_FAMILY
        .matcher(expanded)
        .replaceAll("font-family:sans-serif")
        .replace(Fonts.ATTRIBUTE, "font-family=\"sans-serif\"");
  }
}
