package io.github.sparkpysocial.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.UtcTimes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineEncoderTest {

  static Post post(String id, String text) {
    return Post.builder(Network.X, id, text).build();
  }

  static String line(SocialRecord record) {
    LineEncoder encoder = new LineEncoder();
    encoder.add(record, true);
    String line = new String(encoder.bytes(), 0, encoder.size(), StandardCharsets.UTF_8);
    assertThat(line).endsWith("}\n");
    return line.substring(0, line.length() - 1);
  }

  /** Jackson spells pairs of surrogates as two escapes unless it is told otherwise. */
  private static JsonFactory jackson() {
    return JsonFactory.builder()
        .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
        .build();
  }

  @Test
  void aTextIsSpelledAsJacksonSpellsIt() throws IOException {
    Random random = new Random(5);
    for (int round = 0; round < 300; round++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40);
      while (text.length() < length) {
        int of = random.nextInt(5);
        int character =
            of == 0
                ? random.nextInt(0x20)
                : of == 1
                    ? "\"\\/\u007f".charAt(random.nextInt(4))
                    : of == 2
                        ? 0x20 + random.nextInt(0x60)
                        : of == 3 ? 0xA0 + random.nextInt(0x1F00) : 0x1F300 + random.nextInt(0x300);
        text.appendCodePoint(character);
      }
      ByteArrayOutputStream jackson = new ByteArrayOutputStream();
      try (JsonGenerator json = jackson().createGenerator(jackson)) {
        json.writeString(text.toString());
      }

      assertThat(line(post("1", text.toString())))
          .contains("\"text\":" + jackson.toString(StandardCharsets.UTF_8) + '}');
    }
  }

  @Test
  void aPairAcrossTheStretchesOfALongTextStaysOne() throws IOException {
    for (int before = 1_020; before < 1_028; before++) {
      String text = "a".repeat(before) + "\uD83D\uDE00" + "b".repeat(10);

      JsonNode read = new ObjectMapper().readTree(line(post("1", text)));

      assertThat(read.get("text").asText()).isEqualTo(text);
    }
  }

  @Test
  void whatEndsALineElsewhereIsEscapedAndHalfACharacterReplaced() {
    assertThat(line(post("1", "a\u0085b\u2028c\u2029d\uD800e\uDC00")))
        .contains("a\\u0085b\\u2028c\\u2029d\uFFFDe\uFFFD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-15T12:00:00Z",
        "2026-11-15T12:00:00.001Z",
        "2026-02-28T23:59:59.999Z",
        "2026-11-30T00:00:00.123456Z",
        "2028-02-29T00:00:00.100Z",
        "0000-01-01T00:00:00.000000001Z",
        "1969-12-31T23:59:59.999999999Z",
        "9999-12-31T23:59:59Z",
        "-0001-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
      })
  void aTimeIsSpelledAsTheJdkSpellsIt(String spelled) {
    Instant time = Instant.parse(spelled);
    Provenance provenance = new Provenance(null, time, null);

    assertThat(line(post("1", "a").toBuilder().provenance(provenance).build()))
        .contains("\"fetched_at\":\"" + time + '"');
    Instant fast = UtcTimes.parse(time.toString());
    if (fast != null) {
      assertThat(fast).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T23:59:59Z",
        "2026-13-01T00:00:00Z",
        "2026-11-15T24:00:00Z",
        "2026-11-15T12:00:60Z",
        "2026-11-15T12:00:00.Z",
        "2026-11-15T12:00:00.1234567890Z",
        "2026-11-15T12:00:00",
        "2026-11-15 12:00:00Z",
        "",
      })
  void whatIsNoTimeIsLeftToTheJdk(String text) {
    assertThat(UtcTimes.parse(text)).isNull();
  }
}
