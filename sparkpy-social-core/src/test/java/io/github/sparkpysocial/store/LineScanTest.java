package io.github.sparkpysocial.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.internal.SipHash;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineScanTest {
  private static final Post POST =
      Post.builder(Network.X, "1\"2", "a \"b\" \u2028 \uD83D\uDE00")
          .createdAt(Instant.parse("2026-11-15T12:00:00.123Z"))
          .entities(
              new Entities(
                  List.of(new Entities.Hashtag("]}\"", 0, 1)), List.of(), List.of(), List.of()))
          .mediaUrls(List.of("https://a.example/[", "b"))
          .sensitive(false)
          .provenance(new Provenance("x:search", Instant.EPOCH, "sparkpy"))
          .raw("{\"id\":\"1\"}")
          .build();

  private final LineScan scan = new LineScan(new SipHash(1, 2));

  private boolean isRecord(String line) {
    byte[] bytes = ("before" + line + "after").getBytes(StandardCharsets.UTF_8);
    return scan.isRecord(bytes, 6, bytes.length - 5);
  }

  private @Nullable Fingerprint content(String line, boolean withRaw) {
    assertThat(isRecord(line)).isTrue();
    return scan.content(withRaw);
  }

  private @Nullable Fingerprint content(SocialRecord record, boolean withRaw) {
    return content(LineEncoderTest.line(record), withRaw);
  }

  private static Post at(String time) {
    return POST.toBuilder().createdAt(Instant.parse(time)).build();
  }

  @Test
  void aLineTellsItsKey() {
    assertThat(isRecord(LineEncoderTest.line(POST))).isTrue();

    assertThat(scan.kind()).isEqualTo(RecordKind.POST);
    assertThat(scan.key()).isEqualTo(scan.key(POST.key()));
    assertThat(scan.key())
        .isNotEqualTo(scan.key(new RecordKey(Network.X, RecordKind.ACCOUNT, POST.id())))
        .isNotEqualTo(scan.key(new RecordKey(Network.of("y"), RecordKind.POST, POST.id())))
        .isNotEqualTo(scan.key(new RecordKey(Network.X, RecordKind.POST, "1")));
  }

  @Test
  void whereAndWhenItWasFetchedDoesNotCount() {
    Post elsewhere = POST.toBuilder().provenance(Provenance.UNKNOWN).build();

    assertThat(content(elsewhere, true)).isNotNull().isEqualTo(content(POST, true));
  }

  @Test
  void everythingElseCounts() {
    assertThat(content(POST, true))
        .isNotEqualTo(content(POST.toBuilder().sensitive(true).build(), true))
        .isNotEqualTo(content(POST.toBuilder().sensitive(null).build(), true))
        .isNotEqualTo(content(POST.toBuilder().mediaUrls(List.of()).build(), true))
        .isNotEqualTo(content(POST.toBuilder().entities(Entities.NONE).build(), true))
        .isNotEqualTo(content(POST.toBuilder().raw("{}").build(), true));
    assertThat(content(POST, false))
        .isEqualTo(content(POST.toBuilder().raw("{}").build(), false))
        .isEqualTo(content(POST.toBuilder().raw(null).build(), false));
  }

  @Test
  void timesCountToTheMillisecond() {
    assertThat(content(at("2026-11-15T12:00:00.123456Z"), true)).isEqualTo(content(POST, true));
    assertThat(content(at("2026-11-15T12:00:00.123000789Z"), true)).isEqualTo(content(POST, true));
    assertThat(content(at("2026-11-15T12:00:00.124Z"), true)).isNotEqualTo(content(POST, true));
    assertThat(content(at("2026-11-15T12:00:00.000123Z"), true))
        .isEqualTo(content(at("2026-11-15T12:00:00Z"), true))
        .isNotEqualTo(content(at("2026-11-15T12:00:00.001Z"), true));
  }

  @Test
  void aRecordIsTakenAsItsLineWouldBe() {
    Fingerprint line = content(POST, true);

    scan.take(POST, RecordSchema.of(RecordKind.POST).values(POST), true);

    assertThat(scan.content(true)).isEqualTo(line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"record\":\"pot\",\"network\":\"x\",\"id\":\"1\"}",
        "{\"record\": \"post\",\"network\":\"x\",\"id\":\"1\"}",
        "{\"record\":\"post\",\"id\":\"1\",\"network\":\"x\"}",
        "{\"record\":\"post\",\"network\":\"X\",\"id\":\"1\"}",
        "{\"record\":\"post\",\"network\":\"x\",\"id\":\"\"}",
        "{\"record\":\"post\",\"network\":\"x\",\"id\":1}",
        "{\"record\":\"post\",\"network\":\"x\",\"id\":\"1",
        "{\"record\":\"post\",\"network\":\"x\",\"id\":\"\\u0031\"}",
        "{\"record\":\"post\",\"network\":\"x\",\"id\":\"1\u0000\"}",
      })
  void whatBeginsOtherwiseIsLeftToTheReader(String line) {
    assertThat(isRecord(line)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "}}",
        "]",
        ",\"text\":\"a\"",
        ",\"text\":\"a}",
        ",\"text\":\"a\\\"}",
        ",\"text\":\"a\\/b\"}",
        ",\"text\":\"\\u00e9\"}",
        ",\"text\":\"a\tb\"}",
        ",\"text\":1}",
        ",\"text\":\"a\",\"kind\":\"original\"}",
        ",\"text\":\"a\",\"colour\":\"red\"}",
        ",\"text\":\"a\", \"likes\":1}",
        ",\"text\":\"a\",\"likes\":}",
        ",\"text\":\"a\",\"likes\":[1]}",
        ",\"text\":\"a\",\"media_urls\":[\"b\"}",
        ",\"text\":\"a\",\"media_urls\":[\"b]}",
      })
  void whatGoesOnOtherwiseHasNoFingerprint(String rest) {
    assertThat(content("{\"record\":\"post\",\"network\":\"x\",\"id\":\"1\"" + rest, true))
        .isNull();
  }
}
