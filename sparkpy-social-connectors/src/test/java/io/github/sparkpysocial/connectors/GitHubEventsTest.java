package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.harvest.HarvestReport;
import io.github.sparkpysocial.http.ConditionalCache;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.limit.LimitWait;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.RecordedRequest;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** GitHub's feeds of events, which are polled. */
class GitHubEventsTest {
  private static final Community COMMUNITY =
      Community.builder().seed(5).people(300).posts(10).commits(12_000).build();
  private static final Repository BIGGEST = COMMUNITY.repositories().get(0);
  private static final String FEED = "github:" + BIGGEST.fullName() + "/events";

  @TempDir Path directory;

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private final List<LimitWait> waits = new ArrayList<>();
  private final RateLimits limits = Recorded.options(clock, JdkHttpTransport.shared()).limits();
  private final ConditionalCache cache = ConditionalCache.inMemory();
  private final Sandbox sandbox = Sandbox.builder(COMMUNITY).clock(clock).start();

  @AfterEach
  void keepsEveryLimit() {
    sandbox.close();
    assertThat(sandbox.violations()).isEmpty();
  }

  private RecordSource open(String uri) {
    return Places.openSource(
        PlaceUri.parse(uri),
        new SourceOptions(sandbox.environment(), clock)
            .withLimits(limits)
            .withCache(cache)
            .withListener(waits::add));
  }

  private static List<SocialRecord> records(List<Page> pages) {
    return pages.stream().flatMap(page -> page.records().stream()).toList();
  }

  private static Stream<Interaction> interactions(
      List<SocialRecord> records, Interaction.Type type) {
    return records.stream()
        .filter(Interaction.class::isInstance)
        .map(Interaction.class::cast)
        .filter(i -> i.type() == type);
  }

  private boolean isShown(Interaction interaction) {
    return interaction.createdAt().isAfter(COMMUNITY.now().minus(Duration.ofDays(30)));
  }

  @Test
  void everyEventOfTheLast30DaysIsARecordOfItsKind() {
    List<Page> pages = open(FEED).pages().toList();
    List<SocialRecord> records = records(pages);

    assertThat(pages).allMatch(page -> page.rejected().isEmpty());
    // A star and a fork have the ids of their own listings, so that both are one in a store.
    assertThat(interactions(records, Interaction.Type.STAR).map(Interaction::id))
        .containsExactlyInAnyOrderElementsOf(
            COMMUNITY.starsOf(BIGGEST.id()).stream()
                .filter(this::isShown)
                .map(Interaction::id)
                .toList());
    assertThat(interactions(records, Interaction.Type.FORK).map(Interaction::id))
        .containsExactlyInAnyOrderElementsOf(
            COMMUNITY.forksOf(BIGGEST.id()).stream()
                .filter(this::isShown)
                .map(Interaction::id)
                .toList());
    List<Interaction> commits =
        COMMUNITY.commitsTo(BIGGEST.id()).stream()
            .filter(c -> c.actor().id() != null && isShown(c))
            .toList();
    assertThat(interactions(records, Interaction.Type.PUSH))
        .hasSize(commits.size())
        .allSatisfy(
            push -> {
              // GitHub has told no commits with a push since October 2025.
              assertThat(push.count()).isNull();
              assertThat(push.text()).isNull();
              assertThat(push.url()).contains("/commit/");
              assertThat(push.targetId()).isEqualTo(BIGGEST.id());
            });
    List<Post> posts =
        records.stream().filter(Post.class::isInstance).map(Post.class::cast).toList();
    assertThat(posts).extracting(post -> post.id().replaceFirst("/.*", "")).contains("issue");
    assertThat(posts)
        .allSatisfy(
            post -> {
              assertThat(post.author().id()).isNotNull();
              assertThat(post.createdAt()).isNotNull();
              assertThat(post.raw()).startsWith("{").contains("\"payload\"");
              if (post.id().startsWith("issue-comment/")) {
                assertThat(post.kind()).isEqualTo(Post.Kind.REPLY);
                assertThat(post.inReplyToId()).startsWith("issue/");
              }
            });
    long unknown = pages.stream().mapToLong(p -> unknown(p, "event.type.SandboxEvent")).sum();
    assertThat(interactions(records, Interaction.Type.OTHER))
        .filteredOn(i -> "SandboxEvent played".equals(i.status()))
        .hasSize((int) unknown)
        .isNotEmpty();
  }

  private static long unknown(Page page, String name) {
    return page.unknownFields().getOrDefault(name, 0L);
  }

  @Test
  void aFeedShows300EventsAndNamesNoPageBeyond() {
    List<Page> pages = open("github:sparkling-labs/events").pages().toList();

    assertThat(pages).hasSize(3);
    assertThat(records(pages)).hasSize(300);
    assertThat(records(pages)).extracting(r -> r.key().toString()).doesNotHaveDuplicates();
    assertThat(open(FEED).profile().mostItems()).isEqualTo(300);
    assertThat(open(FEED).horizon()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void askingAgainWaitsForAMinuteAndWhatIsUnchangedIsAnEmptyPageThatCostsNothing()
      throws InterruptedException {
    Page first = open(FEED).fetch(PageRequest.FIRST);
    assertThat(waits).isEmpty();
    PageRequest since = new PageRequest(first.newest(), null, null);

    for (int poll = 1; poll <= 5; poll++) {
      Page again = open(FEED).fetch(since);
      assertThat(again.records()).isEmpty();
      assertThat(again.isLast()).isTrue();
      assertThat(waits).hasSize(poll);
    }

    assertThat(waits)
        .allSatisfy(
            wait -> {
              assertThat(wait.duration()).isEqualTo(Duration.ofSeconds(60));
              assertThat(wait.reason()).contains("X-Poll-Interval");
            });
    assertThat(sandbox.requests().stream().map(RecordedRequest::status))
        .containsExactly(200, 304, 304, 304, 304, 304);
    // Who knows nothing of it gets the whole page, although the server sent it once.
    assertThat(open(FEED).fetch(PageRequest.FIRST).records())
        .isEqualTo(first.records().stream().map(r -> same(r, clock.instant())).toList());
  }

  /** The same record, fetched later. */
  private static SocialRecord same(SocialRecord record, Instant at) {
    var provenance =
        new io.github.sparkpysocial.model.Provenance(
            record.provenance().place(), at, record.provenance().tool());
    return record instanceof Interaction interaction
        ? interaction.toBuilder().provenance(provenance).build()
        : ((Post) record).toBuilder().provenance(provenance).build();
  }

  /** Polled while things happen, a harvest has every event once in the end. */
  @Test
  void pollingMissesNothingAndDoublesNothing() throws InterruptedException {
    Instant start = COMMUNITY.now().minus(Duration.ofDays(20));
    clock.set(start);
    List<SocialRecord> stored = List.of();
    for (int day = 0; day <= 20; day++) {
      clock.set(start.plus(Duration.ofDays(day)));
      stored = harvest();
    }

    TreeSet<String> once = new TreeSet<>();
    stored.forEach(record -> assertThat(once.add(record.key().toString())).isTrue());
    clock.set(COMMUNITY.now().plusSeconds(120));
    assertThat(once)
        .containsAll(
            records(open(FEED).pages().toList()).stream().map(r -> r.key().toString()).toList());
  }

  private List<SocialRecord> harvest() throws InterruptedException {
    PlaceUri file = PlaceUri.parse(directory.resolve("events.jsonl").toString());
    Quarantine quarantine = Quarantine.inMemory();
    try (RecordSource source = open(FEED);
        RecordStore store = Places.openStore(file, StoreOptions.with(quarantine))) {
      HarvestReport report =
          Harvest.builder(source, store)
              .ledger(directory.resolve("ledger.json"))
              .quarantine(quarantine)
              .clock(clock)
              .build()
              .run();
      assertThat(report.complete()).isTrue();
    }
    try (RecordStore store = Places.openStore(file, StoreOptions.with(quarantine));
        RecordCursor records = store.read(Filter.ALL)) {
      List<SocialRecord> all = new ArrayList<>();
      records.forEachRemaining(all::add);
      assertThat(quarantine.count()).isZero();
      return all;
    }
  }
}
