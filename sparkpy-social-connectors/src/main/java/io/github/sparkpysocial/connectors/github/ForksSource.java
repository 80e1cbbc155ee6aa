package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who forked a repository and when, newest first: {@code GET /repos/OWNER/REPO/forks?sort=newest}.
 * The forks themselves come along. Going on from a known fork stops there.
 */
final class ForksSource extends RepositorySource {
  ForksSource(PlaceUri uri, SourceOptions options, GitHubApi api, String fullName) {
    super(uri, options, api, fullName);
  }

  @Override
  public Order order() {
    return Order.NEWEST_FIRST;
  }

  @Override
  boolean hasWall() {
    return true;
  }

  @Override
  String listing(PageRequest request) {
    return "/forks?sort=newest&per_page=" + PAGE;
  }

  @Override
  boolean isBeyond(PageRequest request, @Nullable Position last) {
    return isOlder(last, request.since());
  }

  @Override
  void readItem(Reading into, JsonNode item, String raw) {
    Interaction fork = into.records().fork(item, raw, into.repository());
    into.page().add(fork);
    into.page().add(into.records().repository(item, raw, Map.of()));
    into.page().countUnknown("repository", item, GitHubFields.REPOSITORY);
    Instant at = fork.createdAt();
    into.positions().add(new Position(fork.id(), at));
    into.account(Json.field(item, "owner"));
  }
}
