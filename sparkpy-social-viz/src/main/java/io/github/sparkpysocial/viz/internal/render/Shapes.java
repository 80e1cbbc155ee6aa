package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.Size;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** The shapes of the figures on a page, as classes of its style sheet. Not thread-safe. */
final class Shapes {
  private static final int LEAST_HEIGHT = 300;

  private final Set<Size> sizes = new LinkedHashSet<>();

  /** Returns the name of the class for a figure of a size. */
  String name(Size size) {
    sizes.add(size);
    return "w" + size.width() + "h" + size.height();
  }

  /** Returns rules: as wide as the page allows, as high as the shape asks, within reason. */
  String rules() {
    StringBuilder rules = new StringBuilder();
    for (Size size : sizes) {
      int width = size.width();
      int height = size.height();
      rules.append(
          String.format(
              Locale.ROOT,
              ".w%1$dh%2$d{aspect-ratio:%1$d/%2$d;min-height:min(%2$dpx,%3$dpx);max-height:%4$dpx}%n",
              width,
              height,
              Math.min(height, LEAST_HEIGHT),
              Math.max(height, LEAST_HEIGHT)));
    }
    return rules.toString().replace(System.lineSeparator(), "\n");
  }
}
