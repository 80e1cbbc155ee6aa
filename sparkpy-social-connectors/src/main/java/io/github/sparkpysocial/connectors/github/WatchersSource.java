package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.place.PlaceUri;

/**
 * Who is told of what happens in a repository, which GitHub calls watching or subscribing: {@code
 * GET /repos/OWNER/REPO/subscribers}. It does not say since when.
 */
final class WatchersSource extends RepositorySource {
  WatchersSource(PlaceUri uri, SourceOptions options, GitHubApi api, String fullName) {
    super(uri, options, api, fullName);
  }

  @Override
  boolean hasWall() {
    return true;
  }

  @Override
  String listing(PageRequest request) {
    return "/subscribers?per_page=" + PAGE;
  }

  @Override
  void readItem(Reading into, JsonNode item, String raw) {
    into.page().add(into.records().watcher(item, raw, into.repository()));
    into.account(item);
  }
}
