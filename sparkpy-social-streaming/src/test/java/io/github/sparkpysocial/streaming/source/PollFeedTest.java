package io.github.sparkpysocial.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.streaming.journal.JournalCursor;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalReader;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings of networks that do not stream are asked again and again. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class PollFeedTest {
  private static final Duration EVERY = Duration.ofMinutes(2);

  @TempDir private Path directory;
  private final SettableClock clock = SettableClock.at(Happening.COMMUNITY.now());
  private final Timing timing = Happening.timing(clock);

  static Stream<String> listings() {
    return Stream.of(
        "github:" + Happening.COMMUNITY.repositories().get(0).fullName() + "/events",
        "meetup:" + Happening.COMMUNITY.groups().get(0).handle() + "/events");
  }

  @ParameterizedTest
  @MethodSource("listings")
  void whatAListingHasIsInTheJournalOnceHoweverOftenItIsAsked(String place) throws Exception {
    try (Sandbox sandbox = Sandbox.builder(Happening.COMMUNITY).clock(clock).start()) {
      try (StreamRecorder recorder = poll(place, sandbox)) {
        polls(4);
        assertThat(recorder.failure()).isNull();
      }

      assertThat(recorded())
          .extracting(SocialRecord::key)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(keys(place, sandbox));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mastodon:sparkling.example/public", "bluesky:search?q=a"})
  void whatIsPostedBetweenTwoPollsIsInTheJournalOnce(String place) throws Exception {
    try (Sandbox sandbox =
        Sandbox.builder(Happening.COMMUNITY).clock(clock).live(Happening.HELD_BACK).start()) {
      int before;
      try (StreamRecorder recorder = poll(place, sandbox)) {
        polls(2);
        before = recorded().size();
        sandbox.publish(Happening.HELD_BACK / 2);
        polls(2);
        sandbox.publish(Happening.HELD_BACK / 2);
        polls(2);
        assertThat(recorder.failure()).isNull();
      }

      assertThat(recorded()).hasSizeGreaterThan(before).doesNotHaveDuplicates();
      assertThat(recorded()).extracting(SocialRecord::key).containsAll(keys(place, sandbox));
    }
  }

  private StreamRecorder poll(String place, Sandbox sandbox) {
    return StreamRecorder.polling(source(place, sandbox), journal())
        .every(EVERY)
        .timing(timing)
        .start();
  }

  private RecordSource source(String place, Sandbox sandbox) {
    SourceOptions options =
        new SourceOptions(sandbox.environment(), clock).withLimits(RateLimits.create(timing));
    return Places.openSource(PlaceUri.parse(place), options);
  }

  /** Waits until so many polls have begun and ended, by the clock, which only waits move. */
  private void polls(int count) {
    Instant until = clock.instant().plus(EVERY.multipliedBy(count + 1));
    Happening.await("polls", () -> clock.instant().isAfter(until));
  }

  /** Returns what a listing has when it is read once, to its end. */
  private Set<RecordKey> keys(String place, Sandbox sandbox) throws InterruptedException {
    Set<RecordKey> keys = new LinkedHashSet<>();
    try (RecordSource source = source(place, sandbox)) {
      PageRequest request = new PageRequest(null, null, null);
      while (true) {
        Page page = source.fetch(request);
        page.records().forEach(record -> keys.add(record.key()));
        String next = page.nextCursor();
        if (next == null || next.equals(request.cursor())) {
          return keys;
        }
        request = request.at(Objects.requireNonNull(next));
      }
    }
  }

  private Path journal() {
    return directory.resolve("journal");
  }

  private List<SocialRecord> recorded() {
    List<SocialRecord> records = new ArrayList<>();
    try (JournalCursor cursor = JournalReader.of(journal()).readAll()) {
      cursor.forEachRemaining(
          entry -> {
            if (entry.kind() == JournalEntry.Kind.RECORD) {
              records.add(RecordLine.parse(entry.payload()));
            }
          });
    }
    return records;
  }
}
