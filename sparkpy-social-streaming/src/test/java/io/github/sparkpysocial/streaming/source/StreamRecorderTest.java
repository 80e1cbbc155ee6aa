package io.github.sparkpysocial.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.http.JdkLiveTransport;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.streaming.journal.JournalCursor;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalEntry.Kind;
import io.github.sparkpysocial.streaming.journal.JournalReader;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class StreamRecorderTest {
  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  private static final int CUTS = 6;

  @TempDir private Path directory;
  private final SettableClock clock =
      SettableClock.at(
          Objects.requireNonNull(
                  Happening.COMMUNITY.postAt(Happening.COMMUNITY.writtenPosts() - 1).createdAt())
              .plus(Duration.ofMinutes(5)));
  private final Timing timing = Happening.timing(clock);

  @ParameterizedTest
  @CsvSource({
    "x:stream?rule=spark&manage=true, x",
    "mastodon:sparkling.example/stream/public, mastodon",
    "bluesky:jetstream, bluesky"
  })
  void everyPostOfACutStreamIsInTheJournalWithItsHoles(String place, String network)
      throws Exception {
    Set<String> wanted = Happening.ids(Network.of(network));
    try (Sandbox sandbox =
        Sandbox.builder(Happening.COMMUNITY).clock(clock).live(Happening.HELD_BACK).start()) {
      StreamRecorder recorder = record(place, sandbox);
      sandbox.awaitStreams(1);
      for (int i = 0; i < CUTS; i++) {
        RecorderStatus before = recorder.status();
        sandbox.publish(20);
        Happening.await("posts", () -> recorder.status().records() > before.records());
        sandbox.disconnectStreams();
        sandbox.publish(20); // while nobody listens
        Happening.await(
            "a connection", () -> recorder.status().connections() > before.connections());
        sandbox.awaitStreams(1);
        if (i == CUTS / 2) {
          recorder.close(); // a recorder that comes later goes on
          sandbox.publish(20);
          recorder.close();
          everythingAfter(place, sandbox, wanted);
          return;
        }
      }
    }
  }

  private void everythingAfter(String place, Sandbox sandbox, Set<String> wanted)
      throws InterruptedException {
    try (StreamRecorder recorder = record(place, sandbox)) {
      sandbox.awaitStreams(1);
      sandbox.publish(Happening.COMMUNITY.writtenPosts() - sandbox.published());
      Happening.await("every post", () -> postIds().containsAll(wanted));
      Happening.await("holes", () -> recorder.status().waiting() == 0);

      assertThat(recorder.failure()).isNull();
      assertThat(recorder.status().holes()).isEqualTo(recorder.status().filled());
    }
    List<Kind> kinds = entries().stream().map(JournalEntry::kind).toList();
    assertThat(kinds).contains(Kind.CONNECTED, Kind.DISCONNECTED, Kind.STATE);
    assertThat(kinds.stream().filter(kind -> kind == Kind.HOLE_OPENED).count())
        .isEqualTo(kinds.stream().filter(kind -> kind == Kind.HOLE_FILLED).count());
    assertThat(sandbox.violations()).isEmpty();
  }

  private StreamRecorder record(String place, Sandbox sandbox) {
    SourceOptions options =
        new SourceOptions(sandbox.environment(), clock)
            .withLimits(RateLimits.create(timing))
            .withLive(JdkLiveTransport.builder().probeAfter(Duration.ofMillis(50)).build());
    return StreamRecorder.live(Places.openLive(PlaceUri.parse(place), options), journal())
        .timing(timing)
        .settling(Duration.ZERO)
        .start();
  }

  @Test
  void aRecordingIsReplayedAtItsPaceAndAsManyTimesAsFast() throws Exception {
    PlaceUri file = recording(10, Duration.ofSeconds(60));
    SettableClock replayClock = SettableClock.at(START);
    Instant[] woken = new Instant[1];
    try (StreamRecorder recorder =
        StreamRecorder.replay(file, journal())
            .speed(10)
            .timing(Happening.timing(replayClock))
            .start()) {
      Happening.await("its end", () -> recorder.status().ended());
      woken[0] = replayClock.instant();
    }

    assertThat(records()).hasSize(10);
    assertThat(Duration.between(START, woken[0])).isEqualTo(Duration.ofSeconds(54));
  }

  @Test
  void aReplayGoesOnWhereTheLastOneStopped() throws Exception {
    PlaceUri file = recording(50, Duration.ofSeconds(1));
    for (int i = 0; i < 2; i++) {
      try (StreamRecorder recorder =
          StreamRecorder.replay(file, journal()).speed(Double.POSITIVE_INFINITY).start()) {
        Happening.await("its end", () -> recorder.status().ended());
        assertThat(recorder.failure()).isNull();
      }
    }

    assertThat(postIds()).hasSize(50);
    assertThat(records()).as("nothing twice").hasSize(50);
  }

  @Test
  void whatCannotBeReadIsInTheJournalWithItsBytes() throws Exception {
    PlaceUri file = recording(3, Duration.ofSeconds(1));
    Path broken = directory.resolve("broken.jsonl");
    Files.writeString(
        broken, Files.readString(Path.of(file.location())) + "{\"record\":\"post\",\"netw\n");
    try (StreamRecorder recorder =
        StreamRecorder.replay(PlaceUri.parse(broken.toString()), journal())
            .speed(Double.POSITIVE_INFINITY)
            .start()) {
      Happening.await("its end", () -> recorder.status().ended());
      assertThat(recorder.status().rejected()).isEqualTo(1);
    }

    assertThat(entries())
        .filteredOn(entry -> entry.kind() == Kind.REJECTED)
        .singleElement()
        .extracting(
            entry ->
                new String(
                    Objects.requireNonNull(StreamEvent.parse(entry.payload()).raw()),
                    java.nio.charset.StandardCharsets.UTF_8))
        .isEqualTo("{\"record\":\"post\",\"netw");
  }

  @Test
  void aSourceThatIsNotThereIsTold() {
    try (StreamRecorder recorder =
        StreamRecorder.replay(PlaceUri.parse(directory + "/none.jsonl"), journal()).start()) {
      Happening.await("its end", () -> recorder.status().ended());

      assertThat(recorder.failure())
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("none.jsonl");
    }
  }

  @Test
  void aJournalBelongsToOneSource() throws Exception {
    PlaceUri file = recording(3, Duration.ofSeconds(1));
    try (StreamRecorder recorder =
        StreamRecorder.replay(file, journal()).speed(Double.POSITIVE_INFINITY).start()) {
      Happening.await("its end", () -> recorder.status().ended());
    }

    assertThatThrownBy(
            () -> StreamRecorder.replay(PlaceUri.parse("other.jsonl"), journal()).start())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("not of replay:other.jsonl; give each source a journal of its own");
  }

  private PlaceUri recording(int posts, Duration apart) {
    return Happening.write(directory.resolve("recording.jsonl"), posts, apart);
  }

  private Path journal() {
    return directory.resolve("journal");
  }

  private List<JournalEntry> entries() {
    List<JournalEntry> entries = new ArrayList<>();
    try (JournalCursor cursor = JournalReader.of(journal()).readAll()) {
      cursor.forEachRemaining(entries::add);
    }
    return entries;
  }

  private List<SocialRecord> records() {
    return entries().stream()
        .filter(entry -> entry.kind() == Kind.RECORD)
        .map(entry -> RecordLine.parse(entry.payload()))
        .toList();
  }

  private Set<String> postIds() {
    Set<String> ids = new TreeSet<>();
    for (SocialRecord record : records()) {
      if (record instanceof Post) {
        ids.add(record.id());
      }
    }
    return ids;
  }
}
