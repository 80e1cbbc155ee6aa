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
