package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.place.PlaceUri;
import org.jspecify.annotations.Nullable;

/**
 * A listing of one repository. What is listed refers to the repository by its id, which survives
 * renaming, so that the repository itself is asked for once.
 */
abstract class RepositorySource extends GitHubSource {
  final String fullName;
  private volatile GitHubRecords.@Nullable Target target;

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
  final String firstPage(PageRequest request) {
    return "/repos/" + fullName + listing(request);
  }

  @Override
  final void read(PageBuilder page, JsonDocument answer, Positions positions)
      throws InterruptedException {
    GitHubRecords records = new GitHubRecords(provenance());
    GitHubRecords.Target repository = repository();
    page.each(
        answer.root(),
        (item, raw) -> readItem(page, answer, item, raw, records, repository, positions));
  }

  private GitHubRecords.Target repository() throws InterruptedException {
    GitHubRecords.Target known = target;
    if (known == null) {
      JsonDocument answer = JsonDocument.of(HubBridge.repository(api, fullName, false).answer());
      try {
        known = GitHubRecords.target(answer.root());
      } catch (IllegalArgumentException e) {
        throw new TransportException(
            "GitHub's answer about " + fullName + " cannot be read: " + e.getMessage(), e);
      }
      target = known;
    }
    return known;
  }
}
