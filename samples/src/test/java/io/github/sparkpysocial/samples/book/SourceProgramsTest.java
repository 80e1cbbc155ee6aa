package io.github.sparkpysocial.samples.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.github.GitHubClient;
import io.github.sparkpysocial.connectors.meetup.MeetupClient;
import io.github.sparkpysocial.harvest.HarvestReport;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.samples.book.SearchPosts.Tweet;
import io.github.sparkpysocial.samples.book.TopInfluencers.Leader;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.community.Ranked;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.server.MongoServer;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The book's programs around its sources, each compared with what the community truly is. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class SourceProgramsTest {
  private static final Community COMMUNITY = SandboxPosts.COMMUNITY;

  @TempDir private Path directory;

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private Sandbox sandbox;
  private SourceOptions options;

  @BeforeEach
  void start() {
    sandbox = Sandbox.builder(COMMUNITY).clock(clock).start();
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
  }

  @AfterEach
  void stop() {
    sandbox.close();
    assertThat(sandbox.violations()).isEmpty();
  }

  @Test
  void aSearchFindsTheLatestPostsAndParsesThem() {
    List<Post> found = SearchPosts.search(options, "spark", 150);

    assertThat(found)
        .hasSize(150)
        .allMatch(post -> post.text().toLowerCase(Locale.ROOT).contains("spark"));
    Post linked =
        found.stream().filter(post -> !post.entities().urls().isEmpty()).findFirst().orElseThrow();
    Post truth = COMMUNITY.post(linked.id()).orElseThrow();
    assertThat(SearchPosts.parse(linked))
        .isEqualTo(
            new Tweet(
                truth.id(),
                String.valueOf(truth.createdAt()),
                Objects.requireNonNull(truth.author().handle()),
                truth.text(),
                List.of(Objects.requireNonNull(truth.entities().urls().get(0).expandedUrl()))));
  }

  @Test
  void anOrganisationIsLookedThrough() throws InterruptedException {
    GitHubCommunity.Found found =
        GitHubCommunity.look(GitHubClient.open(options), Community.ORGANIZATION);

    Repository first = COMMUNITY.repositories().get(0);
    assertThat(found.repositories())
        .extracting(Repository::fullName)
        .containsExactlyInAnyOrderElementsOf(
            COMMUNITY.repositories().stream().map(Repository::fullName).toList());
    assertThat(found.first().languages()).isEqualTo(first.languages());
    assertThat(found.stargazers()).hasSameSizeAs(COMMUNITY.starsOf(first.id()));
    assertThat(found.commits())
        .isEqualTo(
            COMMUNITY.commitsTo(first.id()).stream()
                .collect(Collectors.groupingBy(c -> c.actor().label(), Collectors.counting())));
  }

  @Test
  void aGroupIsLookedThrough() {
    Group group = COMMUNITY.groups().get(0);

    MeetupGroup.Found found =
        MeetupGroup.look(MeetupClient.open(options), Objects.requireNonNull(group.handle()));

    assertThat(found.past())
        .extracting(Event::title)
        .containsExactlyInAnyOrderElementsOf(
            COMMUNITY.events().stream()
                .filter(event -> group.id().equals(event.groupId()))
                .filter(event -> event.status() == Event.Status.PAST)
                .map(Event::title)
                .toList());
    assertThat(found.members()).hasSameSizeAs(COMMUNITY.membershipsOf(group.id()));
    String member = found.members().get(0).actor().id();
    assertThat(found.groups())
        .extracting(Group::id)
        .containsExactlyInAnyOrderElementsOf(
            COMMUNITY.groups().stream()
                .map(Group::id)
                .filter(
                    id ->
                        COMMUNITY.membershipsOf(id).stream()
                            .map(Interaction::actor)
                            .map(AccountRef::id)
                            .anyMatch(Objects.requireNonNull(member)::equals))
                .toList());
  }

  @Test
  void theLeadersOfThreeNetworksStandInOneList() {
    List<String> groups = COMMUNITY.groups().stream().map(g -> "meetup:" + g.handle()).toList();

    List<Leader> leaders =
        TopInfluencers.find(
            options, "x:search?q=spark", "github:" + Community.ORGANIZATION, groups, 5);

    assertThat(leaders).hasSize(15);
    assertThat(leaders.subList(0, 3)).allMatch(leader -> leader.rank() == 1);
    assertThat(of(leaders, Network.GITHUB)).isEqualTo(expected(COMMUNITY.topCommitters(5)));
    assertThat(of(leaders, Network.MEETUP)).isEqualTo(expected(COMMUNITY.topHosts(5)));
    assertThat(of(leaders, Network.X).get(0))
        .startsWith(COMMUNITY.topAuthors(1).get(0).account().label());
  }

  private static List<String> of(List<Leader> leaders, Network network) {
    return leaders.stream()
        .filter(leader -> leader.network().equals(network))
        .map(leader -> leader.name() + " " + leader.count())
        .toList();
  }

  private static List<String> expected(List<Ranked> ranked) {
    return ranked.stream().map(each -> each.account().label() + " " + each.count()).toList();
  }

  @Test
  void whatIsSavedIsLoadedWhereverItWas() {
    List<Post> posts = SearchPosts.search(options, "spark", 50);
    try (MongoServer mongo = MongoServer.inMemory()) {
      for (String place : SaveAndLoad.places(directory, mongo.uri("social", "posts"))) {
        assertThat(SaveAndLoad.save(place, posts).inserted()).as(place).isEqualTo(50);
        assertThat(SaveAndLoad.save(place, posts).unchanged()).as(place).isEqualTo(50);
        assertThat(bare(SaveAndLoad.load(place)))
            .as(place)
            .containsExactlyInAnyOrderElementsOf(bare(posts));
      }
    }
  }

  private static List<Post> bare(List<Post> posts) {
    return posts.stream().map(post -> post.toBuilder().raw(null).build()).toList();
  }

  @Test
  void aBadDayCostsTimeButNoPost() throws IOException, InterruptedException {
    CarefulHarvest.badDay(sandbox, Duration.ofMinutes(10));

    HarvestReport stopped = CarefulHarvest.run(options, directory, 200);
    HarvestReport rest = CarefulHarvest.run(options, directory, Long.MAX_VALUE);

    assertThat(stopped.waited()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    assertThat(stopped.complete()).isFalse();
    assertThat(rest.complete()).isTrue();
    assertThat(rest.quarantined()).isZero();
    assertThat(Files.readAllLines(directory.resolve("unreadable.jsonl")))
        .hasSize((int) stopped.quarantined())
        .isNotEmpty();
    assertThat(SaveAndLoad.load(directory.resolve("careful.jsonl").toString()))
        .extracting(Post::id)
        .containsExactlyInAnyOrderElementsOf(
            SearchPosts.search(options, COMMUNITY.searchQuery(), Integer.MAX_VALUE).stream()
                .map(Post::id)
                .toList());
  }

  @Test
  void postsMoveFromPlaceToPlaceAndNothingIsLost() throws IOException, InterruptedException {
    try (MongoServer mongo = MongoServer.inMemory()) {
      var reports =
          TransferPosts.move(SandboxPosts.into(directory), TransferPosts.way(directory, mongo));

      assertThat(reports).hasSize(4).allMatch(report -> Boolean.TRUE.equals(report.verified()));
      assertThat(reports)
          .extracting(report -> report.written())
          .containsOnly(reports.get(0).read());
      assertThat(reports.get(0).read()).isGreaterThan(300);
    }
    Map<String, Post> moved =
        SaveAndLoad.load(directory.resolve("moved.jsonl").toString()).stream()
            .collect(Collectors.toMap(Post::id, post -> post));
    assertThat(moved.values())
        .allSatisfy(
            post ->
                assertThat(post.text()).isEqualTo(COMMUNITY.post(post.id()).orElseThrow().text()));
  }
}
