package io.github.sparkpysocial.viz;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.WorldMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** World maps in a real browser that has no network. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class WorldMapIT {
  private static final String ATTACK = "<img src=x onerror=\"window.__ran=1\"> & <b>bold</b>";
  private static final String RAN = "() => window.__ran === undefined ? 'no' : 'yes'";
  private static final String CHART =
      "echarts.getInstanceByDom(document.querySelector('[data-map]'))";
  private static final String ZOOM = "() => " + CHART + ".getOption().geo[0].zoom || 1";
  private static final String NUMBERS =
      "() => " + CHART + ".getOption().series.flatMap(s => s.data.map(d => d.value[2]))";

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
  void hoverTellsWhoWhatWhenAndHowExactlyAsText() throws IOException {
    MapPoint point =
        new MapPoint(
            new GeoPoint(48.85, 2.35),
            Place.Precision.BOX,
            ATTACK,
            ATTACK,
            Instant.parse("2026-11-22T18:30:00Z"),
            "Paris",
            "https://x.example/1");
    Page page = open("hover", WorldMap.of("Map", List.of(point)), 1000, ColorScheme.DARK);

    double[] at = pixel(page, 2.35, 48.85);
    page.mouse().move(at[0] - 30, at[1] - 30);
    page.mouse().move(at[0], at[1]);
    Locator tip = page.locator(".tip:visible");
    tip.waitFor();

    assertThat(tip.innerText())
        .contains(ATTACK, "middle of an area", "22 Nov 2026, 18:30 UTC", "Paris");
    assertThat(tip.locator("img, script, svg").count()).isZero();
    page.mouse().click(at[0], at[1]);
    Locator picked = page.locator(".picked a");
    assertThat(picked.getAttribute("href")).isEqualTo("https://x.example/1");
    assertThat(page.locator(".picked").innerText()).contains(ATTACK);
    assertQuiet(page);
  }

  @Test
  void crowdsComeApartAsOneComesNearer() throws IOException {
    List<MapPoint> points =
        List.of(
            MapPoint.of(new GeoPoint(51.5, -0.12), "london", ""),
            MapPoint.of(new GeoPoint(48.85, 2.35), "paris", ""),
            MapPoint.of(new GeoPoint(-33.87, 151.2), "sydney", ""));
    Page page = open("crowds", WorldMap.of("Map", points), 1000, ColorScheme.LIGHT);
    assertThat((List<?>) page.evaluate(NUMBERS)).isEqualTo(List.of(1, 2));

    double[] at = pixel(page, 1.1, 50.2);
    page.mouse().move(at[0] - 30, at[1]);
    page.mouse().move(at[0], at[1]);
    page.mouse().click(at[0], at[1]);
    assertThat(page.locator(".picked .entry").allInnerTexts())
        .anyMatch(text -> text.contains("london"))
        .anyMatch(text -> text.contains("paris"));
    for (int i = 0; i < 4; i++) {
      page.locator("[data-zoom=in]").click();
    }

    assertThat((List<?>) page.evaluate(NUMBERS)).isEqualTo(List.of(1, 1));
    page.locator("[data-zoom=all]").click();
    assertThat((List<?>) page.evaluate(NUMBERS)).isEqualTo(List.of(1, 2));
    assertQuiet(page);
  }

  @Test
  void isMovedAndZoomedByWheelAndByKeys() throws IOException {
    Page page = open("keys", Samples.map(List.of("a", "b", "c")), 1000, ColorScheme.LIGHT);
    assertThat(zoom(page)).isEqualTo(1.0);

    page.locator("[data-map]").focus();
    page.keyboard().press("+");
    double near = zoom(page);
    assertThat(near).isGreaterThan(1.5);
    double[] before = pixel(page, 0, 0);
    page.keyboard().press("ArrowRight");
    assertThat(pixel(page, 0, 0)[0]).isLessThan(before[0] - 30);
    page.keyboard().press("0");
    assertThat(zoom(page)).isEqualTo(1.0);
    page.locator("[data-map]").hover();
    page.mouse().wheel(0, -300);
    page.waitForFunction(ZOOM.replace("|| 1", "> 1"));

    assertQuiet(page);
  }

  @Test
  void fitsAPhoneInBothColours() throws IOException {
    Page page = open("phone", Samples.map(HostileText.CORPUS), 360, ColorScheme.DARK);

    Object overflow =
        page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth");
    assertThat(((Number) overflow).intValue()).isLessThanOrEqualTo(0);
    page.locator("button.theme").click();
    assertThat(page.locator("[data-map] canvas").count()).isEqualTo(1);
    assertThat(page.locator(".classes li").count()).isEqualTo(2);
    assertQuiet(page);
  }

  @Test
  void aHundredThousandPointsAreQuick() throws IOException {
    Path file = folder.resolve("many.html");
    Exporters.write(WorldMap.of("Many", many(100_000)), file);
    assertThat(Files.size(file)).isLessThan(6_000_000);

    Page page = browser.open(file, 1100, 800, ColorScheme.LIGHT);
    Object painted =
        page.evaluate("() => performance.timing.domComplete - performance.timing.navigationStart");
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 3 && best > 33.4; round++) {
      best = Math.min(best, medianFrame(page));
    }
    System.out.printf(
        "World map of 100,000 points: %,d bytes, drawn after %s ms, a frame of a pan every %.1f ms%n",
        Files.size(file), painted, best);

    assertThat(((Number) painted).doubleValue()).isLessThan(3_000);
    assertThat(best).as("30 frames a second").isLessThan(33.4);
    assertQuiet(page);
  }

  /** Drags the map and returns the median time between two frames, in milliseconds. */
  private static double medianFrame(Page page) {
    page.mouse().move(450, 400);
    page.mouse().down();
    page.evaluate(
        """
        () => {
          window.frames_ = [];
          window.moving = true;
          let last = performance.now();
          (function next() {
            requestAnimationFrame(() => {
              const now = performance.now();
              window.frames_.push(now - last);
              last = now;
              if (window.moving) next();
            });
          })();
        }
        """);
    for (int i = 0; i < 60; i++) {
      page.mouse().move(450 + 3 * i, 400 + i);
    }
    page.mouse().up();
    Object median =
        page.evaluate(
            """
            () => {
              window.moving = false;
              const sorted = window.frames_.sort((a, b) => a - b);
              return sorted[Math.floor(sorted.length / 2)];
            }
            """);
    return ((Number) median).doubleValue();
  }

  private static List<MapPoint> many(int count) {
    Random random = new Random(7);
    List<MapPoint> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double spread = i % 4 == 0 ? 20 : 1;
      points.add(
          new MapPoint(
              new GeoPoint(
                  Math.max(-60, Math.min(75, 45 + random.nextGaussian() * spread)),
                  Math.max(
                      -180, Math.min(180, (i % 9) * 40 - 160 + random.nextGaussian() * spread))),
              List.of(Place.Precision.values()).get(i % 3),
              "author" + i % 5_000,
              "A post about something, as long as posts usually are, with number " + i,
              Samples.START.plusSeconds(i),
              null));
    }
    return points;
  }

  private static Page open(String name, WorldMap map, int width, ColorScheme colours)
      throws IOException {
    Path file = folder.resolve(name + ".html");
    Exporters.write(map, file);
    return browser.open(file, width, 800, colours);
  }

  private static double[] pixel(Page page, double longitude, double latitude) {
    Object pixel =
        page.evaluate(
            """
            place => {
              const holder = document.querySelector('[data-map]');
              const at = echarts.getInstanceByDom(holder).convertToPixel('geo', place);
              const box = holder.getBoundingClientRect();
              return [at[0] + box.left, at[1] + box.top];
            }
            """,
            List.of(longitude, latitude));
    List<?> at = (List<?>) pixel;
    return new double[] {((Number) at.get(0)).doubleValue(), ((Number) at.get(1)).doubleValue()};
  }

  private static double zoom(Page page) {
    return ((Number) page.evaluate(ZOOM)).doubleValue();
  }

  private static void assertQuiet(Page page) {
    assertThat(page.evaluate(RAN)).isEqualTo("no");
    assertThat(browser.requests()).allMatch(address -> address.startsWith("file:")).hasSize(1);
    assertThat(browser.complaints()).isEmpty();
    page.context().close();
  }
}
