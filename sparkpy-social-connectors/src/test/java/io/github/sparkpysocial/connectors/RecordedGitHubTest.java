package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** GitHub's own answers, recorded by the hub4j and octokit projects. */
class RecordedGitHubTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final SettableClock clock = SettableClock.at(NOW);

  private HttpTransport recorded(String test) throws IOException {
    return Recorded.wireMock(
        Recorded.data("github/hub4j_wiremock").resolve(test.replaceFirst("/", "/wiremock/")),
        clock);
  }

  private RecordSource open(String uri, HttpTransport transport) {
    SourceOptions options = Recorded.options(clock, transport);
    return Places.openSource(PlaceUri.parse(uri), options);
  }

  @Test
  void stargazersCarryTheTimeAndTheNextPageOfTheRepositorysNumber() throws Exception {
    RecordSource source =
        open("github:hub4j/github-api/stargazers", recorded("GHRepositoryTest/listStargazers"));

    Page page = source.fetch(PageRequest.FIRST);

    assertThat(page.nextCursor()).isEqualTo("/repositories/617210/stargazers?page=2");
    assertThat(page.rejected()).isEmpty();
    assertThat(page.unknownFields()).isEmpty();
    List<Interaction> stars =
        page.records().stream()
            .filter(Interaction.class::isInstance)
            .map(Interaction.class::cast)
            .toList();
    assertThat(stars).hasSize(30);
    assertThat(stars)
        .allSatisfy(
            star -> {
              assertThat(star.type()).isEqualTo(Interaction.Type.STAR);
              assertThat(star.targetId()).isEqualTo("617210");
              assertThat(star.targetName()).isEqualTo("hub4j/github-api");
              assertThat(star.createdAt()).isNotNull();
              assertThat(star.raw()).startsWith("{").contains("\"starred_at\"");
            });
    assertThat(page.records()).filteredOn(Account.class::isInstance).hasSize(30);
    assertThat(page.oldest()).isNotNull();
    assertThat(page.oldest().at()).isEqualTo(stars.get(0).createdAt());
  }

  @Test
  void contributorsWithoutAnAccountKeepTheirNameAndHaveTheirOwnId() throws Exception {
    RecordSource source =
        open(
            "github:hub4j/github-api/contributors",
            recorded("GHRepositoryTest/listContributorsAnon"));

    Page page = source.fetch(PageRequest.FIRST);

    assertThat(page.rejected()).isEmpty();
    assertThat(page.unknownFields()).isEmpty();
    assertThat(page.records()).extracting(SocialRecord::id).doesNotHaveDuplicates();
    assertThat(page.records())
        .allSatisfy(
            record -> {
              Interaction contribution = (Interaction) record;
              assertThat(contribution.type()).isEqualTo(Interaction.Type.CONTRIBUTION);
              assertThat(contribution.count()).isPositive();
              assertThat(contribution.actor().label()).isNotEqualTo("unknown");
              assertThat(contribution.id()).doesNotContain("@");
            });
  }

  @Test
  void aRepositoryWithoutContributorsIsAnEmptyListing() throws Exception {
    Page page =
        open(
                "github:hub4j-test-org/empty/contributors",
                recorded("GHRepositoryTest/listEmptyContributors"))
            .fetch(PageRequest.FIRST);

    assertThat(page.records()).isEmpty();
    assertThat(page.isLast()).isTrue();
  }

  @Test
  void whatIsNotThereIsSaidInOneSentence() throws Exception {
    HttpTransport recorded = recorded("GHRepositoryTest/listStargazers");

    assertThatThrownBy(() -> open("github:nobody/repos", recorded).fetch(PageRequest.FIRST))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessage("GitHub has no /orgs/nobody/repos, or the token may not see it (404)");
    assertThatThrownBy(
            () -> open("github:nobody/nothing/languages", recorded).fetch(PageRequest.FIRST))
        .isInstanceOf(InvalidQueryException.class)
        .hasMessage("GitHub has no /repos/nobody/nothing, or the token may not see it (404)");
  }
}
