package io.github.sparkpysocial.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.streaming.alert.Alert;
import io.github.sparkpysocial.streaming.progress.ProgressLog;
import io.github.sparkpysocial.streaming.progress.QueryHealth;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamPageTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @Test
  void aBatchIsShownToThoseWhoLook() throws Exception {
    QueryHealth health =
        new QueryHealth(
            "counts",
            7,
            100,
            10,
            12.5,
            Duration.ofSeconds(1),
            40,
            4_000L,
            3,
            0,
            0,
            null,
            new ProgressLog.Totals(8, 800, 2, 1, Map.of()));
    try (StreamPage page = StreamPage.at(0)) {
      URLConnection events = page.uri().resolve("/events").toURL().openConnection();
      events.setReadTimeout(60_000);
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(events.getInputStream(), StandardCharsets.UTF_8))) {
        page.take(health);

        String line = lines.readLine();
        while (!line.contains("counts-late")) {
          line = lines.readLine();
        }
        assertThat(line).contains("\"value\":\"2\"").contains("Late rows (counts)");

        page.take(
            new Alert(
                "1",
                "hashtag:spark > 20",
                "threshold",
                Alert.RAISED,
                "spark",
                NOON,
                NOON.minusSeconds(60),
                21,
                21,
                null,
                "spark has 21 posts",
                List.of(new Alert.Evidence("x", "4711", "ada", NOON))));

        while (!line.contains("spark has 21 posts")) {
          line = lines.readLine();
        }
        assertThat(line).contains("hashtag:spark \\u003E 20").contains("4711").contains("ada");
      }
    }
  }
}
