package io.github.sparkpysocial.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A page in a real Chromium without network, but to a server of the test, with all that it asked
 * for and complained of.
 */
final class OfflineTab implements AutoCloseable {
  final List<String> requests = new ArrayList<>();
  final List<String> complaints = new ArrayList<>();
  final Page page;
  private final Playwright playwright;

  private OfflineTab(Playwright playwright, Path chromium, boolean offline) {
    this.playwright = playwright;
    Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync")));
    this.page =
        browser
            .newContext(
                new Browser.NewContextOptions().setOffline(offline).setViewportSize(1200, 900))
            .newPage();
    page.onRequest(request -> requests.add(request.url()));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
  }

  /** Opens a file; without a browser the test is skipped, or fails if {@code CI=true}. */
  static OfflineTab open(Path file) {
    return open(file.toUri());
  }

  /** Opens a file, or a page that is served on this machine. */
  static OfflineTab open(URI address) {
    Path chromium =
        Stream.of(
                Objects.requireNonNullElse(System.getenv("SPARKPY_CHROMIUM"), "/usr/bin/chromium"),
                "/usr/bin/chromium-browser",
                "/usr/bin/google-chrome")
            .map(Path::of)
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    if (chromium == null) {
      String remedy = "No Chromium here: run .ci/install-browser";
      assertThat(System.getenv("CI")).as(remedy).isNotEqualTo("true");
      System.out.println("Skipped: " + remedy);
      Assumptions.abort(remedy);
    }
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    OfflineTab tab =
        new OfflineTab(
            playwright, Objects.requireNonNull(chromium), !"http".equals(address.getScheme()));
    tab.page.navigate(address.toString());
    return tab;
  }

  @Override
  public void close() {
    playwright.close();
  }
}
