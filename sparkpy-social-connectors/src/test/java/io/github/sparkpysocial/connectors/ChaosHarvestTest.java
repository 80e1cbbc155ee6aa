package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.SocialException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Chaos;
import io.github.sparkpysocial.testkit.sandbox.ChaosRule;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.RecordedRequest;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything goes wrong that can, by a seeded script, while listings of all networks are harvested:
 * what is stored in the end is the truth, each record once, and no limit was broken. A run that
 * fails is started again, as a user would.
 */
class ChaosHarvestTest {
  private static final Community COMMUNITY =
      Community.builder().seed(5).people(90).posts(900).repositories(4).commits(900).build();
  private static final int MOST_RUNS = 150;

  @TempDir Path directory;

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());

  /**
   * All of these befall any listing. Meetup's tokens are spared: an answer with the next refresh
   * token that is lost on the way cannot be asked for again.
   */
  private static List<ChaosRule> rules() {
    List<ChaosRule> rules = new ArrayList<>();
    for (Fault fault :
        List.of(
            Fault.status(500),
            Fault.status(502),
            Fault.status(503),
            Fault.status(504),
            Fault.closeConnection(),
            Fault.truncateBody(),
            Fault.wrongLength(40),
            Fault.wrongLength(-40),
            Fault.malformedJson(),
            Fault.slowBody(4, Duration.ZERO),
            Fault.rateLimited(Duration.ofSeconds(30)),
            Fault.rateLimitedUntil(Duration.ofSeconds(20)),
            Fault.quotaUsedUp(Duration.ofSeconds(45)),
            Fault.rateLimitedWithoutHint(403),
            Fault.rateLimitedWithoutHint(429),
            Fault.rateLimitedWithoutHeaders(),
            Fault.secondaryLimit(Duration.ofSeconds(15)),
            Fault.graphQlLimited(Duration.ofSeconds(25)),
            Fault.wrongDate(Duration.ofHours(6)),
            Fault.wrongDate(Duration.ofHours(-6)),
            Fault.redirectElsewhere(),
            Fault.unknownField(),
            Fault.duplicateItems(),
            Fault.shuffledItems(),
            Fault.repeatedPage())) {
      for (String path : List.of("/2/", "/orgs/", "/repo", "/gql-ext")) {
        rules.add(ChaosRule.on(path, fault).withProbability(0.03));
      }
    }
    rules.add(ChaosRule.on("/repos/", Fault.limitedBy()).withProbability(0.03));
    rules.add(ChaosRule.on("/gql-ext", Fault.expiredToken()).withProbability(0.05));
    return rules;
  }

  private Sandbox sandbox(long seed, Duration serverAhead) {
    return Sandbox.builder(COMMUNITY)
        .clock(Clock.offset(clock, serverAhead))
        .limits(Limits.ofTheNetworks().withXSearch(4).withGitHub(5, 6).withMeetupPoints(500))
        .chaos(new Chaos(seed, rules()))
        .start();
  }

  private SourceOptions options(Sandbox sandbox) {
    Timing timing =
        new Timing() {
          @Override
          public Instant now() {
            return clock.instant();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            clock.sleep(duration);
          }
        };
    return new SourceOptions(sandbox.environmentWithOAuth(), clock)
        .withLimits(RateLimits.create(timing));
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 6", "3, -6"})
  void whatIsStoredIsTheTruth(long seed, int serverHoursAhead) throws InterruptedException {
    Duration ahead = Duration.ofHours(serverHoursAhead);
    try (Sandbox sandbox = sandbox(seed, ahead)) {
      SourceOptions options = options(sandbox); // the runs of a process know its limits
      Instant now = COMMUNITY.now().plus(ahead);
      check(
          options,
          "x:search?q=" + URLEncoder.encode(COMMUNITY.searchQuery(), StandardCharsets.UTF_8),
          Post.class::isInstance,
          COMMUNITY
              .posts()
              .filter(
                  post ->
                      post.createdAt() != null
                          && post.createdAt().isAfter(now.minus(Duration.ofDays(6)))
                          && post.createdAt().isBefore(now.minusSeconds(30))
                          && post.kind() != Post.Kind.REPOST)
              .map(Post::id)
              .collect(Collectors.toSet()));
      check(
          options,
          "github:" + Community.ORGANIZATION + "/repos",
          Repository.class::isInstance,
          ids(COMMUNITY.repositories()));
      for (Repository repository : COMMUNITY.repositories()) {
        String github = "github:" + repository.fullName();
        check(
            options,
            github + "/stargazers",
            Interaction.class::isInstance,
            ids(COMMUNITY.starsOf(repository.id())));
        check(
            options,
            github + "/commits",
            Interaction.class::isInstance,
            ids(COMMUNITY.commitsTo(repository.id())));
      }
      for (Group group : COMMUNITY.groups()) {
        String meetup = "meetup:" + group.handle();
        List<Event> events =
            COMMUNITY.events().stream().filter(e -> group.id().equals(e.groupId())).toList();
        check(options, meetup, Group.class::isInstance, Set.of(group.id()));
        check(options, meetup + "/events", Event.class::isInstance, ids(events));
        check(
            options,
            meetup + "/members",
            Interaction.class::isInstance,
            ids(COMMUNITY.membershipsOf(group.id())));
        check(
            options,
            meetup + "/rsvps",
            Interaction.class::isInstance,
            ids(events.stream().flatMap(e -> COMMUNITY.rsvpsTo(e.id()).stream()).toList()));
      }

      assertThat(sandbox.violations()).isEmpty();
      Set<String> struck =
          sandbox.requests().stream()
              .map(RecordedRequest::fault)
              .filter(Objects::nonNull)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(struck).as("the faults that this seed brought").hasSizeGreaterThan(12);
    }
  }

  private static Set<String> ids(List<? extends SocialRecord> records) {
    return records.stream().map(SocialRecord::id).collect(Collectors.toSet());
  }

  private void check(
      SourceOptions options, String place, Predicate<SocialRecord> wanted, Set<String> expected)
      throws InterruptedException {
    Path file = directory.resolve(Integer.toHexString(place.hashCode()) + ".jsonl");
    Quarantine quarantine = Quarantine.inMemory();
    boolean complete = false;
    for (int run = 0; run < MOST_RUNS && !complete; run++) {
      try (RecordSource source = Places.openSource(PlaceUri.parse(place), options);
          RecordStore store =
              Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine))) {
        complete =
            Harvest.builder(source, store)
                .ledger(directory.resolve("ledger.json"))
                .quarantine(quarantine)
                .clock(clock)
                .build()
                .run()
                .complete();
      } catch (AuthenticationException e) {
        throw e; // no run after it would do better
      } catch (SocialException e) {
        complete = false; // what is durable is noted; run again
      }
    }
    assertThat(complete).as("%s within %d runs", place, MOST_RUNS).isTrue();

    List<String> stored = new ArrayList<>();
    try (RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine));
        RecordCursor records = store.readAll()) {
      records.forEachRemaining(
          record -> {
            if (wanted.test(record)) {
              stored.add(record.id());
            }
          });
    }
    assertThat(stored).as(place).doesNotHaveDuplicates().containsAll(expected);
    if (!place.startsWith("x:")) {
      assertThat(stored).as(place).hasSameSizeAs(expected);
    }
    assertThat(quarantine.count()).as("%s set aside", place).isZero();
  }

  /** A body that stalls ends with the request's own deadline. */
  @Test
  void aStalledBodyIsAskedForAgain() throws InterruptedException {
    try (Sandbox sandbox = Sandbox.builder(COMMUNITY).clock(clock).start()) {
      for (String path : List.of("/orgs/", "/2/", "/gql-ext")) {
        sandbox.next(path, Fault.stallBody());
      }
      SourceOptions options =
          options(sandbox)
              .withTransport(
                  JdkHttpTransport.builder().requestTimeout(Duration.ofMillis(400)).build());
      for (String place :
          List.of(
              "github:" + Community.ORGANIZATION + "/repos",
              "x:search?q=spark",
              "meetup:" + COMMUNITY.groups().get(0).handle())) {
        assertThat(
                Places.openSource(PlaceUri.parse(place), options)
                    .fetch(PageRequest.FIRST)
                    .records())
            .isNotEmpty();
      }
    }
  }

  /** Fields that vanish, change or are renamed cost the items that cannot do without, no others. */
  @ParameterizedTest
  @CsvSource({"missing", "renamed", "retyped"})
  void whatADriftingSchemaMakesUnreadableIsSetAside(String drift) throws InterruptedException {
    Map<String, String> fields =
        Map.of(
            "x:search?q=spark",
            "created_at",
            "github:" + Community.ORGANIZATION + "/repos",
            "full_name",
            "meetup:" + COMMUNITY.groups().get(0).handle() + "/events",
            "title");
    for (Map.Entry<String, String> entry : fields.entrySet()) {
      try (Sandbox sandbox = Sandbox.builder(COMMUNITY).clock(clock).start()) {
        RecordSource source = Places.openSource(PlaceUri.parse(entry.getKey()), options(sandbox));
        long good = main(source.fetch(PageRequest.FIRST).records());
        sandbox.next(
            "/",
            switch (drift) {
              case "missing" -> Fault.missingField(entry.getValue());
              case "renamed" -> Fault.renamedField(entry.getValue(), "a_new_name");
              default -> Fault.changedType(entry.getValue());
            });

        Page page = source.fetch(PageRequest.FIRST);

        assertThat(main(page.records()) + page.rejected().size())
            .as("%s without %s", entry.getKey(), entry.getValue())
            .isGreaterThanOrEqualTo(good);
        assertThat(page.rejected()).allMatch(rejected -> rejected.raw().length > 2);
      }
    }
  }

  private static long main(List<SocialRecord> records) {
    return records.stream()
        .filter(r -> r instanceof Post || r instanceof Repository || r instanceof Event)
        .count();
  }
}
