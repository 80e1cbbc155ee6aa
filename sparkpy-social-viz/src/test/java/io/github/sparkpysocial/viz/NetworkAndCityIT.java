package io.github.sparkpysocial.viz;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.viz.chart.Bar;
import io.github.sparkpysocial.viz.chart.BarChart;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.map.CityMap;
import io.github.sparkpysocial.viz.map.MapTiles;
import io.github.sparkpysocial.viz.map.Venue;
import io.github.sparkpysocial.viz.network.NetworkEdge;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks and city maps in a real browser that has no network. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class NetworkAndCityIT {
  private static final String ATTACK = "<img src=x onerror=\"window.__ran=1\"> & <b>bold</b>";
  private static final String RAN = "() => window.__ran === undefined ? 'no' : 'yes'";

  private static final byte[] TILE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private static BrowserSession browser;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() {
    browser = BrowserSession.start();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void aNetworkIsSearchedAndTellsWhatANodeIsTiedTo() throws IOException {
    NetworkGraph graph =
        NetworkGraph.of(
            "Network",
            List.of(
                NetworkNode.of("a", "person").withLabel(ATTACK).withLink("https://x.example/a"),
                NetworkNode.of("b", "repository").withLabel("apache/spark")),
            List.of(NetworkEdge.of("a", "b", "star")));
    Page page = open("network", graph, 1000, ColorScheme.LIGHT);

    page.locator("input[type=search]").fill("IMG");
    page.locator(".finder ul button").click();

    assertThat(page.locator(".picked").innerText()).contains(ATTACK, "→ apache/spark", "star");
    assertThat(page.locator(".picked a").getAttribute("href")).isEqualTo("https://x.example/a");
    page.mouse().move(0, 0);
    Locator canvas = page.locator(".network canvas");
    page.mouse()
        .move(
            canvas.boundingBox().x + canvas.boundingBox().width / 2,
            canvas.boundingBox().y + canvas.boundingBox().height / 2);
    page.locator(".tip:visible").waitFor();
    assertThat(page.locator(".tip:visible").innerText()).contains(ATTACK);
    assertQuiet(page);
  }

  @Test
  void aNetworkOfTenThousandOpensAndIsSearched() throws IOException {
    NetworkGraph.Builder graph = NetworkGraph.builder("Ten thousand");
    for (int i = 0; i < 10_000; i++) {
      graph.node(NetworkNode.of("n" + i, "person").withLabel("person " + i));
      for (int tie = 1; tie <= 3 && i > 0; tie++) {
        graph.edge("n" + i, "n" + i * (tie + 2) / 7 * 7 % i, "reply");
      }
    }
    Page page = open("many", graph.build(), 1000, ColorScheme.LIGHT);
    page.waitForFunction("() => document.querySelector('.network').dataset.labels > 0");

    page.locator("input[type=search]").fill("person 9876");
    page.locator(".finder ul button").first().click();

    assertThat(page.locator(".picked").innerText()).contains("person 9876", "→ person", "reply");
    assertThat(page.locator(".network").getAttribute("aria-label")).contains("10,000 nodes");
    assertQuiet(page);
  }

  @Test
  void aNetworkIsMovedByKeysAndFitsAPhone() throws IOException {
    Page page = open("ring", Samples.network(HostileText.CORPUS), 360, ColorScheme.DARK);
    page.waitForFunction("() => document.querySelector('.network').dataset.labels > 0");

    page.locator(".network").focus();
    for (String key : List.of("+", "ArrowLeft", "ArrowUp", "-", "0", "Escape")) {
      page.keyboard().press(key);
    }
    page.locator("button.theme").click();

    Object overflow =
        page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
    assertThat(((Number) overflow).intValue()).isLessThanOrEqualTo(0);
    assertQuiet(page);
  }

  @Test
  void aCityShowsItsMeetingsWithoutANetwork() throws IOException {
    Venue venue =
        new Venue(
            new GeoPoint(51.52, -0.08),
            ATTACK,
            "Spark night",
            Samples.START,
            ZoneId.of("Asia/Tokyo"),
            41L,
            ATTACK,
            "https://meetup.example/1");
    CityMap city = CityMap.of("City", List.of(venue)).withTiles(MapTiles.openStreetMap());
    Page page = open("city", city, 1000, ColorScheme.LIGHT);

    assertThat(page.locator(".city .gridline").count()).isGreaterThan(4);
    page.locator(".city .venue").hover();
    page.locator(".leaflet-tooltip").waitFor();
    assertThat(page.locator(".leaflet-tooltip").innerText())
        .contains(ATTACK, "Spark night", "Sun 1 Nov 2026, 09:00 (Asia/Tokyo)", "41 people come");
    page.locator(".city .venue").focus();
    page.keyboard().press("Enter");
    assertThat(page.locator(".leaflet-popup a.quiet").getAttribute("href"))
        .isEqualTo("https://meetup.example/1");
    assertThat(page.locator(".city img").count()).isZero();
    assertQuiet(page);
  }

  @Test
  void aGoogleMapAsksForTheKeyAndShowsItsPointsWithoutOne() throws IOException {
    Page page =
        open(
            "google",
            Samples.city(List.of("London")).withTiles(MapTiles.google()),
            1000,
            ColorScheme.LIGHT);

    assertThat(page.locator(".city .venue").count()).isEqualTo(1);
    assertThat(page.locator(".city .gridline").count()).isGreaterThan(4);
    assertThat(page.locator("input[type=password]").isVisible()).isTrue();
    assertThat(page.locator(".city img").count()).isZero();
    assertQuiet(page);
  }

  @Test
  void aKeyThatIsTypedInIsNotKeptInThePage() throws IOException {
    CityMap city = Samples.city(List.of("London")).withTiles(MapTiles.google());
    Path file = folder.resolve("typed.html");
    Exporters.write(city, file);
    Page page = browser.open(file, 1000, 800, ColorScheme.LIGHT);
    List<String> asked = new ArrayList<>();
    page.route(
        "https://tile.googleapis.com/**",
        route -> {
          asked.add(route.request().url());
          if (route.request().method().equals("POST")) {
            route.fulfill(
                new Route.FulfillOptions()
                    .setHeaders(Map.of("Access-Control-Allow-Origin", "*"))
                    .setContentType("application/json")
                    .setBody("{\"session\":\"session-of-today\"}"));
          } else {
            route.fulfill(
                new Route.FulfillOptions().setContentType("image/png").setBodyBytes(TILE));
          }
        });
    page.context().setOffline(false);

    page.locator("input[type=password]").fill("key-of-the-reader");
    page.locator(".finder button").click();
    page.locator(".city img.leaflet-tile").first().waitFor();

    assertThat(asked.get(0)).endsWith("/v1/createSession?key=key-of-the-reader");
    assertThat(asked).filteredOn(url -> url.contains("/2dtiles/")).isNotEmpty();
    assertThat(page.locator("input[type=password]").inputValue()).isEmpty();
    assertThat(Files.readString(file)).doesNotContain("key-of-the-reader");
    Object kept =
        page.evaluate("() => localStorage.length + sessionStorage.length + document.cookie.length");
    assertThat(((Number) kept).intValue()).isZero();
    assertThat(page.locator(".city .venue").count()).isEqualTo(1);
    page.context().close();
  }

  @Test
  void aKeyInTheFileIsOfNoUseOfflineAndThePointsStillShow() throws IOException {
    CityMap city =
        Samples.city(List.of("London"))
            .withTiles(MapTiles.googleWithKeyInFile(Secret.of("key-in-the-file")));
    Page page = open("shared", city, 1000, ColorScheme.LIGHT);

    assertThat(page.locator("input[type=password]").count()).isZero();
    assertThat(page.locator(".city").getAttribute("data-note")).contains("without streets");
    assertThat(page.locator(".city .venue").count()).isEqualTo(1);
    assertThat(page.locator(".city .gridline").count()).isGreaterThan(4);
    assertQuiet(page);
  }

  @Test
  void aKeyThatGoogleRefusesLeavesThePointsAndSaysWhy() throws IOException {
    CityMap city = Samples.city(List.of("London")).withTiles(MapTiles.google());
    Path file = folder.resolve("refused.html");
    Exporters.write(city, file);
    Page page = browser.open(file, 1000, 800, ColorScheme.LIGHT);
    page.route(
        "https://tile.googleapis.com/**",
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(403)
                    .setHeaders(Map.of("Access-Control-Allow-Origin", "*"))));
    page.context().setOffline(false);

    page.locator("input[type=password]").fill("key-of-the-reader");
    page.locator(".finder button").click();
    page.getByText("No streets: Google answered 403").waitFor();

    assertThat(page.locator(".city .venue").count()).isEqualTo(1);
    assertThat(page.locator(".city .gridline").count()).isGreaterThan(4);
    page.context().close();
  }

  @Test
  void aTouchShowsAMeetingOnAPhone() throws IOException {
    Venue venue =
        new Venue(
            new GeoPoint(51.52, -0.08),
            "London Spark",
            "Spark night",
            Samples.START,
            ZoneId.of("Europe/London"),
            41L,
            "A street",
            "https://meetup.example/1");
    Path file = folder.resolve("phone.html");
    Exporters.write(CityMap.of("City", List.of(venue)), file);
    Page page = browser.openOnPhone(file);

    page.locator(".city .venue").tap();
    page.locator(".leaflet-popup").waitFor();

    assertThat(page.locator(".leaflet-popup").innerText())
        .contains("London Spark", "Spark night", "00:00 (Europe/London)", "41 people come");
    assertThat(page.locator(".leaflet-popup a.quiet").getAttribute("href"))
        .isEqualTo("https://meetup.example/1");
    assertQuiet(page);
  }

  @Test
  void aTouchTellsWhatABandOrBarIs() throws IOException {
    Path file = folder.resolve("bars.html");
    Exporters.write(BarChart.of("Busiest", List.of(Bar.of("ada", 30), Bar.of("grace", 20))), file);
    Page page = browser.openOnPhone(file);
    Locator canvas = page.locator("canvas").first();
    BoundingBox box = canvas.boundingBox();

    page.touchscreen().tap(box.x + box.width / 2, box.y + box.height * .4);
    page.locator(".tip:visible").first().waitFor();

    assertThat(page.locator(".tip:visible").first().innerText()).contains("ada", "30");
    assertQuiet(page);
  }

  @Test
  void aCityOfHostileTextsFitsAPhone() throws IOException {
    Page page = open("hostile", Samples.city(HostileText.CORPUS), 360, ColorScheme.DARK);

    assertThat(page.locator(".city .venue").count()).isEqualTo(HostileText.CORPUS.size());
    Object overflow =
        page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
    assertThat(((Number) overflow).intValue()).isLessThanOrEqualTo(0);
    assertQuiet(page);
  }

  private static Page open(String name, Figure figure, int width, ColorScheme colours)
      throws IOException {
    Path file = folder.resolve(name + ".html");
    Exporters.write(figure, file);
    return browser.open(file, width, 800, colours);
  }

  private static void assertQuiet(Page page) {
    assertThat(page.evaluate(RAN)).isEqualTo("no");
    assertThat(browser.requests()).allMatch(address -> address.startsWith("file:")).hasSize(1);
    assertThat(browser.complaints()).isEmpty();
    page.context().close();
  }
}
