package io.github.sparkpysocial.viz;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.sparkpysocial.viz.notebook.JShellKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cell of a notebook shows, in a real browser that has no network. */
class NotebookIT {
  @TempDir private static Path folder;

  @Test
  void aFigureIsDrawnInItsFrameAndReachesNothingAroundIt() throws IOException {
    String cell;
    try (JShellKernel kernel = JShellKernel.start()) {
      cell =
          String.valueOf(
              kernel
                  .eval(
                      "io.github.sparkpysocial.viz.chart.BarChart.of(\"<b>Words</b>\","
                          + " java.util.List.of(io.github.sparkpysocial.viz.chart.Bar.of("
                          + "\"</iframe><img src=x onerror=parent.ran=1>\", 3)))")
                  .getData(MIMEType.TEXT_HTML));
    }
    Path notebook =
        Files.writeString(
            folder.resolve("notebook.html"),
            "<!doctype html><meta charset=utf-8><script>window.secret = 'kept'</script>" + cell);
    BrowserSession browser = BrowserSession.start();
    Page page = browser.open(notebook, 1000, 900, ColorScheme.LIGHT);

    FrameLocator frame = page.frameLocator("iframe");
    frame.locator("canvas").first().waitFor();
    assertThat(frame.locator("h1").innerText()).isEqualTo("<b>Words</b>");
    assertThat(page.locator("iframe").count()).isEqualTo(1);
    assertThat(
            page.frames()
                .get(1)
                .evaluate("() => { try { return parent.secret } catch (e) { return e.name } }"))
        .isEqualTo("SecurityError");
    assertThat(page.evaluate("() => window.ran === undefined ? 'no' : 'yes'")).isEqualTo("no");
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests()).containsExactly(notebook.toUri().toString());
    page.context().close();
  }
}
