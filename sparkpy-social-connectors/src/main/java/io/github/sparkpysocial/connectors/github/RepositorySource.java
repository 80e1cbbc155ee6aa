package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.place.PlaceUri;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listing of one repository. What is listed refers to the repository by its id, which survives
 * renaming, so that the repository itself is asked for once.
 */
abstract class RepositorySource extends GitHubSource {
  private static final Logger log = LoggerFactory.getLogger(RepositorySource.class);

  final String fullName;
  private volatile @Nullable Known known;

  RepositorySource(PlaceUri uri, SourceOptions options, GitHubApi api, String fullName) {
    super(uri, options, api);
    this.fullName = fullName;
  }

  /** Returns the path of the listing below the repository, with its query. */
  abstract String listing(PageRequest request);

  /** Reads one item. */
  abstract void readItem(
      PageBuilder page,
      JsonDocument answer,
      JsonNode item,
      String raw,
      GitHubRecords records,
      GitHubRecords.Target repository,
      Positions positions);

  @Override
  String firstPage(PageRequest request) {
    return "/repos/" + fullName + listing(request);
  }

  @Override
  void read(PageBuilder page, JsonDocument answer, Positions positions)
      throws InterruptedException {
    GitHubRecords records = new GitHubRecords(provenance());
    GitHubRecords.Target repository = repository();
    page.each(
        answer.root(),
        (item, raw) -> readItem(page, answer, item, raw, records, repository, positions));
  }

  /**
   * What the listing has to know of its repository.
   *
   * @param target as records refer to it, under its present name
   * @param stars how many stars it says it has
   */
  record Known(GitHubRecords.Target target, long stars) {}

  /** Returns the repository as records refer to it; asks for it once. */
  final GitHubRecords.Target repository() throws InterruptedException {
    return known().target();
  }

  final Known known() throws InterruptedException {
    Known found = known;
    if (found == null) {
      JsonDocument answer = JsonDocument.of(HubBridge.repository(api, fullName, false).answer());
      try {
        Long stars = Json.number(answer.root(), "stargazers_count");
        found = new Known(GitHubRecords.target(answer.root()), stars == null ? 0 : stars);
      } catch (IllegalArgumentException e) {
        throw new TransportException(
            "GitHub's answer about " + fullName + " cannot be read: " + e.getMessage(), e);
      }
      if (!found.target().fullName().equalsIgnoreCase(fullName)) {
        log.info(
            "{} is called {} now; name it so in {}", fullName, found.target().fullName(), uri());
      }
      known = found;
    }
    return found;
  }
}
