package io.github.sparkpysocial.streaming.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.streaming.journal.JournalEntry.Kind;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class JournalTest {
  private static final Instant START = Instant.parse("2026-11-01T12:00:00.123456Z");
  private static final JournalOptions SMALL =
      JournalOptions.DEFAULT
          .withSync(JournalOptions.Sync.PROCESS)
          .withSegmentBytes(4096)
          .withClock(SettableClock.at(START));

  @TempDir private Path directory;

  @Test
  void whatIsCommittedIsReadAsItWas() {
    try (Journal journal = Journal.open(directory, SMALL)) {
      journal.append(Kind.RECORD, bytes("ä"));
      journal.append(Kind.NOTICE, new byte[0]);
      JournalPosition after = journal.commit();

      assertThat(after.offset()).isEqualTo(2);
      assertThat(entries())
          .containsExactly(
              new JournalEntry(0, Kind.RECORD, START, bytes("ä")),
              new JournalEntry(1, Kind.NOTICE, START, new byte[0]));
    }
  }

  @Test
  void nothingIsSeenBeforeItIsCommitted() {
    try (Journal journal = Journal.open(directory, SMALL)) {
      journal.append(Kind.RECORD, bytes("a"));

      assertThat(entries()).isEmpty();
      assertThat(journal.end().offset()).isZero();
    }
    assertThat(entries()).as("closing commits").hasSize(1);
  }

  @Test
  void offsetsGoOnOverSegmentsAndOpenings() throws IOException {
    write(500);
    write(500);

    assertThat(payloads()).containsExactlyElementsOf(numbers(0, 1000));
    assertThat(Segment.list(directory)).hasSizeGreaterThan(3);
    for (Segment segment : Segment.list(directory)) {
      assertThat(Files.size(segment.file())).isLessThan(2 * 4096);
    }
  }

  @Test
  void readingGoesOnFromAnyPositionAndInAnySteps() {
    write(300);
    JournalReader reader = JournalReader.of(directory);
    List<Long> read = new ArrayList<>();
    JournalPosition position = reader.start();
    while (position.offset() < 300) {
      JournalPosition next = reader.advance(position, reader.end(), 7);
      try (JournalCursor cursor = reader.read(position, next)) {
        cursor.forEachRemaining(entry -> read.add(number(entry)));
      }
      position = next;
    }

    assertThat(read).containsExactlyElementsOf(numbers(0, 300));
  }

  /** Spark tells the stop of a query from its failure by this. */
  @Test
  void anInterruptComesOutAsTheChannelsOwn() {
    write(10);
    JournalReader reader = JournalReader.of(directory);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(reader::end)
          .isInstanceOf(UncheckedIOException.class)
          .hasCauseInstanceOf(ClosedByInterruptException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void theLastStateOutlivesSegmentsAndIsTheFirstOfEach() throws IOException {
    try (Journal journal = Journal.open(directory, SMALL.withKeepBytes(4096))) {
      journal.append(Kind.STATE, bytes("here"));
      for (int i = 0; i < 500; i++) {
        journal.append(Kind.RECORD, new byte[100]);
        journal.commit();
      }
    }
    try (Journal journal = Journal.open(directory, SMALL)) {
      assertThat(journal.state()).isEqualTo(bytes("here"));
      assertThat(JournalReader.of(directory).start().offset()).isPositive();
    }
  }

  @Test
  void aTornEndIsSetAsideWhereverItWasTorn() throws IOException {
    write(20);
    Path file = Segment.at(directory, 0).file();
    byte[] whole = Files.readAllBytes(file);
    int committed = ends(whole).get(9);
    for (int length = committed; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      Files.delete(directory.resolve("end")); // nobody was told of a commit
      int sound = ends(java.util.Arrays.copyOf(whole, length)).size();

      try (Journal journal = Journal.open(directory, SMALL)) {
        assertThat(journal.end().offset()).as("torn at %s", length).isEqualTo(sound);
        assertThat(journal.findings()).hasSize(ends(whole).contains(length) ? 0 : 1);
        journal.append(Kind.RECORD, bytes("next"));
      }
      assertThat(entries()).hasSize(sound + 1);
    }
  }

  @Test
  void aFlippedBitLosesOneEntryAndSaysSo() throws IOException {
    write(20);
    Path file = Segment.at(directory, 0).file();
    byte[] whole = Files.readAllBytes(file);
    List<Integer> ends = ends(whole);
    for (int at = ends.get(4); at < ends.get(5); at++) { // the sixth entry
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(file, damaged);

      List<JournalEntry> entries = entries();
      JournalEntry lost = entries.get(5);

      assertThat(entries.subList(0, 5))
          .extracting(JournalTest::number)
          .containsExactlyElementsOf(numbers(0, 5));
      assertThat(lost.kind()).as("byte %s", at).isEqualTo(Kind.LOST);
      assertThat(lost.offset()).isEqualTo(5);
      assertThat(lost.text()).contains("0000000000000000000.journal");
      // a broken length hides the entries behind it, a broken rest does not
      boolean lengthBroken = at < ends.get(4) + Integer.BYTES;
      assertThat(lost.count()).isEqualTo(lengthBroken ? 15 : 1);
      assertThat(entries.stream().mapToLong(JournalEntry::count).sum()).isEqualTo(20);
    }
  }

  @Test
  void damageInTheMiddleKeepsTheSegmentsAroundIt() throws IOException {
    write(500);
    List<Segment> segments = Segment.list(directory);
    Segment second = segments.get(1);
    byte[] damaged = Files.readAllBytes(second.file());
    java.util.Arrays.fill(damaged, 100, damaged.length, (byte) 0xFF);
    Files.write(second.file(), damaged);

    List<JournalEntry> entries = entries();

    assertThat(entries.stream().mapToLong(JournalEntry::count).sum()).isEqualTo(500);
    assertThat(entries).filteredOn(entry -> entry.kind() == Kind.LOST).hasSize(1);
    assertThat(number(entries.get(entries.size() - 1))).isEqualTo(499);
  }

  @Test
  void offsetsOfCommittedEntriesThatAreGoneAreNotGivenAgain() throws IOException {
    write(20);
    Path file = Segment.at(directory, 0).file();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(whole, ends(whole).get(11)));

    try (Journal journal = Journal.open(directory, SMALL)) {
      assertThat(journal.findings())
          .containsExactly(
              "the entries from 12 up to 19 were committed and cannot be read;"
                  + " 0000000000000000000.journal stays as it is");
      assertThat(journal.end().offset()).isEqualTo(20);
      journal.append(Kind.RECORD, JournalProcess.payload(20));
    }
    List<JournalEntry> entries = entries();
    assertThat(entries.get(12).kind()).isEqualTo(Kind.LOST);
    assertThat(entries.get(12).count()).isEqualTo(8);
    assertThat(number(entries.get(13))).isEqualTo(20);
  }

  @Test
  void retentionBoundsTheJournalAndTellsALateReader() throws IOException {
    JournalOptions options = SMALL.withKeepBytes(3 * 4096);
    JournalPosition begin;
    try (Journal journal = Journal.open(directory, options)) {
      begin = journal.end();
      for (int i = 0; i < 2_000; i++) {
        journal.append(Kind.RECORD, JournalProcess.payload(i));
        journal.commit();
      }
      long bytes = 0;
      for (Segment segment : Segment.list(directory)) {
        bytes += Files.size(segment.file());
      }
      assertThat(bytes).isLessThan(4 * 4096 + 100);
      assertThat(payloads()).endsWith(1_999L).doesNotContain(0L);
      JournalReader reader = journal.reader();
      assertThatThrownBy(() -> reader.advance(begin, reader.end(), 1))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("no longer has the entries from 0 on; the oldest is ");
    }
  }

  @Test
  void whatIsTooOldGoesWithTheNextSegment() throws IOException {
    write(500);
    for (Segment segment : Segment.list(directory)) {
      Files.setLastModifiedTime(segment.file(), FileTime.from(START.minusSeconds(7_200)));
    }

    try (Journal journal = Journal.open(directory, SMALL.withKeepFor(Duration.ofHours(1)))) {
      journal.append(Kind.RECORD, new byte[5_000]);
      journal.commit();
      journal.append(Kind.RECORD, new byte[1]);
      journal.commit();
    }

    assertThat(Segment.list(directory)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aSecondWriterIsRefused() {
    try (Journal journal = Journal.open(directory, SMALL)) {
      assertThatThrownBy(() -> Journal.open(directory, SMALL))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Another writer has " + directory);
      assertThat(journal.end().offset()).isZero();
    }
    write(1);
  }

  @Test
  void aReaderFollowsAWriter() throws Exception {
    try (Journal journal = Journal.open(directory, SMALL)) {
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 3_000; i++) {
                  journal.append(Kind.RECORD, JournalProcess.payload(i));
                  if (i % 3 == 0) {
                    journal.commit();
                  }
                }
                journal.commit();
              });
      JournalReader reader = JournalReader.of(directory);
      List<Long> read = new ArrayList<>();
      JournalPosition position = reader.start();
      while (read.size() < 3_000) {
        JournalPosition end = reader.end();
        try (JournalCursor cursor = reader.read(position, end)) {
          cursor.forEachRemaining(entry -> read.add(number(entry)));
        }
        position = end;
      }
      writer.get(20, TimeUnit.SECONDS);

      assertThat(read).containsExactlyElementsOf(numbers(0, 3_000));
    }
  }

  @Test
  void aKilledWriterLosesNothingThatItCommitted() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 4; round++) {
      Process process = JournalProcess.start(directory, 16_384, 0);
      long told = 0;
      try (BufferedReader output = JournalProcess.output(process)) {
        for (int i = random.nextInt(40) + 1; i > 0; i--) {
          told = Long.parseLong(output.readLine());
        }
      } finally {
        process.destroyForcibly().waitFor();
      }

      try (Journal journal = Journal.open(directory, SMALL)) {
        assertThat(journal.end().offset()).isGreaterThanOrEqualTo(told);
        assertThat(payloads()).containsExactlyElementsOf(numbers(0, journal.end().offset()));
      }
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsToldAndTakesNothingBack() throws Exception {
    Process process = JournalProcess.start(directory, 1 << 30, 64); // no file beyond 64 KiB
    long told = 0;
    String last = "";
    try (BufferedReader output = JournalProcess.output(process)) {
      String line;
      while ((line = output.readLine()) != null) {
        told = line.matches("\\d+") ? Long.parseLong(line) : told;
        last = line;
      }
    }

    assertThat(told).isGreaterThan(500);
    assertThat(last)
        .startsWith("The journal " + directory + " cannot be written: ")
        .contains("Nothing that was committed is lost; 10 entries wait in memory");
    // closing the journal begins another file, which has room for the ten
    assertThat(payloads()).containsExactlyElementsOf(numbers(0, told + 10));
    try (Journal journal = Journal.open(directory, SMALL)) {
      assertThat(journal.findings()).isEmpty();
      assertThat(journal.end().offset()).isEqualTo(told + 10);
    }
  }

  @Test
  void wrongUseIsToldWhatToDo() {
    assertThatThrownBy(() -> JournalReader.of(directory.resolve("none")))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("There is no journal in ");
    assertThatThrownBy(() -> JournalOptions.DEFAULT.withSegmentBytes(10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("segmentBytes must be at least 4096, was 10");
    assertThatThrownBy(() -> JournalOptions.DEFAULT.withKeepBytes(10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("keepBytes must be at least segmentBytes, 67108864, was 10");
    try (Journal journal = Journal.open(directory, SMALL)) {
      assertThatThrownBy(() -> journal.append(Kind.RECORD, new byte[17 << 20]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** Adds entries whose payload is their offset, three a commit. */
  private void write(int entries) {
    try (Journal journal = Journal.open(directory, SMALL)) {
      for (int i = 0; i < entries; i++) {
        journal.append(Kind.RECORD, JournalProcess.payload(journal.end().offset() + i % 3));
        if (i % 3 == 2) {
          journal.commit();
        }
      }
    }
  }

  /** Returns where the entries of a segment end, as its lengths say. */
  private static List<Integer> ends(byte[] segment) {
    List<Integer> ends = new ArrayList<>();
    java.nio.ByteBuffer bytes = java.nio.ByteBuffer.wrap(segment);
    int at = Segment.HEADER_BYTES;
    while (at + Segment.FRAME_BYTES <= segment.length
        && at + Segment.FRAME_BYTES + bytes.getInt(at) <= segment.length) {
      at += Segment.FRAME_BYTES + bytes.getInt(at);
      ends.add(at);
    }
    return ends;
  }

  private List<JournalEntry> entries() {
    List<JournalEntry> entries = new ArrayList<>();
    try (JournalCursor cursor = JournalReader.of(directory).readAll()) {
      cursor.forEachRemaining(entries::add);
    }
    return entries;
  }

  private List<Long> payloads() {
    return entries().stream().map(JournalTest::number).toList();
  }

  private static long number(JournalEntry entry) {
    return Long.parseLong(entry.text().strip());
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.range(from, to).boxed().toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
