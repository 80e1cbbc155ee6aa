package io.github.sparkpysocial.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class LedgerTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final String STREAM = "x:stream?rule=spark";
  private static final String STORE = "posts.jsonl";

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("ledger.json");
  }

  private static Instant at(int hour) {
    return START.plus(Duration.ofHours(hour));
  }

  private static Position position(int hour) {
    return new Position("p" + hour, at(hour));
  }

  private static LedgerEntry entry(List<Interval> intervals, List<LedgerHole> holes) {
    return new LedgerEntry(
        "x:search?q=spark",
        STORE,
        Order.NEWEST_FIRST,
        intervals,
        holes,
        at(20),
        at(21),
        "page-7",
        12L,
        "X said no");
  }

  @Test
  void anEntryIsReadAsItWasWritten() {
    LedgerEntry entry =
        entry(
            List.of(
                new Interval(position(18), position(12), at(11), at(20)),
                new Interval(position(5), null, Interval.BEGINNING, at(5))),
            List.of(
                new LedgerHole(
                    position(5),
                    position(12),
                    null,
                    at(11),
                    "stopped",
                    new LedgerHole.Next(position(5), position(13), "c\"1", at(4))),
                LedgerHole.between(at(1), at(2), "cut")));

    Ledger.open(file()).commit(entry);

    assertThat(Ledger.open(file()).entries()).containsExactly(entry);
    assertThat(Ledger.open(file()).find(entry.source(), STORE)).contains(entry);
    assertThat(Ledger.open(file()).find(entry.source(), "other.jsonl")).isEmpty();
  }

  @Test
  void peopleCanReadTheFile() throws IOException {
    Ledger.open(file()).commit(entry(List.of(new Interval(position(5), position(2))), List.of()));

    assertThat(Files.readAllLines(file()))
        .contains("    \"source\" : \"x:search?q=spark\",", "    \"complete\" : true,")
        .hasSizeGreaterThan(15);
  }

  @Test
  void aFileOfAnotherKindOrVersionIsRefusedAndLeftAlone() throws IOException {
    for (String foreign : List.of("{\"ledger\":99,\"harvests\":[]}", "[]", "{}", "7")) {
      Files.writeString(file(), foreign);

      assertThatThrownBy(() -> Ledger.open(file()).entries())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("ledger.json")
          .hasMessageContaining("--ledger");
      assertThatThrownBy(() -> Ledger.open(file()).commit(entry(List.of(), List.of())))
          .isInstanceOf(StoreException.class);
      assertThat(file()).hasContent(foreign);
    }
    Files.writeString(file(), "{\"ledger\":99}");
    assertThatThrownBy(() -> Ledger.open(file()).entries()).hasMessageContaining("version 99");
  }

  @Test
  void aDamagedFileIsRefusedWhereverItIsCutOrWrong() throws IOException {
    Ledger.open(file())
        .commit(
            entry(
                List.of(new Interval(position(5), position(2))),
                List.of(LedgerHole.between(at(1), at(2), "cut"))));
    String whole = Files.readString(file()).strip();
    List<String> damaged = new ArrayList<>();
    for (int cut = 1; cut < whole.length(); cut += 7) {
      damaged.add(whole.substring(0, cut));
    }
    damaged.add(whole.replace(at(5).toString(), "yesterday"));
    damaged.add(whole.replace("NEWEST_FIRST", "BACKWARDS"));
    damaged.add(whole.replace("\"reason\"", "\"season\""));
    damaged.add(whole.replace("\"newest\"", "\"newer\""));

    for (String text : damaged) {
      Files.writeString(file(), text);
      assertThatThrownBy(() -> Ledger.open(file()).entries())
          .as(text)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("ledger.json")
          .satisfies(e -> assertThat(e.getMessage()).containsAnyOf("damaged", "no ledger"));
    }
  }

  /** A crash between writing the new state and moving it over the old one. */
  @Test
  void whatACrashLeftBesideTheFileIsNotTheLedger() throws IOException {
    Ledger ledger = Ledger.open(file());
    LedgerEntry old = entry(List.of(new Interval(position(5), position(2))), List.of());
    ledger.commit(old);
    Files.writeString(directory.resolve("ledger.json.new"), "{\"ledger\":2,\"harv");

    assertThat(ledger.entries()).containsExactly(old);

    LedgerEntry fresh = entry(List.of(new Interval(position(9), position(2))), List.of());
    ledger.commit(fresh);
    assertThat(ledger.entries()).containsExactly(fresh);
    assertThat(directory.resolve("ledger.json.new")).doesNotExist();
  }

  @Test
  void threadsWithListingsOfTheirOwnDoNotLoseEachOthersEntries() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<?>> running = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      String source = "numbers:" + t;
      running.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  Ledger.open(file()).noteHole(source, STORE, at(3 * i), at(3 * i + 1), "cut");
                }
              }));
    }
    for (Future<?> one : running) {
      one.get(1, TimeUnit.MINUTES);
    }
    threads.shutdown();

    assertThat(Ledger.open(file()).entries())
        .hasSize(8)
        .allSatisfy(entry -> assertThat(entry.holes()).hasSize(10));
  }

  /** Notes holes under a name of its own; the main class of another process. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] arguments) {
      for (int i = 0; i < 10; i++) {
        Ledger.open(Path.of(arguments[0]))
            .noteHole(arguments[1], STORE, at(3 * i), at(3 * i + 1), "cut");
      }
    }
  }

  @Test
  void processesWithListingsOfTheirOwnDoNotLoseEachOthersEntries() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int p = 0; p < 3; p++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-Xshare:auto",
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherProcess.class.getName(),
                  file().toString(),
                  "numbers:" + p)
              .redirectErrorStream(true)
              .start());
    }
    for (Process process : processes) {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isZero();
    }

    assertThat(Ledger.open(file()).entries())
        .hasSize(3)
        .allSatisfy(entry -> assertThat(entry.holes()).hasSize(10));
  }

  @Test
  void holesThatOverlapBecomeOneAndCanBeFilledInParts() {
    Ledger ledger = Ledger.inMemory();
    ledger.noteHole(STREAM, STORE, at(1), at(3), "connection cut");
    ledger.noteHole(STREAM, STORE, at(2), at(5), "stalled");
    ledger.noteHole(STREAM, STORE, at(8), at(9), "connection cut");
    assertThat(holes(ledger)).containsExactly("08-09", "01-05");

    ledger.noteFilled(STREAM, STORE, at(2), at(3));
    assertThat(holes(ledger)).containsExactly("08-09", "03-05", "01-02");

    ledger.noteFilled(STREAM, STORE, at(0), at(10));
    assertThat(holes(ledger)).isEmpty();
  }

  private static List<String> holes(Ledger ledger) {
    return ledger.find(STREAM, STORE).orElseThrow().holes().stream()
        .map(
            hole ->
                String.valueOf(hole.from()).substring(11, 13)
                    + '-'
                    + String.valueOf(hole.to()).substring(11, 13))
        .toList();
  }

  @Test
  void aStreamIsCompleteWhereItRanWithoutAHole() {
    Ledger ledger = Ledger.inMemory();
    ledger.noteInterval(STREAM, STORE, new Interval(position(6), position(0)));
    ledger.noteInterval(STREAM, STORE, new Interval(position(12), position(6)));
    ledger.noteHole(STREAM, STORE, at(4), at(5), "cut");
    LedgerEntry entry = ledger.find(STREAM, STORE).orElseThrow();

    assertThat(entry.intervals())
        .containsExactly(new Interval(position(12), position(0), at(0), at(12)));
    assertThat(entry.isComplete(at(0), at(4))).isTrue();
    assertThat(entry.isComplete(at(5), at(12))).isTrue();
    assertThat(entry.isComplete(at(3), at(6))).isFalse();
    assertThat(entry.isComplete(at(11), at(13))).isFalse();
    assertThat(entry.coverage(at(0), at(10))).isEqualTo(0.9);
    assertThat(entry.coverage(at(4), at(5))).isZero();
    assertThat(entry.coverage(at(11), at(13))).isEqualTo(0.5);
    assertThat(entry.coverage(at(20), at(30))).isZero();
  }

  @Test
  void aListingIsCompleteFromItsBeginningToTheTimeItWasRead() {
    LedgerEntry entry =
        entry(
            List.of(
                new Interval(position(18), position(12), at(11), at(20)),
                new Interval(position(5), position(3), Interval.BEGINNING, at(6))),
            List.of(new LedgerHole(position(5), position(12), null, at(11), "gone", null)));

    assertThat(entry.isComplete(Instant.EPOCH, at(5))).isTrue();
    assertThat(entry.isComplete(at(11), at(20))).isTrue();
    assertThat(entry.isComplete(at(19), at(21))).isFalse();
    assertThat(entry.isComplete(at(4), at(12))).isFalse();
    assertThat(entry.coverage(at(0), at(20))).isEqualTo(0.7);
    assertThatThrownBy(() -> entry.isComplete(at(2), at(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
