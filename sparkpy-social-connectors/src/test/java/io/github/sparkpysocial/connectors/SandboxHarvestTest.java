package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.harvest.HarvestReport;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
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
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every listing, harvested from the sandbox within tight limits, equals what the community is. */
class SandboxHarvestTest {
  private static final Community COMMUNITY =
      Community.builder().seed(7).people(90).posts(600).build();

  @TempDir Path directory;

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private Sandbox sandbox;
  private SourceOptions options;
  private Quarantine quarantine;

  @BeforeEach
  void start() {
    sandbox =
        Sandbox.builder(COMMUNITY)
            .clock(clock)
            .limits(Limits.ofTheNetworks().withXSearch(3).withXLookup(2).withGitHub(5, 7))
            .start();
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
    options = new SourceOptions(sandbox.environment(), clock).withLimits(RateLimits.create(timing));
    quarantine = Quarantine.inMemory();
  }

  @AfterEach
  void keepsEveryLimit() {
    sandbox.close();
    assertThat(sandbox.violations()).isEmpty();
    assertThat(quarantine.count()).isZero();
  }

  @Test
  void xSearchBringsEveryPostOfTheLastSevenDays() throws InterruptedException {
    List<SocialRecord> stored =
        harvest("x:search?q=" + encoded(COMMUNITY.searchQuery()), RecordKind.POST);

    List<Post> expected =
        COMMUNITY
            .posts()
            .filter(
                post ->
                    post.createdAt() != null
                        && post.createdAt().isAfter(COMMUNITY.now().minus(Duration.ofDays(7)))
                        && post.createdAt().isBefore(COMMUNITY.now().minus(Duration.ofSeconds(30)))
                        && post.kind() != Post.Kind.REPOST)
            .toList();
    assertThat(stored).hasSizeGreaterThan(100);
    assertThat(bare(stored, SandboxHarvestTest::essence))
        .containsExactlyInAnyOrderElementsOf(bare(expected, SandboxHarvestTest::essence));
  }

  @Test
  void xTellsTheOutcomeOfEveryId() throws InterruptedException {
    List<String> ids =
        Stream.concat(
                COMMUNITY.posts().map(Post::id).limit(230), COMMUNITY.deletedPostIds().stream())
            .toList();

    List<SocialRecord> stored = harvest("x:posts?ids=" + String.join(",", ids), null);

    assertThat(stored)
        .filteredOn(record -> record.recordKind() == RecordKind.POST)
        .extracting(SocialRecord::id)
        .containsExactlyInAnyOrderElementsOf(COMMUNITY.posts().map(Post::id).limit(230).toList());
    assertThat(stored)
        .filteredOn(record -> record.recordKind() == RecordKind.TOMBSTONE)
        .extracting(SocialRecord::id)
        .containsAll(COMMUNITY.deletedPostIds());
  }

  @Test
  void gitHubBringsAllRepositoriesOfTheOrganisation() throws InterruptedException {
    List<SocialRecord> stored =
        harvest("github:" + Community.ORGANIZATION + "/repos", RecordKind.REPOSITORY);

    assertThat(bare(stored, r -> repository((Repository) r, List.of())))
        .containsExactlyInAnyOrderElementsOf(
            bare(COMMUNITY.repositories(), r -> repository((Repository) r, List.of())));
  }

  @Test
  void gitHubBringsStarsContributionsCommitsAndLanguagesOfARepository()
      throws InterruptedException {
    Repository repository = COMMUNITY.repositories().get(0);
    String place = "github:" + repository.fullName();

    assertThat(bare(harvest(place + "/stargazers", RecordKind.INTERACTION), r -> r))
        .containsExactlyInAnyOrderElementsOf(bare(COMMUNITY.starsOf(repository.id()), r -> r));
    assertThat(bare(harvest(place + "/commits", RecordKind.INTERACTION), r -> r))
        .containsExactlyInAnyOrderElementsOf(bare(COMMUNITY.commitsTo(repository.id()), r -> r));
    assertThat(
            bare(
                harvest(place + "/contributors", RecordKind.INTERACTION),
                SandboxHarvestTest::contribution))
        .containsExactlyInAnyOrderElementsOf(
            bare(COMMUNITY.contributionsTo(repository.id()), SandboxHarvestTest::contribution));
    assertThat(harvest(place + "/languages", RecordKind.REPOSITORY))
        .extracting(r -> ((Repository) r).languages())
        .containsExactly(repository.languages());
  }

  @Test
  void anEmptyRepositoryHasNoCommitsAndNoContributors() throws InterruptedException {
    Repository empty =
        COMMUNITY.repositories().stream()
            .filter(r -> COMMUNITY.commitsTo(r.id()).isEmpty())
            .findFirst()
            .orElseThrow();

    assertThat(harvest("github:" + empty.fullName() + "/commits", RecordKind.INTERACTION))
        .isEmpty();
    assertThat(harvest("github:" + empty.fullName() + "/contributors", RecordKind.INTERACTION))
        .isEmpty();
  }

  @Test
  void aRenamedRepositoryIsFoundByItsOldName() throws InterruptedException {
    var renamed = COMMUNITY.renamedRepositories().entrySet().iterator().next();

    List<SocialRecord> stored =
        harvest("github:" + renamed.getKey() + "/stargazers", RecordKind.INTERACTION);

    Repository repository =
        COMMUNITY.repositories().stream()
            .filter(r -> r.fullName().equals(renamed.getValue()))
            .findFirst()
            .orElseThrow();
    assertThat(bare(stored, r -> r))
        .containsExactlyInAnyOrderElementsOf(bare(COMMUNITY.starsOf(repository.id()), r -> r));
  }

  @Test
  void meetupBringsAGroupWithEventsMembersAndRsvps() throws InterruptedException {
    Group group = COMMUNITY.groups().get(0);
    String place = "meetup:" + group.handle();
    List<Event> events =
        COMMUNITY.events().stream().filter(e -> group.id().equals(e.groupId())).toList();

    assertThat(harvest(place, RecordKind.GROUP))
        .singleElement()
        .satisfies(
            stored -> {
              Group found = (Group) stored;
              assertThat(found.name()).isEqualTo(group.name());
              assertThat(found.members()).isEqualTo(group.members());
              assertThat(point(found.place())).isEqualTo(point(group.place()));
              assertThat(found.organizer().id()).isEqualTo(group.organizer().id());
            });
    assertThat(bare(harvest(place + "/events", RecordKind.EVENT), r -> event((Event) r)))
        .containsExactlyInAnyOrderElementsOf(bare(events, r -> event((Event) r)));
    assertThat(harvest(place + "/events?status=upcoming", RecordKind.EVENT))
        .extracting(SocialRecord::id)
        .containsExactlyInAnyOrderElementsOf(
            events.stream()
                .filter(e -> e.status() == Event.Status.UPCOMING)
                .map(Event::id)
                .toList());
    assertThat(
            bare(
                harvest(place + "/members", RecordKind.INTERACTION),
                SandboxHarvestTest::withoutHandle))
        .containsExactlyInAnyOrderElementsOf(
            bare(COMMUNITY.membershipsOf(group.id()), SandboxHarvestTest::withoutHandle));
    assertThat(
            bare(
                harvest(place + "/rsvps", RecordKind.INTERACTION),
                SandboxHarvestTest::withoutHandle))
        .containsExactlyInAnyOrderElementsOf(
            bare(
                events.stream().flatMap(e -> COMMUNITY.rsvpsTo(e.id()).stream()).toList(),
                SandboxHarvestTest::withoutHandle));
  }

  /** Harvests one page a run, as if the process were stopped after each, until all is there. */
  private List<SocialRecord> harvest(String place, RecordKind kind) throws InterruptedException {
    Path file = directory.resolve(Integer.toHexString(place.hashCode()) + ".jsonl");
    HarvestReport report;
    do {
      try (RecordSource source = Places.openSource(PlaceUri.parse(place), options);
          RecordStore store =
              Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine))) {
        report =
            Harvest.builder(source, store)
                .ledger(directory.resolve("ledger.json"))
                .quarantine(quarantine)
                .clock(clock)
                .limit(place.startsWith("x:search") ? 100 : 1) // a page
                .build()
                .run();
        assertThat(report.unknownFields()).isEmpty();
      }
    } while (!report.complete());
    try (RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine));
        RecordCursor records = store.read(kind == null ? Filter.ALL : Filter.kinds(kind))) {
      List<SocialRecord> all = new ArrayList<>();
      records.forEachRemaining(all::add);
      assertThat(records.duplicates()).isZero();
      return all;
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Returns records without what a truth cannot have: where they were fetched, and raw JSON. */
  private static List<SocialRecord> bare(
      List<? extends SocialRecord> records, Function<SocialRecord, SocialRecord> more) {
    return records.stream()
        .map(
            record ->
                record instanceof Interaction interaction
                    ? interaction.toBuilder().provenance(Provenance.UNKNOWN).raw(null).build()
                    : record)
        .map(more)
        .toList();
  }

  private static SocialRecord essence(SocialRecord record) {
    Post post = (Post) record;
    return Post.builder(Network.X, post.id(), post.text())
        .kind(post.kind())
        .language(post.language())
        .createdAt(post.createdAt())
        .author(post.author())
        .inReplyToId(post.inReplyToId())
        .repostOfId(post.repostOfId())
        .quoteOfId(post.quoteOfId())
        .conversationId(post.conversationId())
        .entities(post.entities())
        .engagement(post.engagement())
        .place(
            Optional.ofNullable(point(post.place()))
                .map(p -> new Place(p, Place.Precision.POINT, null, null, null, null))
                .orElse(null))
        .build();
  }

  private static SocialRecord repository(
      Repository repository, List<Repository.LanguageShare> languages) {
    return repository.toBuilder()
        .languages(languages)
        .watchers(null)
        .owner(new AccountRef(null, repository.owner().handle(), null))
        .provenance(Provenance.UNKNOWN)
        .raw(null)
        .build();
  }

  private static SocialRecord event(Event event) {
    return event.toBuilder()
        .place(null)
        .hosts(event.hosts().stream().map(h -> new AccountRef(h.id(), null, h.name())).toList())
        .provenance(Provenance.UNKNOWN)
        .raw(null)
        .build();
  }

  /** The id of an anonymous contribution is the client's own. */
  private static SocialRecord contribution(SocialRecord record) {
    Interaction contribution = (Interaction) record;
    return Interaction.builder(Network.GITHUB, "contribution", contribution.type())
        .actor(contribution.actor())
        .targetId(contribution.targetId())
        .targetName(contribution.targetName())
        .count(contribution.count())
        .build();
  }

  private static SocialRecord withoutHandle(SocialRecord record) {
    Interaction interaction = (Interaction) record;
    AccountRef actor = interaction.actor();
    return interaction.toBuilder().actor(new AccountRef(actor.id(), null, actor.name())).build();
  }

  private static io.github.sparkpysocial.model.GeoPoint point(Place place) {
    return place == null ? null : place.point();
  }
}
