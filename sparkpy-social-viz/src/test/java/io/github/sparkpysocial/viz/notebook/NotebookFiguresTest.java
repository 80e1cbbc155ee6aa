package io.github.sparkpysocial.viz.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class NotebookFiguresTest {
  private static final String CHART =
      "io.github.sparkpysocial.viz.chart.BarChart.of(\"Words \\\"of\\\" <Spark>\","
          + " java.util.List.of(io.github.sparkpysocial.viz.chart.Bar.of(\"spark\", 3)))";

  private static JShellKernel kernel;

  @BeforeAll
  static void start() {
    kernel = JShellKernel.start();
  }

  @AfterAll
  static void stop() {
    kernel.close();
  }

  @Test
  void aFigureThatACellEndsWithShowsItself() {
    DisplayData shown = kernel.eval(CHART);

    String html = String.valueOf(shown.getData(MIMEType.TEXT_HTML));
    assertThat(html.substring(0, html.indexOf("&lt;html")))
        .isEqualToIgnoringNewLines(
            "<iframe title=\"Words &quot;of&quot; &lt;Spark>\" sandbox=\"allow-scripts"
                + " allow-downloads allow-popups\" srcdoc=\"&lt;!DOCTYPE html>");
    assertThat(html.substring(html.length() - 30)).endsWith("px;border:0\"></iframe>");
    assertThat(shown.getData(MIMEType.TEXT_PLAIN)).asString().contains("spark");
    assertThat(shown.hasDataForType(MIMEType.IMAGE_PNG)).isFalse();
  }

  @Test
  void nothingOfAPageGetsOutOfItsFrame() {
    String html = String.valueOf(kernel.eval(CHART).getData(MIMEType.TEXT_HTML));

    String inside = html.substring(html.indexOf("srcdoc=\"") + 8, html.indexOf("\" style=\"width"));
    assertThat(inside).doesNotContain("\"").doesNotContain("<");
    assertThat(inside).contains("Content-Security-Policy");
  }

  @Test
  void aPictureIsGivenWhenItIsAskedFor() {
    Object chart = kernel.evalRaw(CHART);

    DisplayData shown = kernel.getRenderer().renderAs(chart, "image/png", "image/svg+xml");

    byte[] png = Base64.getDecoder().decode(String.valueOf(shown.getData(MIMEType.IMAGE_PNG)));
    assertThat(png).startsWith(0x89, 'P', 'N', 'G');
    assertThat(String.valueOf(shown.getData(MIMEType.IMAGE_SVG))).startsWith("<svg");
    assertThat(shown.hasDataForType(MIMEType.TEXT_HTML)).isFalse();
  }

  @Test
  void aDashboardShowsItself() {
    DisplayData shown =
        kernel.eval(
            "io.github.sparkpysocial.viz.dashboard.Dashboard.builder(\"Community\").build()");

    assertThat(String.valueOf(shown.getData(MIMEType.TEXT_HTML)).substring(0, 25))
        .isEqualTo("<iframe title=\"Community\"");
    assertThat(shown.getData(MIMEType.TEXT_PLAIN)).isEqualTo("Dashboard: Community");
  }
}
