package io.github.sparkpysocial.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two books in one directory are two processes to each other. */
class SharedBookTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir Path directory;
  private final VirtualTiming timing = new VirtualTiming(START);
  private SharedBook one;
  private SharedBook other;

  @BeforeEach
  void open() {
    one = new SharedBook(directory, timing, MachineTime.of(timing));
    other = new SharedBook(directory, timing, MachineTime.of(timing));
  }

  /** Lives until it is killed or its input ends. */
  static final class Idle {
    public static void main(String[] args) throws IOException {
      System.in.read();
    }
  }

  private static Ask ask(Quota... quotas) {
    return ask("things", quotas);
  }

  private static Ask ask(String key, Quota... quotas) {
    return new Ask(
        "https://api.example",
        List.of("someone"),
        key,
        List.of(quotas),
        1,
        "0123",
        0,
        Pacing.BURST);
  }

  private static Delay wait(Ask.Turn turn) {
    return Objects.requireNonNull(turn.delay(), "it need not wait");
  }

  private static LimitSignal left(long remaining, Duration untilReset) {
    return LimitSignal.proceed(List.of(new QuotaReading("", 10L, remaining, untilReset)));
  }

  private void send(SharedBook book, Ask ask, LimitSignal signal) {
    Ask.Turn turn = book.acquire(ask, "");
    assertThat(turn.delay()).isNull();
    book.answered(
        ask, turn, timing.now(), timing.now().plus(Duration.ofHours(6)), signal, LimitReach.KEY);
  }

  @Test
  void whatOneLearnsTheOtherKeeps() {
    send(one, ask(), left(1, Duration.ofMinutes(5)));

    Ask.Turn last = other.acquire(ask(), "");
    Ask.Turn tooMany = one.acquire(ask(), "");

    assertThat(last.delay()).isNull();
    assertThat(wait(tooMany).cause()).isEqualTo(LimitWait.Cause.QUOTA);
    assertThat(wait(tooMany).duration()).isEqualTo(Duration.ofSeconds(301));
    assertThat(one.known())
        .singleElement()
        .satisfies(
            known -> {
              assertThat(known.key()).isEqualTo("things");
              assertThat(known.resetsAt())
                  .isEqualTo(START.plus(Duration.ofHours(6)).plus(Duration.ofMinutes(5)));
            });

    timing.advance(Duration.ofSeconds(301));
    assertThat(one.acquire(ask(), "").delay()).isNull();
  }

  @Test
  void aPauseIsForAllAndASecondWindowOfOurOwnToo() {
    Ask ask = ask(new Quota(2, Duration.ofSeconds(10)));
    send(one, ask, left(9, Duration.ofMinutes(5)));
    timing.advance(Duration.ofSeconds(4));
    send(other, ask, left(8, Duration.ofMinutes(5)));
    Ask.Turn third = one.acquire(ask, "");
    assertThat(wait(third).duration()).isEqualTo(Duration.ofSeconds(6));

    timing.advance(Duration.ofSeconds(6));
    Ask.Turn turn = one.acquire(ask, "");
    one.answered(
        ask,
        turn,
        timing.now(),
        timing.now(),
        LimitSignal.limited(List.of(), Duration.ofSeconds(90), "slow down"),
        LimitReach.SERVER);
    Ask.Turn paused = other.acquire(ask, "");
    assertThat(paused.delay())
        .isEqualTo(new Delay(Duration.ofSeconds(91), LimitWait.Cause.BLOCKED, "slow down"));
  }

  @Test
  void whatADeadProcessHadOnItsWayCountsAsUsedAndHoldsNobodyUp() throws Exception {
    Process process = OtherJvm.start(Idle.class);
    String dead =
        process.pid() + "@" + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    SharedBook ofDead = new SharedBook(directory, timing, MachineTime.of(timing), dead);
    send(one, ask(), left(5, Duration.ofMinutes(5)));
    Ask.Turn asking = ofDead.acquire(ask(), "");
    assertThat(asking.delay()).isNull();
    process.destroyForcibly();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

    for (int i = 0; i < 4; i++) {
      assertThat(one.acquire(ask(), "").delay()).isNull();
    }
    Ask.Turn fifth = one.acquire(ask(), "");
    assertThat(fifth.delay()).as("the dead process may have used one").isNotNull();
    assertThat(Files.readString(onlyFile())).doesNotContain(dead);
  }

  @Test
  void aProcessThatDiesWhileItProbesLetsAnotherProbe() throws Exception {
    SharedBook ofDead = new SharedBook(directory, timing, MachineTime.of(timing), "1073741823@1");
    assertThat(ofDead.acquire(ask(), "").delay()).isNull();

    assertThat(one.acquire(ask(), "").delay()).isNull();
    Ask.Turn queued = other.acquire(ask(), "");
    assertThat(wait(queued).cause()).isEqualTo(LimitWait.Cause.QUEUED);
  }

  @Test
  void ofManyQuotasThoseThatSayNothingAreForgotten() throws IOException {
    for (int i = 0; i < 80; i++) {
      send(one, ask("user " + i), left(5, Duration.ofMinutes(5)));
    }
    timing.advance(Duration.ofMinutes(6));

    send(one, ask("another"), left(5, Duration.ofMinutes(5)));

    assertThat(one.known()).singleElement().extracting(RateLimit::key).isEqualTo("another");
  }

  @Test
  void aFileThatIsDamagedIsBegunAnew() throws IOException {
    send(one, ask(), left(0, Duration.ofMinutes(5)));
    Files.writeString(onlyFile(), "{\"limits\":1,\"keys\":{\"x\":");

    assertThat(other.acquire(ask(), "").delay()).isNull();
  }

  @Test
  void theFileTellsNoAddress() throws IOException {
    send(one, ask(), left(5, Duration.ofMinutes(5)));

    assertThat(onlyFile().getFileName().toString()).matches("[0-9a-f]{16}\\.limits\\.json");
    assertThat(Files.readString(onlyFile())).contains("someone\\nthings").doesNotContain("?");
  }

  private Path onlyFile() throws IOException {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
    }
  }

  @Test
  void aClockOnTheWallThatIsSetDoesNotOpenAWindow() {
    Instant[] wall = {START};
    Clock settable =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return wall[0];
          }
        };
    MachineTime monotonic = new MachineTime.OfSystem("this boot", settable);
    var written = LimitJson.object();
    monotonic.now().write(written);
    wall[0] = START.plus(Duration.ofHours(6));
    assertThat(monotonic.now().since(written)).isLessThan(Duration.ofMinutes(1));
    assertThat(new MachineTime.OfSystem("next boot", settable).now().since(written))
        .isEqualTo(Duration.ofHours(6));
    wall[0] = START.minus(Duration.ofHours(6));
    assertThat(new MachineTime.OfSystem("", settable).now().since(written))
        .isEqualTo(Duration.ZERO);
  }
}
