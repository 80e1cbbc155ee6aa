package io.github.sparkpysocial.viz;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.dashboard.Quote;
import io.github.sparkpysocial.viz.dashboard.Tile;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.live.Alert;
import io.github.sparkpysocial.viz.live.LiveDashboard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A live dashboard in a real browser, and the same bytes in another JVM. */
class LiveAndSeedIT {
  private static final String ATTACK = "<img src=x onerror=\"window.__ran=1\"> & <b>bold</b>";
  private static final String RAN = "() => window.__ran === undefined ? 'no' : 'yes'";

  @Test
  void numbersAndAlertsComeToAnOpenPageAsText() throws IOException {
    Dashboard first =
        Dashboard.builder("Now")
            .tiles(Tile.count("posts", "Posts", 1).withLink("#numbers"))
            .build();
    try (BrowserSession browser = BrowserSession.start();
        LiveDashboard live = LiveDashboard.builder(first).start()) {
      Page page = browser.open(live.uri(), 900, 700, ColorScheme.LIGHT);
      page.waitForFunction("() => document.getElementById('live-state').className === 'on'");

      live.publish(Tile.count("posts", "Posts", 7_654));
      live.publish(
          new Alert(
              ATTACK,
              ATTACK,
              Samples.START,
              List.of(
                  new Quote(ATTACK, ATTACK, "x", Samples.START, "https://x.example/1"),
                  new Quote("evil", "evil", "x", null, "javascript:alert(1)"))));

      page.waitForFunction("() => document.querySelectorAll('.alert').length === 1");
      page.waitForFunction(
          "() => document.querySelector('[data-fact=posts] dd').textContent === '7,654'");
      assertThat(page.locator("[data-fact=posts] a").count()).isEqualTo(1);
      assertThat(page.locator(".alert").innerText()).contains(ATTACK, "1 Nov 2026");
      assertThat(page.locator(".alert a").evaluateAll("all => all.map(a => a.href)"))
          .isEqualTo(List.of("https://x.example/1"));
      live.publish(Dashboard.builder("Later").build());
      page.waitForFunction("() => document.title === 'Later'");
      assertThat(page.evaluate(RAN)).isEqualTo("no");
      assertThat(browser.requests()).allMatch(address -> address.startsWith(live.uri().toString()));
      assertThat(browser.complaints()).isEmpty();
      page.context().close();
    }
  }

  @Test
  void theSameSeedGivesTheSameBytesInAnotherJvm() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=ar",
                "-Duser.country=EG",
                "-Duser.timezone=Asia/Kathmandu",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                LiveAndSeedIT.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();

    String there = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(other.waitFor()).isZero();
    assertThat(there.strip()).hasSize(64).isEqualTo(digest());
  }

  /** Prints the digest of figures of this JVM. */
  public static void main(String[] args) {
    System.out.println(digest());
  }

  private static String digest() {
    List<String> texts = List.of("one", "İstanbul", "three", "four", "five", "six");
    StringBuilder all = new StringBuilder();
    for (Figure figure : Samples.figures(texts)) {
      all.append(Exporters.svg().toSvg(figure)).append(Exporters.html().toHtml(figure));
    }
    try {
      byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
