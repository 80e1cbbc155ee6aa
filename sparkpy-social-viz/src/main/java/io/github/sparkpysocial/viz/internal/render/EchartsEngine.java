package io.github.sparkpysocial.viz.internal.render;

import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.internal.Resources;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;
import org.mozilla.javascript.Function;
import org.mozilla.javascript.ScriptableObject;

/**
 * Runs ECharts in the JVM and takes the picture as SVG. The script is read once, which takes about
 * a second; then a chart takes a tenth. Thread-safe: one chart is drawn at a time.
 */
final class EchartsEngine {
  private static final String SHIM =
      """
      var globalThis = this, self = this;
      function setTimeout() { return 0; }
      function clearTimeout() {}
      var performance = { now: function () { return 0; } };
      """;

  // renderToString of the painter is internal to ECharts; its version is pinned and tested.
  private static final String DRAW =
      """
      function (option, theme, width, height) {
        var chart = echarts.init(null, JSON.parse(theme),
            { renderer: 'svg', ssr: true, width: width, height: height });
        try {
          var parsed = JSON.parse(option);
          parsed.animation = false;
          chart.setOption(parsed);
          return chart.getZr().painter.renderToString(
              { cssEmphasis: false, cssAnimation: false, useViewBox: true });
        } finally {
          chart.dispose();
        }
      }
      """;

  /** ECharts shortens a label by UTF-16 units, and leaves half a character, which XML forbids. */
  private static final Pattern HALF_A_CHARACTER = Pattern.compile("\\p{Cs}");

  private static @Nullable EchartsEngine instance;

  private final ContextFactory contexts = new InterpretingFactory();
  private final ScriptableObject scope;
  private final Function draw;

  private EchartsEngine() {
    Context context = contexts.enterContext();
    try {
      scope = context.initSafeStandardObjects();
      context.evaluateString(scope, SHIM, "shim", 1, null);
      context.evaluateString(scope, Resources.echarts(), "echarts", 1, null);
      draw = context.compileFunction(scope, DRAW, "draw", 1, null);
    } finally {
      Context.exit();
    }
  }

  /** Draws a chart. */
  static synchronized String svg(String option, String theme, Size size) {
    EchartsEngine engine = instance;
    if (engine == null) {
      engine = new EchartsEngine();
      instance = engine;
    }
    return engine.render(option, theme, size);
  }

  private String render(String option, String theme, Size size) {
    Context context = contexts.enterContext();
    try {
      Object svg =
          draw.call(
              context, scope, scope, new Object[] {option, theme, size.width(), size.height()});
      return HALF_A_CHARACTER.matcher(Context.toString(svg)).replaceAll("");
    } finally {
      Context.exit();
    }
  }

  /** ECharts is too large for Rhino's compiler, whose methods would pass the limit of the JVM. */
  private static final class InterpretingFactory extends ContextFactory {
    @Override
    protected Context makeContext() {
      Context context = super.makeContext();
      context.setLanguageVersion(Context.VERSION_ES6);
      context.setInterpretedMode(true);
      context.setGeneratingSource(false);
      return context;
    }
  }
}
