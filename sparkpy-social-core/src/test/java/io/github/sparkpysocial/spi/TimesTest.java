package io.github.sparkpysocial.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

  @ParameterizedTest
  @CsvSource({
    "Wed Oct 10 20:19:24 +0000 2018, 2018-10-10T20:19:24Z",
    "2018-10-10T20:19:24Z, 2018-10-10T20:19:24Z",
    "2018-10-10T22:19:24.250+02:00, 2018-10-10T20:19:24.250Z",
    "2018-10-10T22:19:24+0200, 2018-10-10T20:19:24Z",
    "2018-10-10 20:19:24, 2018-10-10T20:19:24Z",
    "2018-10-10 20:19:24+00:00, 2018-10-10T20:19:24Z",
    "2018-10-10 20:19:24 +0000, 2018-10-10T20:19:24Z",
    "2018-10-10T20:19, 2018-10-10T20:19:00Z",
    "2018-10-10, 2018-10-10T00:00:00Z",
    "1539202764, 2018-10-10T20:19:24Z",
    "1539202764250, 2018-10-10T20:19:24.250Z",
    "' 1539202764 ', 2018-10-10T20:19:24Z"
  })
  void commonSpellingsAreRead(String text, Instant time) {
    assertThat(Times.parse(text)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "10/11/2018", "2018-13-01", "42", "2018"})
  void whatIsAmbiguousOrBrokenIsUnknown(String text) {
    assertThat(Times.parse(text)).isNull();
  }

  @Test
  void halfACharacterBecomesTheReplacementCharacter() {
    String fine = "🎉 fine";
    assertThat(WellFormed.text(fine)).isSameAs(fine);
    assertThat(WellFormed.text("\uD83C\uDF89\uD83C x \uDF89\uD83C"))
        .isEqualTo("🎉\uFFFD x \uFFFD\uFFFD");
  }
}
