package io.github.sparkpysocial.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerClockTest {
  private static final Instant LOCAL = Instant.parse("2026-11-22T12:00:00.750Z");
  private final ServerClock clock = new ServerClock();

  private static Headers date(Instant date) {
    return Headers.NONE.with(
        "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(date.atZone(ZoneOffset.UTC)));
  }

  /** An answer that took a tenth of a second. */
  private Instant read(Headers headers, Instant received) {
    return clock.read(headers, received.minusMillis(100), received);
  }

  @ParameterizedTest
  @ValueSource(longs = {-6, 0, 6})
  void severalAnswersNarrowTheClockDownToTheirLatency(long hours) {
    Duration skew = Duration.ofHours(hours);
    Duration error = Duration.ZERO;
    for (int i = 0; i < 50; i++) {
      Instant received = LOCAL.plusMillis(370L * i);
      Instant truth = received.plus(skew);

      Instant read = read(date(truth.minusMillis(50)), received);

      error = Duration.between(read, truth);
      assertThat(error).isBetween(Duration.ZERO, Duration.ofMillis(1050));
    }
    assertThat(error).isLessThan(Duration.ofMillis(150));
  }

  @Test
  void anAnswerWithoutDateGoesByTheOthers() {
    Instant server = LOCAL.plus(Duration.ofHours(6));
    read(date(server), LOCAL);

    assertThat(read(Headers.NONE, LOCAL.plusSeconds(600)))
        .isBetween(server.plusSeconds(599), server.plusSeconds(600));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "", "Sun, 99 Nov 2026 12:00:00 GMT"})
  void aDateThatCannotBeReadIsNone(String nonsense) {
    assertThat(read(Headers.NONE.with("Date", nonsense), LOCAL)).isEqualTo(LOCAL);
  }

  @Test
  void aDateThatStandsStillIsNone() {
    Instant server = LOCAL.minus(Duration.ofHours(6));
    read(date(server), LOCAL);

    assertThat(read(date(server), LOCAL.plusSeconds(600)))
        .isBetween(server.plusSeconds(599), server.plusSeconds(600));
  }

  @ParameterizedTest
  @ValueSource(longs = {-6, 6})
  void aClockThatIsSetIsFollowed(long hours) {
    read(date(LOCAL), LOCAL);
    Instant later = LOCAL.plusSeconds(30);
    Instant server = later.plus(Duration.ofHours(hours));

    assertThat(read(date(server), later)).isBetween(server.minusSeconds(1), server);
    assertThat(read(Headers.NONE, later.plusSeconds(5)))
        .isBetween(server.plusSeconds(4), server.plusSeconds(5));
  }

  @Test
  void theAgeOfAnAnswerFromACacheCounts() {
    Instant made = LOCAL.minusSeconds(90);

    assertThat(read(date(made).with("Age", "90"), LOCAL)).isBetween(LOCAL.minusSeconds(1), LOCAL);
  }
}
