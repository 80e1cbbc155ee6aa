package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.github.GitHubClient;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.limit.RateLimit;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The typed client over the sandbox. */
class GitHubClientTest {
  private static final Community COMMUNITY =
      Community.builder().seed(2).people(150).posts(20).build();
  private static final Repository BIGGEST = COMMUNITY.repositories().get(0);
  private static final String NAME = BIGGEST.fullName();

  private final SettableClock clock = SettableClock.at(COMMUNITY.now());
  private final Sandbox sandbox = Sandbox.builder(COMMUNITY).clock(clock).start();
  private final GitHubClient github =
      GitHubClient.open(
          new SourceOptions(sandbox.environment(), clock)
              .withLimits(Recorded.options(clock, JdkHttpTransport.shared()).limits()));

  @AfterEach
  void keepsEveryLimit() {
    sandbox.close();
    assertThat(sandbox.violations()).isEmpty();
  }

  @Test
  void singleThingsHaveTheirTypes() throws InterruptedException {
    Account someone = COMMUNITY.accounts(Network.GITHUB).get(0);

    Repository repository = github.repository(NAME);
    Account user = github.user(someone.handle());
    Account organization = github.organization(Community.ORGANIZATION);

    assertThat(repository.languages()).isEqualTo(BIGGEST.languages());
    assertThat(repository.watchers()).isEqualTo(COMMUNITY.watchersOf(BIGGEST.id()).size());
    assertThat(user.id()).isEqualTo(someone.id());
    assertThat(user.name()).isEqualTo(someone.name());
    assertThat(user.followers()).isEqualTo(someone.followers());
    assertThat(user.raw()).startsWith("{");
    assertThat(organization.handle()).isEqualTo(Community.ORGANIZATION);
    assertThat(organization.description()).isNotBlank();
  }

  @Test
  void howTheLimitsStandCostsNothing() throws InterruptedException {
    github.repository(NAME);
    var first = github.rateLimits();

    var second = github.rateLimits();

    assertThat(first)
        .extracting(RateLimit::key)
        .containsExactly("GitHub core", "GitHub search", "GitHub graphql");
    assertThat(first).extracting(RateLimit::limit).containsExactly(5_000L, 30L, 5_000L);
    assertThat(first.get(0).remaining()).isEqualTo(4_998); // a repository and its languages
    assertThat(second).isEqualTo(first);
    assertThat(first.get(0).resetsAt()).isAfter(clock.instant());
  }

  @Test
  void listingsHaveTheirTypesAndAskNothingUntilTheyAreRead() {
    var repositories = github.repositories(Community.ORGANIZATION);
    var stars = github.stargazers(NAME);
    var newest = github.newestStargazers(NAME);
    var commits = github.commits(NAME);
    assertThat(sandbox.requests()).isEmpty();

    assertThat(repositories.records()).hasSize(COMMUNITY.repositories().size());
    assertThat(stars.records()).hasSize(COMMUNITY.starsOf(BIGGEST.id()).size());
    assertThat(newest.records().findFirst().map(Interaction::id))
        .hasValue(
            COMMUNITY.starsOf(BIGGEST.id()).get(COMMUNITY.starsOf(BIGGEST.id()).size() - 1).id());
    assertThat(commits.records()).hasSize(COMMUNITY.commitsTo(BIGGEST.id()).size());
    assertThat(github.commits(NAME, Map.of("path", "docs")).records())
        .isNotEmpty()
        .hasSizeLessThan(COMMUNITY.commitsTo(BIGGEST.id()).size());
    assertThat(github.contributors(NAME).records())
        .hasSize(COMMUNITY.contributionsTo(BIGGEST.id()).size());
    assertThat(github.weeklyContributions(NAME).records())
        .allMatch(week -> week.type() == Interaction.Type.CONTRIBUTION);
    assertThat(github.watchers(NAME).records()).hasSize(COMMUNITY.watchersOf(BIGGEST.id()).size());
    assertThat(github.forks(NAME).records()).hasSize(COMMUNITY.forksOf(BIGGEST.id()).size());
    assertThat(github.members(Community.ORGANIZATION).records())
        .hasSize(COMMUNITY.organizationMembers().size());
    assertThat(github.events(NAME).records()).isNotEmpty();
    assertThat(github.search("language:Scala").records())
        .isNotEmpty()
        .allMatch(repository -> "Scala".equals(repository.language()));
    assertThat(stars.toString()).isEqualTo("github:" + NAME + "/stargazers");
    assertThat(stars.source().profile().quota()).isNotNull();
  }

  @Test
  void whatIsNotThereIsSaid() {
    assertThatThrownBy(() -> github.repository("sparkling-labs/never-was"))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessageContaining("404");
    assertThatThrownBy(() -> github.user("no/body"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'no/body' is no login of GitHub");
    assertThatThrownBy(() -> github.commits(NAME, Map.of("mood", "good")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unknown parameter 'mood'");
    assertThatThrownBy(() -> github.repository("nonsense"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("OWNER/REPO");
  }
}
