package io.github.sparkpysocial.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.spi.Fingerprint;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeenFilterTest {

  @Test
  void aSeenFilterForgetsNothingAndSuspectsFew() {
    Random random = new Random(7);
    SeenFilter seen = new SeenFilter();
    int suspected = 0;
    int count = 300_000;
    for (int i = 0; i < count; i++) {
      suspected += seen.add(new Fingerprint(random.nextLong(), random.nextLong())) ? 1 : 0;
    }
    assertThat(suspected).isLessThan(count / 400);

    Random again = new Random(7);
    for (int i = 0; i < count; i++) {
      assertThat(seen.add(new Fingerprint(again.nextLong(), again.nextLong()))).isTrue();
    }
  }
}
