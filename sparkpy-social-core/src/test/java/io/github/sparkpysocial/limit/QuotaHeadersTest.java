package io.github.sparkpysocial.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.http.Headers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaHeadersTest {
  private static final Instant SERVER = Instant.parse("2026-11-22T07:00:00Z");

  /** Bluesky writes a moment, the draft says seconds from now. */
  @ParameterizedTest
  @CsvSource({
    "3000, 2990, 1795331100, 3000, 2990, PT5M",
    "3000, 0, 300, 3000, 0, PT5M",
    "'100, 100;w=60;burst=10', 7, 12, 100, 7, PT12S",
  })
  void readsTheNamesOfTheDraft(
      String limit, String remaining, String reset, long most, long left, Duration untilReset) {
    Headers headers =
        Headers.NONE
            .with("RateLimit-Limit", limit)
            .with("RateLimit-Remaining", remaining)
            .with("RateLimit-Reset", reset);

    assertThat(QuotaHeaders.ietf(headers, SERVER))
        .containsExactly(new QuotaReading("", most, left, untilReset));
  }

  @Test
  void readsOtherNamesAndSpellings() {
    Headers headers =
        Headers.NONE
            .with("X-RateLimit-Remaining", "12")
            .with("X-RateLimit-Reset", "2026-11-22T07:05:00.000Z");

    assertThat(QuotaHeaders.read(headers, "x-ratelimit-", ResetEncoding.ISO_8601, SERVER))
        .containsExactly(new QuotaReading("", null, 12, Duration.ofMinutes(5)));
  }

  @ParameterizedTest
  @CsvSource({"'', 10", "x, 10", "10, ''", "10, soon"})
  void whatCannotBeReadSaysNothing(String remaining, String reset) {
    Headers headers =
        Headers.NONE.with("ratelimit-remaining", remaining).with("ratelimit-reset", reset);

    assertThat(QuotaHeaders.ietf(headers, SERVER)).isEmpty();
    assertThat(QuotaHeaders.ietf(Headers.NONE, SERVER)).isEmpty();
  }
}
