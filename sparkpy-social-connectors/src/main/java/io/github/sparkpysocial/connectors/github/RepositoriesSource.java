package io.github.sparkpysocial.connectors.github;

import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.Map;

/** The repositories of an organisation: {@code GET /orgs/ORG/repos}. */
final class RepositoriesSource extends GitHubSource {
  private final String organization;

  RepositoriesSource(PlaceUri uri, SourceOptions options, GitHubApi api, String organization) {
    super(uri, options, api);
    this.organization = organization;
  }

  @Override
  public Order order() {
    return Order.UNORDERED;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.REPOSITORY;
  }

  @Override
  String firstPage(PageRequest request) {
    return "/orgs/" + Query.encode(organization) + "/repos?per_page=" + PAGE;
  }

  @Override
  void read(PageBuilder page, JsonDocument answer, Positions positions) {
    GitHubRecords records = new GitHubRecords(provenance());
    page.each(
        answer.root(),
        (item, raw) -> {
          page.add(records.repository(item, raw, Map.of()));
          page.countUnknown("repository", item, GitHubFields.REPOSITORY);
        });
  }
}
