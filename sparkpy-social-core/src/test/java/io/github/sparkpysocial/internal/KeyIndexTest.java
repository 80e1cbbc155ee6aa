package io.github.sparkpysocial.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.spi.Fingerprint;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyIndexTest {

  @Test
  void itBehavesAsAHashMapDoes() {
    Random random = new Random(42);
    KeyIndex index = new KeyIndex();
    Map<Fingerprint, Long> model = new HashMap<>();
    for (int step = 0; step < 50_000; step++) {
      // Few segments and colliding low bits, so that runs of slots form and are torn apart.
      Fingerprint key =
          new Fingerprint((long) random.nextInt(2) << 56 | random.nextInt(8), random.nextInt(20));
      if (random.nextInt(3) == 0) {
        Long before = model.remove(key);
        assertThat(index.remove(key)).isEqualTo(before == null ? KeyIndex.ABSENT : before);
      } else {
        long value = random.nextLong() >>> 1;
        Long before = model.put(key, value);
        assertThat(index.put(key, value)).isEqualTo(before == null ? KeyIndex.ABSENT : before);
      }
    }
    assertThat(index.size()).isEqualTo(model.size());
    model.forEach((key, value) -> assertThat(index.get(key)).isEqualTo(value));
  }

  @Test
  void theValueForAbsentIsRefused() {
    assertThatThrownBy(() -> new KeyIndex().put(new Fingerprint(1, 2), KeyIndex.ABSENT))
        .isInstanceOf(IllegalArgumentException.class);
  }

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
