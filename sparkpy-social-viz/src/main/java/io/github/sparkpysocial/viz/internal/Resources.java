package io.github.sparkpysocial.viz.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files that come with this library or with ECharts. */
public final class Resources {
  private static final String ECHARTS =
      "/META-INF/resources/_static/echarts/6.0.0/dist/echarts.min.js";

  private Resources() {}

  /** Returns a UTF-8 file that lies beside this class. */
  public static String own(String name) {
    return read(
        "/io/github/sparkpysocial/viz/internal/" + name,
        "the jar of sparkpy-social-viz is not whole; build or download it again");
  }

  /** Returns ECharts 6.0.0, minified. */
  public static String echarts() {
    return read(ECHARTS, "charts and maps need org.mvnpm:echarts:6.0.0 on the class path");
  }

  /** Returns a file of Leaflet 1.9.4, {@code leaflet.js} or {@code leaflet.css}. */
  public static String library(String name) {
    // Browsers read a line end of two characters as one before they compare hashes.
    return read(
            "/META-INF/resources/webjars/leaflet/1.9.4/dist/" + name,
            "city maps need org.webjars.npm:leaflet:1.9.4 on the class path")
        .replace("\r\n", "\n");
  }

  private static String read(String name, String remedy) {
    try (InputStream in = Resources.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("Resource " + name + " is missing: " + remedy);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read resource " + name, e);
    }
  }
}
