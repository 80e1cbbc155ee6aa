package io.github.sparkpysocial.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class LiveStreamTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final TestTiming timing = new TestTiming();
  private final List<LiveStream> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(LiveStream::close);
  }

  private LiveStream open(FakeNetwork network) {
    return open(LiveStream.builder(network));
  }

  private LiveStream open(LiveStream.Builder builder) {
    LiveStream stream = builder.timing(timing).open();
    opened.add(stream);
    return stream;
  }

  /** Returns the next event of a kind, passing over others. */
  private static <E extends LiveEvent> E next(LiveStream stream, Class<E> kind)
      throws InterruptedException {
    return next(stream, kind, event -> true);
  }

  private static <E extends LiveEvent> E next(LiveStream stream, Class<E> kind, Predicate<E> wanted)
      throws InterruptedException {
    while (true) {
      LiveEvent event = stream.next(LONG);
      assertThat(event).as("an event of kind " + kind.getSimpleName()).isNotNull();
      if (kind.isInstance(event) && wanted.test(kind.cast(event))) {
        return kind.cast(event);
      }
    }
  }

  private static List<String> ids(LiveEvent.Records records) {
    return records.records().stream().map(SocialRecord::id).toList();
  }

  private static List<String> nextIds(LiveStream stream) throws InterruptedException {
    return ids(next(stream, LiveEvent.Records.class));
  }

  @Test
  void whatHappensWhileTheConnectionIsBrokenIsAHoleThatASearchFills() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    LiveStream stream = open(network);
    assertThat(next(stream, LiveEvent.Connected.class).resumedAt()).isNull();
    network.happen(2);
    assertThat(nextIds(stream)).containsExactly("1");
    assertThat(nextIds(stream)).containsExactly("2");
    Instant before = timing.now();
    timing.advance(Duration.ofSeconds(5));

    network.refuse(new IOException("cannot connect"));
    network.happenUnseen(10);
    network.cut();

    assertThat(next(stream, LiveEvent.Disconnected.class).reason())
        .isEqualTo("the connection was cut");
    Hole hole = next(stream, LiveEvent.HoleOpened.class).hole();
    assertThat(hole.from()).isEqualTo(before);
    assertThat(hole.to()).isEqualTo(before.plusMillis(5_250));
    assertThat(hole.reason()).isEqualTo("cannot connect");
    // Networks deliver out of order: what came in the last seconds is asked for again.
    assertThat(hole.last()).isEqualTo(new Position("1", FakeNetwork.START.plusSeconds(1)));
    List<String> filled = new ArrayList<>();
    LiveEvent event = stream.next(LONG);
    while (!(event instanceof LiveEvent.HoleFilled done)) {
      if (event instanceof LiveEvent.Records records) {
        assertThat(records.filled()).isTrue();
        filled.addAll(ids(records));
      }
      event = stream.next(LONG);
    }
    assertThat(done.hole()).isEqualTo(hole);
    assertThat(done.found()).isEqualTo(11);
    assertThat(filled)
        .containsExactlyInAnyOrder("3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
    network.awaitConnection(3);
    network.happen(1);
    assertThat(nextIds(stream)).containsExactly("13");
    assertThat(network.mostOpen()).isEqualTo(1);
  }

  @Test
  void eachKindOfFailureHasItsOwnPausesAndAMessageResetsThem() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    network.refuse(
        new IOException("unreachable"),
        new IOException("unreachable"),
        refused(LiveRefusedException.Kind.TEMPORARY, null),
        refused(LiveRefusedException.Kind.TEMPORARY, null),
        refused(LiveRefusedException.Kind.TEMPORARY, Duration.ofSeconds(90)),
        refused(LiveRefusedException.Kind.LIMITED, null),
        refused(LiveRefusedException.Kind.LIMITED, null),
        refused(LiveRefusedException.Kind.LIMITED, Duration.ofSeconds(7)));
    LiveStream stream = open(LiveStream.builder(network).withoutFilling());
    next(stream, LiveEvent.Connected.class);
    assertThat(timing.sleeps())
        .containsExactly(
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(90),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            Duration.ofSeconds(7));

    network.happen(1);
    nextIds(stream);
    network.refuse(
        refused(LiveRefusedException.Kind.TEMPORARY, null), new IOException("unreachable"));
    network.cut();
    next(stream, LiveEvent.Connected.class);

    assertThat(timing.sleeps().subList(8, timing.sleeps().size()))
        .as("at once after an established connection, then from the beginning")
        .containsExactly(Duration.ofSeconds(5), Duration.ofMillis(250));
  }

  @Test
  void aServerThatEndsEachConnectionAtOnceIsNotAskedInALoop() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    LiveStream stream = open(LiveStream.builder(network).withoutFilling());
    for (int attempt = 1; attempt <= 4; attempt++) {
      network.awaitConnection(attempt);
      network.send("error too many connections");
      network.end();
      next(stream, LiveEvent.Disconnected.class);
    }
    network.awaitConnection(5);

    assertThat(timing.sleeps())
        .containsExactly(
            Duration.ofMillis(250),
            Duration.ofMillis(500),
            Duration.ofMillis(750),
            Duration.ofMillis(1_000));
  }

  private static LiveRefusedException refused(
      LiveRefusedException.Kind kind, @Nullable Duration pause) {
    return new LiveRefusedException(kind, pause, "refused: " + kind);
  }

  @Test
  void aRefusalForGoodEndsTheStreamAfterWhatCameBefore() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    LiveStream stream = open(network);
    network.awaitConnection(1);
    network.happen(2);
    network.refuse(refused(LiveRefusedException.Kind.FINAL, null));
    network.cut();

    assertThat(nextIds(stream)).containsExactly("1");
    assertThat(nextIds(stream)).containsExactly("2");
    next(stream, LiveEvent.Disconnected.class);
    assertThatThrownBy(() -> stream.next(LONG))
        .isInstanceOf(LiveEndedException.class)
        .hasMessage("fake:stream: refused: FINAL")
        .hasCauseInstanceOf(LiveRefusedException.class);
    assertThat(stream.isClosed()).isTrue();
  }

  @Test
  void silenceEndsTheConnectionAndKeepAlivesDoNotReachTheConsumer() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    CompletableFuture<Duration> stalled = new CompletableFuture<>();
    LiveStream stream =
        open(
            LiveStream.builder(network)
                .listener(
                    new LiveListener() {
                      @Override
                      public void stalled(Duration silence) {
                        stalled.complete(silence);
                      }
                    }));
    network.awaitConnection(1);
    network.send("");
    network.happen(1);
    next(stream, LiveEvent.Connected.class);
    assertThat(stream.next(LONG)).isInstanceOf(LiveEvent.Records.class);

    timing.advance(Duration.ofSeconds(21));

    assertThat(stalled.get(20, TimeUnit.SECONDS)).isEqualTo(Duration.ofSeconds(21));
    assertThat(next(stream, LiveEvent.Disconnected.class).reason())
        .isEqualTo("nothing came for 21.0 s");
    network.awaitConnection(2);
    assertThat(network.mostOpen()).isEqualTo(1);
  }

  @Test
  void whatTheServerSaysIsPassedOnOrActedOn() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    LiveStream stream = open(network);
    network.awaitConnection(1);
    network.happen(1);
    network.send("notice falling behind");
    network.send("loss of 7 posts");
    network.send("error operational-disconnect");

    nextIds(stream);
    assertThat(next(stream, LiveEvent.Notice.class).text()).isEqualTo("notice falling behind");
    Hole loss = next(stream, LiveEvent.HoleOpened.class).hole();
    assertThat(loss.reason()).isEqualTo("loss of 7 posts");
    assertThat(loss.last()).isEqualTo(new Position("1", FakeNetwork.START.plusSeconds(1)));
    assertThat(next(stream, LiveEvent.Disconnected.class).reason())
        .isEqualTo("error operational-disconnect");
    network.awaitConnection(2);
  }

  @Test
  void aMarkIsTakenUpWithinTheLookbackWithoutAHole() throws Exception {
    FakeNetwork network = FakeNetwork.withMarks();
    LiveStream stream = open(network);
    network.awaitConnection(1);
    network.happen(3);
    for (int i = 1; i <= 3; i++) {
      assertThat(next(stream, LiveEvent.Records.class).resumeAt()).isEqualTo("" + i);
    }

    network.happenUnseen(2);
    network.cut();

    next(stream, LiveEvent.Disconnected.class);
    assertThat(stream.next(LONG)).isEqualTo(new LiveEvent.Connected(timing.now(), "3"));
    assertThat(nextIds(stream)).as("3 came before; its mark comes again").isEmpty();
    assertThat(nextIds(stream)).containsExactly("4");
    assertThat(nextIds(stream)).containsExactly("5");
    assertThat(network.asked()).containsExactly(null, "3");
  }

  @Test
  void aMarkThatIsTooOldLeavesAHoleThatStaysWithoutASearch() throws Exception {
    FakeNetwork network = FakeNetwork.withMarks();
    network.happenUnseen(9);
    Instant taken = timing.now().minus(Duration.ofHours(37));
    LiveStream stream =
        open(LiveStream.builder(network).after(new LiveMark("4", taken, new Position("4", null))));

    Hole hole = next(stream, LiveEvent.HoleOpened.class).hole();
    assertThat(hole)
        .isEqualTo(new Hole(taken, timing.now(), new Position("4", null), "it was not running"));
    assertThat(next(stream, LiveEvent.HoleKept.class).hole()).isEqualTo(hole);
    assertThat(network.asked()).singleElement().isNull();
  }

  @Test
  void aSlowConsumerMakesTheReaderWaitAndLosesNothing() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    CountDownLatch behind = new CountDownLatch(1);
    LiveStream stream =
        open(
            LiveStream.builder(network)
                .capacity(10)
                .listener(
                    new LiveListener() {
                      @Override
                      public void fallingBehind(int queued, int capacity) {
                        assertThat(queued).isBetween(8, 10);
                        behind.countDown();
                      }
                    }));
    network.awaitConnection(1);
    network.happen(500);
    assertThat(behind.await(20, TimeUnit.SECONDS)).isTrue();
    timing.advance(Duration.ofMinutes(5)); // silence is not the server's while nobody reads

    for (int i = 1; i <= 500; i++) {
      assertThat(nextIds(stream)).containsExactly("" + i);
    }
    assertThat(network.asked()).hasSize(1);
  }

  @Test
  void repeatsAreDroppedAndEditsAndDeletionsPass() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    LiveStream stream = open(LiveStream.builder(network).seenKeys(3));
    network.awaitConnection(1);
    for (String frame : List.of("1", "1", "1=edited", "1=edited", "-1", "2", "3", "4", "1")) {
      network.send(frame);
    }

    assertThat(text(next(stream, LiveEvent.Records.class))).isEqualTo("post 1");
    assertThat(text(next(stream, LiveEvent.Records.class))).isEqualTo("edited");
    assertThat(next(stream, LiveEvent.Records.class).records().get(0))
        .isInstanceOf(Tombstone.class);
    for (String id : List.of("2", "3", "4", "1")) {
      assertThat(nextIds(stream)).as("only the last three are remembered").containsExactly(id);
    }
  }

  private static String text(LiveEvent.Records records) {
    return ((Post) records.records().get(0)).text();
  }

  @Test
  void whatCannotBeReadIsSetAsideAndTheRestGoesOn() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    LiveStream stream = open(network);
    network.awaitConnection(1);
    network.send("{broken");
    network.send("bug");
    network.happen(1);

    LiveEvent.Records broken = next(stream, LiveEvent.Records.class);
    assertThat(broken.records()).isEmpty();
    assertThat(broken.rejected().get(0).raw()).asString().isEqualTo("{broken");
    LiveEvent.Records bug = next(stream, LiveEvent.Records.class);
    assertThat(bug.rejected().get(0).raw()).asString().isEqualTo("bug");
    assertThat(nextIds(stream)).containsExactly("1");
  }

  @Test
  void anInterruptLosesNothingAndClosingEndsAllThreadsAtOnce() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    LiveStream stream = open(network);
    network.awaitConnection(1);
    next(stream, LiveEvent.Connected.class);

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> stream.next(LONG)).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    Iterator<LiveEvent> iterator = stream.iterator();
    assertThatThrownBy(iterator::hasNext).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    network.happen(1);
    assertThat(iterator.next()).isInstanceOf(LiveEvent.Records.class);

    CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(iterator::hasNext);
    long begin = System.nanoTime();
    stream.close();
    stream.close();
    assertThat(waiting.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    assertThat(stream.next(LONG)).isNull();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("live-fake"));
  }

  @Test
  void aForLoopEndsWhenTheStreamIsClosed() {
    FakeNetwork network = FakeNetwork.withSearch();
    network.refuse(new IOException("unreachable"));
    List<String> seen = new ArrayList<>();
    LiveStream stream = open(LiveStream.builder(network).after(null));
    for (LiveEvent event : stream) {
      if (event instanceof LiveEvent.Connected) {
        network.happen(5);
      } else if (event instanceof LiveEvent.Records records) {
        seen.addAll(ids(records));
        if (seen.size() == 5) {
          stream.close();
        }
      }
    }
    assertThat(seen).containsExactly("1", "2", "3", "4", "5");
  }

  /** The proof: connections end at 50 random points in all ways; every post once, none missing. */
  @ParameterizedTest
  @CsvSource({"1,true", "2,true", "3,true", "1,false", "2,false", "3,false"})
  void fiftyDisconnectsLoseNothingAndDoubleNothing(long seed, boolean marks) throws Exception {
    FakeNetwork network = marks ? FakeNetwork.withMarks() : FakeNetwork.withSearch();
    Random random = new Random(seed);
    LiveStream stream = open(LiveStream.builder(network).capacity(50));
    CompletableFuture<Void> script =
        CompletableFuture.runAsync(() -> disconnectAgainAndAgain(network, random));
    TreeMap<Integer, Integer> times = new TreeMap<>();
    int opened = 0;
    int filled = 0;
    int disconnects = 0;
    int connects = 0;
    while (!script.isDone()
        || times.size() < network.happened()
        || connects < network.connections()
        || filled < opened) {
      LiveEvent event = stream.next(Duration.ofMillis(100)); // the script may end meanwhile
      if (event instanceof LiveEvent.Records records) {
        ids(records).forEach(id -> times.merge(Integer.parseInt(id), 1, Integer::sum));
      } else if (event instanceof LiveEvent.HoleOpened) {
        opened++;
      } else if (event instanceof LiveEvent.HoleFilled) {
        filled++;
      } else if (event instanceof LiveEvent.Disconnected) {
        disconnects++;
      } else if (event instanceof LiveEvent.Connected) {
        connects++;
      }
    }
    script.get(10, TimeUnit.SECONDS);
    assertThat(times.keySet()).hasSize(network.happened());
    assertThat(times.values()).as("each once").containsOnly(1);
    assertThat(disconnects).isGreaterThanOrEqualTo(50);
    assertThat(opened).isEqualTo(marks ? 0 : disconnects);
    assertThat(network.mostOpen()).as("the old one is closed first").isEqualTo(1);
  }

  private void aSilentMinute() {
    timing.advance(Duration.ofSeconds(61));
  }

  private void disconnectAgainAndAgain(FakeNetwork network, Random random) {
    try {
      network.awaitConnection(1);
      network.happen(1);
      int refusals = 0;
      while (network.asked().size() < 1 + 50 + refusals) {
        int attempts = network.asked().size();
        network.happen(random.nextInt(30));
        int refused = random.nextInt(3) == 0 ? 1 : 0;
        if (refused > 0) {
          network.refuse(refused(LiveRefusedException.Kind.TEMPORARY, null));
          refusals++;
        }
        switch (random.nextInt(4)) {
          case 0 -> {
            network.happenUnseen(1); // it was cut within this post
            network.cut();
          }
          case 1 -> network.end();
          case 2 -> network.send("error operational-disconnect");
          default -> network.awaitAttempt(attempts + 1, this::aSilentMinute);
        }
        network.happen(random.nextInt(3));
        network.awaitConnection(attempts + 1 + refused);
        network.happen(1);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
