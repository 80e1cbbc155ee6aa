package io.github.sparkpysocial.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.internal.render.PageHash;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each figure, full of hostile text, in a real browser that has no network. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class FiguresIT {
  private static final List<String> PLAIN = List.of("streaming", "kafka", "spark", "lisbon");

  /** Goes through all items by keyboard and returns what was shown, with what does not belong. */
  private static final String WALK =
      """
      holder => {
        const texts = [];
        const strange = new Set();
        for (let i = 0; i < 120; i++) {
          holder.dispatchEvent(
              new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true, cancelable: true }));
          document.querySelectorAll('.tip:not([hidden])').forEach(tip => {
            if (!tip.textContent) return;
            texts.push(tip.textContent);
            tip.querySelectorAll('*').forEach(part => {
              if (!['DIV', 'B', 'SPAN'].includes(part.tagName)) strange.add(part.tagName);
            });
          });
        }
        document.querySelectorAll('body img, body iframe, body object, body link, body form')
            .forEach(part => strange.add(part.tagName));
        if (window.__ran !== undefined) strange.add('a script ran');
        return { texts: texts, strange: [...strange] };
      }
      """;

  /** Where on the page the middle of the first item of a chart is. */
  private static final String FIRST_ITEM =
      """
      holder => {
        holder.scrollIntoView({ block: 'center', behavior: 'instant' });
        const chart = echarts.getInstanceByDom(holder);
        const box = holder.getBoundingClientRect();
        let found = null;
        chart.getModel().eachSeries(series => {
          const data = series.getData();
          const line = data.getLayout('points');
          if (line && !found && !series.get('silent')) found = [line[0] + 2, line[1] + 8];
          for (let i = 0; i < data.count() && !found && !series.get('silent'); i++) {
            const item = data.getItemGraphicEl(i);
            if (item) {
              const rect = item.getBoundingRect().clone();
              rect.applyTransform(item.getComputedTransform());
              if (rect.width > 1) found = [rect.x + rect.width / 2, rect.y + rect.height / 2];
            }
          }
        });
        return [found[0] + box.left, found[1] + box.top];
      }
      """;

  private static BrowserSession browser;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    browser = BrowserSession.start();
  }

  static Stream<Figure> hostile() {
    return figures(HostileText.CORPUS);
  }

  static Stream<Figure> charts() {
    return figures(PLAIN).filter(figure -> !(figure instanceof WordCloud));
  }

  /** Maps and networks have tests of their own. */
  private static Stream<Figure> figures(List<String> texts) {
    return Samples.figures(texts).stream()
        .filter(figure -> figure.getClass().getPackageName().matches(".*(chart|wordcloud)"));
  }

  private static Page open(Figure figure, int width, ColorScheme colours) throws IOException {
    Path file = folder.resolve(figure.getClass().getSimpleName() + ".html");
    Exporters.write(figure, file);
    Page page = browser.open(file, width, 800, colours);
    assertThat(browser.requests()).containsExactly(file.toUri().toString());
    return page;
  }

  private static void assertOnlyText(Page page) {
    Map<?, ?> walked = (Map<?, ?>) page.locator("[data-chart], [data-cloud]").evaluate(WALK);
    assertThat((List<?>) walked.get("strange")).isEmpty();
    assertThat((List<?>) walked.get("texts")).isNotEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileTextIsTextInEveryTooltipAndFitsAPhone(Figure figure) throws IOException {
    Page page = open(figure, 360, ColorScheme.LIGHT);

    Object over = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
    assertThat(((Number) over).intValue()).isLessThanOrEqualTo(0);
    page.locator("details.data summary").click();
    assertThat(page.locator("table tbody tr").count()).isPositive();
    page.setViewportSize(1000, 800);
    assertOnlyText(page);
    page.context().close();
  }

  @Test
  void aPlantedFormatterThatDoesNotEscapeIsCaught() throws IOException {
    Path file = folder.resolve("planted.html");
    String html = Exporters.html().toHtml(Samples.bars(HostileText.CORPUS));
    String planted =
        html.replace(
            "if (tip.h) content.appendChild(make('b', '', tip.h)).dir = 'auto';",
            "if (tip.h) content.innerHTML = tip.h;");
    assertThat(planted).isNotEqualTo(html);
    String before = script(html);
    String after = script(planted);
    Files.writeString(file, planted.replace(hash(before), hash(after)));
    Page page = browser.open(file, 1000, 800, ColorScheme.LIGHT);

    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> assertOnlyText(page));
    page.context().close();
  }

  private static String script(String html) {
    List<String> scripts = Documents.raw(html, "<script>");
    return scripts.get(scripts.size() - 1);
  }

  private static String hash(String script) {
    return PageHash.of(script);
  }

  @ParameterizedTest
  @MethodSource("charts")
  void hoverShowsWhatTheItemIsInBothThemes(Figure figure) throws IOException {
    Page page = open(figure, 1000, ColorScheme.DARK);
    Locator holder = page.locator("[data-chart]");
    assertThat(holder.getAttribute("aria-label")).isEqualTo(figure.summary());
    for (int theme = 0; theme < 2; theme++) {
      List<?> at = (List<?>) holder.evaluate(FIRST_ITEM);
      double x = ((Number) at.get(0)).doubleValue();
      double y = ((Number) at.get(1)).doubleValue();
      page.mouse().move(x - 3, y);
      page.mouse().move(x, y);
      Locator tip = page.locator(".tip:not(.floating):visible").first();
      tip.waitFor();
      assertThat(tip.innerText()).isNotBlank();
      page.mouse().move(2, 2);
      page.locator("button.theme").click();
    }
    assertThat(browser.complaints()).isEmpty();
    page.context().close();
  }

  @Test
  void aTimeSeriesZoomsByKeyboard() throws IOException {
    Page page = open(Samples.series(PLAIN), 1000, ColorScheme.LIGHT);
    page.locator("[data-chart]").focus();

    page.keyboard().press("+");
    assertThat(seen(page)).isEqualTo(50);
    page.keyboard().press("-");
    assertThat(seen(page)).isEqualTo(100);
    assertThat(browser.complaints()).isEmpty();
    page.context().close();
  }

  private static int seen(Page page) {
    Object seen =
        page.locator("[data-chart]")
            .evaluate(
                """
                holder => {
                  const zoom = echarts.getInstanceByDom(holder).getOption().dataZoom[0];
                  return Math.round(zoom.end - zoom.start);
                }
                """);
    return ((Number) seen).intValue();
  }

  @Test
  void wordsAreReachedByKeyboardAndReadOut() throws IOException {
    Page page = open(Samples.cloud(PLAIN), 1000, ColorScheme.DARK);
    page.locator("svg.cloud").focus();

    page.keyboard().press("ArrowRight");
    page.keyboard().press("ArrowRight");

    assertThat(page.locator(".tip:visible").innerText()).contains("kafka", "99×");
    assertThat(page.locator("[aria-live]").textContent()).contains("kafka");
    page.keyboard().press("Escape");
    assertThat(page.locator(".tip:visible").count()).isZero();
    page.context().close();
  }
}
