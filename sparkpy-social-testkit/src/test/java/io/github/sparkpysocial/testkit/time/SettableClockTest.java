package io.github.sparkpysocial.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SettableClockTest {
  private static final Instant NOON = Instant.parse("2026-11-15T12:00:00Z");

  @Test
  void standsStillUntilItIsMoved() {
    SettableClock clock = SettableClock.at(NOON);

    assertThat(clock.instant()).isEqualTo(NOON).isEqualTo(clock.instant());
    clock.advance(Duration.ofMinutes(15));
    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(900));
    clock.set(NOON);
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  @Test
  void sleepingMovesItAndNeverBack() throws InterruptedException {
    SettableClock clock = SettableClock.at(NOON);

    clock.sleep(Duration.ofHours(1));
    clock.sleep(Duration.ofHours(-1));

    assertThat(clock.instant()).isEqualTo(NOON.plusSeconds(3_600));
  }

  @Test
  void sleepingEndsWhenTheThreadIsInterrupted() {
    SettableClock clock = SettableClock.at(NOON);
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> clock.sleep(Duration.ofSeconds(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  @Test
  void aCopyInAnotherZoneSharesTheTime() {
    SettableClock clock = SettableClock.at(NOON);
    Clock tokyo = clock.withZone(ZoneId.of("Asia/Tokyo"));

    clock.advance(Duration.ofSeconds(1));

    assertThat(tokyo.instant()).isEqualTo(NOON.plusSeconds(1));
    assertThat(tokyo.getZone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
  }
}
