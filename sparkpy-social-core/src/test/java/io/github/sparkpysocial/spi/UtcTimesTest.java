package io.github.sparkpysocial.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimesTest {

  @Test
  void readsWhatTheJdkReads() {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      long second = random.nextLong(-62_000_000_000L, 250_000_000_000L);
      int[] fractions = {0, 120_000_000, 123_000_000, 123_456_000, 123_456_789};
      Instant time = Instant.ofEpochSecond(second, fractions[random.nextInt(fractions.length)]);
      String text = time.toString();

      Instant read = UtcTimes.parse(text);

      if (read != null) {
        assertThat(read).isEqualTo(OffsetDateTime.parse(text).toInstant()).isEqualTo(time);
      } else {
        assertThat(time.atOffset(java.time.ZoneOffset.UTC).getDayOfMonth()).isGreaterThan(28);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-15",
        "2026-11-15T12:00:00",
        "2026-11-15T12:00Z",
        "2026-11-15T12:00:00+01:00",
        "2026-11-15 12:00:00Z",
        "2026-13-15T12:00:00Z",
        "2026-02-30T12:00:00Z",
        "2026-00-15T12:00:00Z",
        "2026-11-15T24:00:00Z",
        "2026-11-15T12:60:00Z",
        "2026-11-15T12:00:60Z",
        "2026-11-15T12:00:00.Z",
        "2026-11-15T12:00:00,5Z",
        "2026-11-15T12:00:00.1234567890Z",
        "2026-11-15T12:00:00.12x4Z",
        "20x6-11-15T12:00:00Z",
        "-2026-11-15T12:00:00Z"
      })
  void leavesEverythingElseToTheJdk(String text) {
    assertThat(UtcTimes.parse(text)).isNull();
  }
}
