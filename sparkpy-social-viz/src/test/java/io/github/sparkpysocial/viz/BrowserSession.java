package io.github.sparkpysocial.viz;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The machine's Chromium with the network off. Each page that is opened writes down what it asks
 * for and what it complains about.
 */
final class BrowserSession implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static @Nullable BrowserSession shared;

  private final Browser browser;
  private final List<String> requests = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  private BrowserSession(Path executable) {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable)
                    .setHeadless(true)
                    .setArgs(FLAGS));
  }

  /**
   * Starts the browser, or returns the one that runs: all tests of a JVM share it, and it ends with
   * the JVM. Without one the test fails under {@code CI=true} and is skipped elsewhere.
   */
  static synchronized BrowserSession start() {
    if (shared != null) {
      return shared;
    }
    Optional<Path> executable = executable();
    if (executable.isEmpty()) {
      String remedy =
          "No Chromium was found: run .ci/install-browser, or name one in SPARKPY_CHROMIUM";
      if ("true".equals(System.getenv("CI"))) {
        throw new AssertionError(remedy);
      }
      System.out.println("Skipped: " + remedy);
      Assumptions.abort(remedy);
    }
    BrowserSession started = new BrowserSession(executable.orElseThrow());
    shared = started;
    return started;
  }

  private static Optional<Path> executable() {
    String named = System.getenv("SPARKPY_CHROMIUM");
    return Stream.concat(
            Stream.ofNullable(named),
            Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"))
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  Page open(Path file, int width, int height, ColorScheme colours) {
    return open(file.toUri(), width, height, colours);
  }

  /** Opens a page; only one that is served from this machine is given a network. */
  Page open(URI address, int width, int height, ColorScheme colours) {
    return open(
        address,
        new Browser.NewContextOptions().setViewportSize(width, height).setColorScheme(colours));
  }

  /** Opens a page on a phone, which is touched and has no pointer to hover with. */
  Page openOnPhone(Path file) {
    return open(
        file.toUri(),
        new Browser.NewContextOptions()
            .setViewportSize(390, 844)
            .setDeviceScaleFactor(3)
            .setHasTouch(true)
            .setIsMobile(true));
  }

  private Page open(URI address, Browser.NewContextOptions options) {
    requests.clear();
    complaints.clear();
    BrowserContext context =
        browser.newContext(
            options
                .setReducedMotion(ReducedMotion.REDUCE)
                .setOffline(!"http".equals(address.getScheme())));
    Page page = context.newPage();
    page.setDefaultTimeout(15_000);
    page.onRequest(request -> requests.add(request.url()));
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.navigate(address.toString());
    return page;
  }

  /** Returns the addresses that the page opened last asked for. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** Returns the errors and warnings of the page opened last. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Closes the pages that tests left open; the browser itself serves the next test class. */
  @Override
  public void close() {
    List.copyOf(browser.contexts()).forEach(BrowserContext::close);
  }
}
