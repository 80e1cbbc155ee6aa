package io.github.sparkpysocial.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.internal.SipHash;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RandomRecords;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.ForeignRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpelledLineTest {
  private final SpelledLine line = new SpelledLine();
  private final LineScan scan = new LineScan(new SipHash(3, 4));

  private boolean isSpelled(byte[] bytes) {
    return scan.isRecord(bytes, 0, bytes.length) && line.read(bytes, 0, bytes.length, scan.kind());
  }

  private static byte[] spelled(SocialRecord record) {
    return LineEncoderTest.line(record).getBytes(StandardCharsets.UTF_8);
  }

  /** Returns the line that reading and writing another one gives. */
  private static byte[] again(byte[] bytes) throws BadItemException {
    StoreOptions options = StoreOptions.with(Quarantine.inMemory());
    JsonItemDecoder decoder =
        new JsonItemDecoder(
            null, List.of(), ForeignRecords.of(options), new Provenance("file", null, null));
    Item.Content content = decoder.decode(new Utf8().decode(bytes), 1);
    assertThat(content.layout()).isEqualTo(Item.Layout.CANONICAL);
    return spelled(content.records().get(0));
  }

  @ParameterizedTest
  @EnumSource(value = RecordKind.class, mode = EnumSource.Mode.EXCLUDE, names = "TOMBSTONE")
  void whatThisLibraryWritesIsPassedOn(RecordKind kind) {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] bytes = spelled(RandomRecords.record(kind, random));

      assertThat(isSpelled(bytes)).as(new String(bytes, StandardCharsets.UTF_8)).isTrue();
      assertThat(line.end()).isEqualTo(bytes.length);
    }
  }

  @ParameterizedTest
  @EnumSource(RecordKind.class)
  void whatIsPassedOnIsWhatReadingAndWritingGives(RecordKind kind) throws BadItemException {
    Random random = new Random(11);
    byte[] interesting =
        "\"\\,:{}[]0129.-eEtfnu/TZ \t\0\u007f".getBytes(StandardCharsets.ISO_8859_1);
    int passedOn = 0;
    for (int i = 0; i < 4_000; i++) {
      byte[] bytes = spelled(RandomRecords.record(kind, random));
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        int at = random.nextInt(bytes.length);
        bytes[at] =
            random.nextInt(4) == 0
                ? (byte) random.nextInt(256)
                : interesting[random.nextInt(interesting.length)];
      }
      if (isSpelled(bytes)) {
        assertThat(again(bytes)).asString(StandardCharsets.UTF_8).isEqualTo(text(bytes));
        passedOn++;
      }
    }
    if (kind != RecordKind.TOMBSTONE) {
      assertThat(passedOn).isBetween(100, 3_900);
    } else {
      assertThat(passedOn).isZero();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"kind\":\"original\"", // no text
        ",\"text\":\"t\"", // no kind
        ",\"kind\":\"other\",\"text\":\"t\"",
        ",\"text\":\"t\",\"kind\":\"original\"",
        ",\"kind\":\"original\",\"text\":\"t\",\"new\":1",
        ",\"kind\":\"original\",\"text\":\"t\",\"likes\":01",
        ",\"kind\":\"original\",\"text\":\"t\",\"likes\":-0",
        ",\"kind\":\"original\",\"text\":\"t\",\"likes\":null",
        ",\"kind\":\"original\",\"text\":\"t\",\"likes\":9223372036854775808",
        ",\"kind\":\"original\",\"text\":\"t\",\"created_at\":\"2026-02-29T00:00:00Z\"",
        ",\"kind\":\"original\",\"text\":\"t\",\"created_at\":\"2026-02-28T24:00:00Z\"",
        ",\"kind\":\"original\",\"text\":\"t\",\"created_at\":\"2026-02-28T00:00:00.100000Z\"",
        ",\"kind\":\"original\",\"text\":\"t\",\"created_at\":\"2026-02-28T00:00:00+00:00\"",
        ",\"kind\":\"original\",\"text\":\"t\",\"hashtags\":[]",
        ",\"kind\":\"original\",\"text\":\"t\",\"hashtags\":[{}]",
        ",\"kind\":\"original\",\"text\":\"t\",\"hashtags\":[{\"text\":\"a\",\"start\":3,\"end\":2}]",
        ",\"kind\":\"original\",\"text\":\"t\",\"hashtags\":[{\"text\":\"a\",\"start\":-1,\"end\":2}]",
        ",\"kind\":\"original\",\"text\":\"t\",\"latitude\":1.0,\"geo_precision\":\"point\"",
        ",\"kind\":\"original\",\"text\":\"t\",\"latitude\":1.0,\"longitude\":2.0",
        ",\"kind\":\"original\",\"text\":\"t\",\"latitude\":91.0,\"longitude\":2.0,\"geo_precision\":\"point\"",
        ",\"kind\":\"original\",\"text\":\"t\",\"latitude\":1.00,\"longitude\":2.0,\"geo_precision\":\"point\"",
        ",\"kind\":\"original\",\"text\":\"\\u000A\"",
        ",\"kind\":\"original\",\"text\":\"\\u00e9\"",
        ",\"kind\":\"original\",\"text\":\"\\/\"",
        ",\"kind\":\"original\",\"text\":\"\u2028\"",
        ",\"kind\":\"original\",\"text\":\"\u0085\"",
        ",\"kind\":\"original\",\"text\":\"t\"}{"
      })
  void whatIsSpelledOtherwiseOrBrokenHasToBeRead(String rest) {
    String start = "{\"record\":\"post\",\"network\":\"x\",\"id\":\"1\"";
    byte[] sound =
        (start + ",\"kind\":\"original\",\"text\":\"t\"}").getBytes(StandardCharsets.UTF_8);

    assertThat(isSpelled(sound)).isTrue();
    assertThat(isSpelled((start + rest + '}').getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.23E+18", "1200000000000000000", "12.0", ""})
  void anIdThatWasRoundedHasToBeRead(String id) {
    byte[] bytes =
        ("{\"record\":\"post\",\"network\":\"x\",\"id\":\""
                + id
                + "\",\"kind\":\"original\",\"text\":\"t\"}")
            .getBytes(StandardCharsets.UTF_8);

    assertThat(isSpelled(bytes)).isFalse();
  }

  @Test
  void malformedUtf8HasToBeRead() {
    byte[][] malformed = {
      {(byte) 0x80},
      {(byte) 0xC0, (byte) 0x80},
      {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
      {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
      {(byte) 0xF0, (byte) 0x80, (byte) 0x80, (byte) 0x80},
      {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
      {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
      {(byte) 0xC3},
      {0}
    };
    byte[] sound = spelled(Post.builder(Network.X, "1", "????").build());
    int text = new String(sound, StandardCharsets.UTF_8).indexOf("????");
    assertThat(isSpelled(sound)).isTrue();

    for (byte[] each : malformed) {
      byte[] bytes = sound.clone();
      System.arraycopy(each, 0, bytes, text, each.length);
      assertThat(isSpelled(bytes)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLineBecomesTheRowThatItsRecordBecomes(boolean guard) throws IOException {
    StoreOptions plain = StoreOptions.with(Quarantine.inMemory());
    StoreOptions options = guard ? plain.withFormulaGuard() : plain;
    Random random = new Random(13);
    for (RecordKind kind : RecordKind.values()) {
      CsvEncoder byLine = new CsvEncoder("a.csv", options);
      CsvEncoder byRecord = new CsvEncoder("b.csv", options);
      RowBuffer lines = new RowBuffer();
      RowBuffer records = new RowBuffer();
      for (int i = 0; i < 200 && kind != RecordKind.TOMBSTONE; i++) {
        SocialRecord record = RandomRecords.record(kind, random);
        assertThat(isSpelled(spelled(record))).isTrue();

        assertThat(byLine.write(line, lines)).isTrue();
        assertThat(
                byRecord.write(
                    record, RecordSchema.of(kind).values(record), new LineEncoder(), records))
            .isNull();
      }
      assertThat(lines.toArray())
          .asString(StandardCharsets.UTF_8)
          .isEqualTo(new String(records.toArray(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void aRowCannotHoldNulButIsTakenBack() throws IOException {
    CsvEncoder encoder = new CsvEncoder("a.csv", StoreOptions.with(Quarantine.inMemory()));
    RowBuffer rows = new RowBuffer();
    assertThat(isSpelled(spelled(Post.builder(Network.X, "1", "a").build()))).isTrue();
    assertThat(encoder.write(line, rows)).isTrue();
    int before = rows.length();

    assertThat(isSpelled(spelled(Post.builder(Network.X, "2", "a\0b").build()))).isTrue();

    assertThat(encoder.write(line, rows)).isFalse();
    assertThat(rows.length()).isEqualTo(before);
  }
}
