package io.github.sparkpysocial.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResetEncodingTest {
  private static final Instant SERVER = Instant.parse("2026-11-22T07:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "EPOCH_SECONDS, 1795331700, PT15M",
    "EPOCH_SECONDS, ' 1795330801 ', PT1S",
    "EPOCH_SECONDS, 1, PT0S",
    "RELATIVE_SECONDS, 900, PT15M",
    "RELATIVE_SECONDS, 12.5, PT12.5S",
    "ISO_8601, 2026-11-22T07:05:00.000Z, PT5M",
    "ISO_8601, 2026-11-22T08:05:00+01:00, PT5M",
  })
  void readsEachSpellingAgainstTheServersClock(
      ResetEncoding encoding, String value, Duration expected) {
    assertThat(encoding.untilReset(value, SERVER)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "120, PT2M",
    "0, PT0S",
    "'Sun, 22 Nov 2026 07:01:30 GMT', PT1M30S",
    "'Sun, 22 Nov 2026 06:00:00 GMT', PT0S",
  })
  void readsRetryAfterAsSecondsOrDate(String value, Duration expected) {
    assertThat(ResetEncoding.retryAfter(value, SERVER)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "99999999999999999999", "-", "1e999999999", "2026-13-45"})
  void whatCannotBeReadIsUnknown(String value) {
    for (ResetEncoding encoding : ResetEncoding.values()) {
      assertThat(encoding.untilReset(value, SERVER)).isNull();
    }
    assertThat(ResetEncoding.retryAfter(value, SERVER)).isNull();
  }

  @Test
  void anAbsurdResetIsCutToAMonth() {
    assertThat(ResetEncoding.EPOCH_SECONDS.untilReset("99999999999", SERVER))
        .isEqualTo(Duration.ofDays(31));
  }
}
