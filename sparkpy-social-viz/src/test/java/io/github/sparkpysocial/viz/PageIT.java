package io.github.sparkpysocial.viz;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages in a real browser that has no network. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class PageIT {
  private static final String ATTACK = "<img src=x onerror=\"window.__ran=1\"> & <b>bold</b>";
  private static final String RAN = "() => window.__ran === undefined ? 'no' : 'yes'";

  private static BrowserSession browser;

  @TempDir private static Path folder;
  private static Path dashboard;

  @BeforeAll
  static void start() throws IOException {
    browser = BrowserSession.start();
    dashboard = Samples.dashboard(HostileText.CORPUS).write(folder.resolve("dashboard"));
  }

  @Test
  void aDashboardAsksForNothingButItselfAndComplainsOfNothing() {
    Page page = browser.open(dashboard, 1280, 900, ColorScheme.LIGHT);

    assertThat(page.locator("canvas").count()).isGreaterThanOrEqualTo(4);
    assertThat(browser.requests()).containsExactly(dashboard.toUri().toString());
    assertThat(browser.complaints()).isEmpty();
    assertThat(page.evaluate(RAN)).isEqualTo("no");
    assertThat(page.locator("[data-fact=posts]").getAttribute("data-value")).isEqualTo("2000");
    page.context().close();
  }

  @Test
  void theCorpusThatStoresAreTriedWithDoesNothingToADashboard() throws IOException {
    for (List<String> texts : HostileText.OF_STORES) {
      Path file = Samples.dashboard(texts).write(folder.resolve("corpus"));
      Page page = browser.open(file, 1280, 900, ColorScheme.DARK);

      assertThat(page.locator("canvas").count()).isGreaterThanOrEqualTo(4);
      assertThat(browser.requests()).containsExactly(file.toUri().toString());
      assertThat(browser.complaints()).isEmpty();
      assertThat(page.evaluate(RAN)).isEqualTo("no");
      page.context().close();
    }
  }

  @Test
  void hoveringAWordShowsItsCountAndExamples() throws IOException {
    Path file = folder.resolve("cloud.html");
    Exporters.write(Samples.cloud(List.of("streaming", ATTACK, "kafka")), file);
    Page page = browser.open(file, 1000, 800, ColorScheme.DARK);

    assertThat(page.locator("svg.cloud text").allTextContents()).contains("streaming", "kafka");
    page.locator("svg.cloud text").nth(1).hover();
    Locator tip = page.locator(".tip:visible");
    tip.waitFor();

    assertThat(tip.innerText()).contains("99×").contains(ATTACK);
    assertThat(page.evaluate(RAN)).isEqualTo("no");
    assertThat(browser.requests()).containsExactly(file.toUri().toString());
    assertThat(browser.complaints()).isEmpty();
    page.context().close();
  }

  @Test
  void aPlantedScriptDoesNotRun() throws IOException {
    Path file = folder.resolve("planted.html");
    String html = Exporters.html().toHtml(Samples.bars(List.of("a", "b")));
    Files.writeString(
        file,
        html.replace(
            "<main", "<script>window.__ran=1</script><i onclick='window.__ran=1'></i><main"));

    Page page = browser.open(file, 800, 600, ColorScheme.LIGHT);

    assertThat(page.evaluate(RAN)).isEqualTo("no");
    assertThat(browser.complaints()).anyMatch(text -> text.contains("Content Security Policy"));
    page.context().close();
  }

  @Test
  void coloursFollowTheReaderAndTheSwitch() {
    Page page = browser.open(dashboard, 1280, 900, ColorScheme.DARK);

    assertThat(background(page)).isEqualTo("rgb(15, 18, 24)");
    page.locator("button.theme").click();

    assertThat(background(page)).isEqualTo("rgb(247, 246, 243)");
    assertThat(page.locator("canvas").count()).isGreaterThanOrEqualTo(4);
    assertThat(browser.complaints()).isEmpty();
    page.context().close();
  }

  @Test
  void aDarkPageIsPrintedLightAndWithoutWhatNobodyCanPress() throws IOException {
    Page page = browser.open(dashboard, 1280, 900, ColorScheme.DARK);
    String canvas = "() => document.querySelector('canvas').toDataURL().length";

    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.evaluate("() => getComputedStyle(document.body).color"))
        .isEqualTo("rgb(26, 31, 41)");
    assertThat(page.locator(".theme:visible, .csv:visible, .zoom:visible, .finder:visible").count())
        .isZero();
    assertThat(page.locator(".data:not([open]):visible").count()).isZero();
    assertThat(((Number) page.evaluate(canvas)).intValue()).isGreaterThan(5_000);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    page.evaluate("() => window.dispatchEvent(new Event('afterprint'))");
    assertThat(background(page)).isEqualTo("rgb(15, 18, 24)");

    assertThat(page.pdf()).startsWith('%', 'P', 'D', 'F').hasSizeGreaterThan(50_000);
    assertThat(browser.complaints()).isEmpty();
    page.context().close();
  }

  @Test
  void fitsAPhone() {
    Page page = browser.open(dashboard, 360, 740, ColorScheme.LIGHT);

    Object outside =
        page.evaluate(
            """
            () => [...document.querySelectorAll('body > *, main *')].filter(element =>
                !element.closest('.scroll, svg, .chart, .contents, .skip, .tip')
                && element.getBoundingClientRect().right > window.innerWidth + 1)
                .map(element => element.tagName + '.' + element.className)
            """);
    assertThat((List<?>) outside).isEmpty();
    Object overflow =
        page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
    assertThat(((Number) overflow).intValue()).isLessThanOrEqualTo(0);
    page.context().close();
  }

  @Test
  void dataIsSavedAsCsvThatNoSpreadsheetRuns() throws IOException {
    Page page = browser.open(dashboard, 1280, 900, ColorScheme.LIGHT);

    Download download = page.waitForDownload(() -> page.locator("[data-csv=table-data]").click());

    String csv = Files.readString(download.path());
    assertThat(csv.lines().count()).isEqualTo(HostileText.CORPUS.size() + 1L);
    assertThat(csv).contains("\"image <img src=x onerror=\"\"window.__ran=1\"\">\",1");
    assertThat(browser.complaints()).isEmpty();
    page.context().close();
  }

  private static Object background(Page page) {
    return page.evaluate("() => getComputedStyle(document.body).backgroundColor");
  }
}
