package io.github.sparkpysocial.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.spi.Fingerprint;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipHashTest {

  /** The vectors of the reference implementation: key 00 to 0f, input 00, 01, 02 and so on. */
  @ParameterizedTest
  @CsvSource({
    "0, e6a825ba047f81a3, 930255c71472f66d",
    "1, 44af996bd8c187da, 45fc229b11597634",
    "15, 11a8b03399e99354, d9c3cf970fec087e",
    "63, 4a83502f77d15051, 7cbd3f979a063e50",
  })
  void itIsTheHashOfItsAuthors(int length, String high, String low) {
    byte[] input = new byte[length + 2];
    for (int i = 0; i < length; i++) {
      input[i + 1] = (byte) i;
    }

    Fingerprint hash =
        new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L).of(input, 1, length + 1);

    assertThat(hash)
        .isEqualTo(
            new Fingerprint(Long.parseUnsignedLong(high, 16), Long.parseUnsignedLong(low, 16)));
  }
}
