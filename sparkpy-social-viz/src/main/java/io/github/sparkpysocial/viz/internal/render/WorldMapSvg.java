package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.viz.Theme;
import io.github.sparkpysocial.viz.internal.Texts;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the world as SVG. */
record WorldMapSvg(WorldMap map, CountryClasses classes) {
  private static final double NORTH = 84;
  private static final double SOUTH = -56.5;

  String of(Theme theme) {
    SvgPaper paper = new SvgPaper(map, theme);
    List<SvgPaper.Key> keys = keys(paper, theme);
    Frame frame = new Frame(paper, keys.size() > 4 ? 60 : 40);
    land(paper, frame, theme);
    points(paper, frame);
    if (map.points().isEmpty() && map.countries().isEmpty()) {
      paper.noData();
    }
    paper.legend(keys);
    return paper.end();
  }

  /** Where the projected world lies on the paper. */
  private static final class Frame {
    private final double scale;
    private final double middleX;
    private final double middleY;

    Frame(SvgPaper paper, int below) {
      double halfWidth = EqualEarth.x(180, 0);
      double top = EqualEarth.y(NORTH);
      double bottom = EqualEarth.y(SOUTH);
      double width = paper.width() - 24.0;
      double height = Math.max(20, paper.height() - paper.top() - below);
      scale = Math.min(width / (2 * halfWidth), height / (bottom - top));
      middleX = paper.width() / 2.0;
      middleY = paper.top() + height / 2 - scale * (top + bottom) / 2;
    }

    double x(double longitude, double latitude) {
      return middleX + scale * EqualEarth.x(longitude, latitude);
    }

    double y(double latitude) {
      return middleY + scale * EqualEarth.y(latitude);
    }
  }

  private void land(SvgPaper paper, Frame frame, Theme theme) {
    Map<String, Integer> classOf = new HashMap<>();
    map.countries().forEach(c -> classOf.put(c.code(), classes.of(c.value())));
    List<String> colours = classes.colours(theme);
    for (Outlines.Country country : Outlines.all()) {
      StringBuilder path = new StringBuilder();
      for (double[] ring : country.rings()) {
        for (int i = 0; i < ring.length; i += 2) {
          path.append(i == 0 ? 'M' : 'L');
          path.append(SvgPaper.number(frame.x(ring[i], ring[i + 1]))).append(' ');
          path.append(SvgPaper.number(frame.y(ring[i + 1])));
        }
        path.append('Z');
      }
      int shade = classOf.getOrDefault(country.code(), -1);
      paper
          .out()
          .leaf(
              "path",
              "d",
              path.toString(),
              "fill",
              shade < 0 ? paper.palette().land() : colours.get(shade),
              "stroke",
              paper.palette().coast(),
              "stroke-width",
              "0.6")
          .line();
    }
  }

  private int pointColour() {
    return map.countries().isEmpty() ? 0 : 1;
  }

  private void points(SvgPaper paper, Frame frame) {
    List<MapPoint> points = map.points();
    double[] x = new double[points.size()];
    double[] y = new double[points.size()];
    for (int i = 0; i < x.length; i++) {
      x[i] = frame.x(points.get(i).point().longitude(), points.get(i).point().latitude());
      y[i] = frame.y(points.get(i).point().latitude());
    }
    String colour = paper.palette().series(pointColour());
    double opacity = map.countries().isEmpty() ? 0.88 : 1;
    List<Crowds.Crowd> crowds = Crowds.of(x, y);
    for (int i = crowds.size() - 1; i >= 0; i--) {
      Crowds.Crowd crowd = crowds.get(i);
      MapPoint first = points.get(crowd.first());
      paper.out().open("g");
      paper.out().element("title", crowd.size() == 1 ? told(first) : Texts.number(crowd.size()));
      if (crowd.size() == 1) {
        paper.mark(MapKinds.shape(first.precision()), crowd.x(), crowd.y(), 5, colour, opacity);
      } else {
        paper.mark("circle", crowd.x(), crowd.y(), crowd.radius(), colour, opacity);
        double size = crowd.size() < 1_000 ? 11 : 10;
        paper.text(
            shortNumber(crowd.size()),
            crowd.x(),
            crowd.y() + size * 0.36,
            size,
            "middle",
            paper.palette().panel(),
            "bold");
      }
      paper.out().close().line();
    }
  }

  private static String told(MapPoint point) {
    return Texts.shorten(point.author() + ' ' + point.text(), Texts.QUOTE);
  }

  private static String shortNumber(int count) {
    if (count < 1_000) {
      return String.valueOf(count);
    }
    double thousands = count / 1_000.0;
    return thousands < 9.95
        ? String.format(Locale.ROOT, "%.1fk", thousands).replace(".0k", "k")
        : Math.round(thousands) + "k";
  }

  private List<SvgPaper.Key> keys(SvgPaper paper, Theme theme) {
    List<SvgPaper.Key> keys = new ArrayList<>();
    String colour = paper.palette().series(pointColour());
    for (Place.Precision precision : MapKinds.ALL) {
      if (map.points().stream().anyMatch(point -> point.precision() == precision)) {
        keys.add(new SvgPaper.Key(MapKinds.shape(precision), colour, MapKinds.name(precision)));
      }
    }
    if (map.points().size() > 1) {
      keys.add(new SvgPaper.Key("circle", colour, "number: " + MapKinds.CROWD));
    }
    List<String> colours = classes.colours(theme);
    String unit = Texts.shorten(map.unit(), Texts.WORD);
    if (!colours.isEmpty()) {
      keys.add(new SvgPaper.Key("", "", ""));
    }
    for (int i = 0; i < colours.size(); i++) {
      keys.add(
          new SvgPaper.Key("rect", colours.get(i), (classes.labels().get(i) + ' ' + unit).strip()));
    }
    return keys;
  }
}
