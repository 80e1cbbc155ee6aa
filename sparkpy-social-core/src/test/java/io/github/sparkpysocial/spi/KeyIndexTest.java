package io.github.sparkpysocial.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
