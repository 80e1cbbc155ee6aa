package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.List;

/**
 * Who starred a repository and when, oldest first: {@code GET /repos/OWNER/REPO/stargazers} with
 * the media type that tells the time.
 */
final class StargazersSource extends RepositorySource {
  /** GitHub serves 400 pages and answers 422 from then on. */
  private static final long MOST = 400L * PAGE;

  StargazersSource(PlaceUri uri, SourceOptions options, GitHubApi api, String fullName) {
    super(uri, options, api, fullName);
  }

  @Override
  public Order order() {
    return Order.OLDEST_FIRST;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.INTERACTION;
  }

  @Override
  String accept() {
    return GitHubApi.STARS;
  }

  @Override
  Long mostItems() {
    return MOST;
  }

  @Override
  List<String> notes() {
    return List.of(
        "GitHub shows the first 40,000 stargazers only, and fails with a message beyond them.");
  }

  @Override
  String listing(PageRequest request) {
    return "/stargazers?per_page=" + PAGE;
  }

  @Override
  void readItem(
      PageBuilder page,
      JsonDocument answer,
      JsonNode item,
      String raw,
      GitHubRecords records,
      GitHubRecords.Target repository,
      Positions positions) {
    Interaction star = records.star(item, raw, repository);
    page.add(star);
    positions.add(new Position(star.id(), star.createdAt()));
    page.countUnknown("star", item, GitHubRecords.STAR_FIELDS);
    account(page, answer, records, Json.field(item, "user"));
  }
}
