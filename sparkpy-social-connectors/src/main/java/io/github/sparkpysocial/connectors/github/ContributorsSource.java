package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.List;

/**
 * Who wrote how many commits of a repository, people without an account included: {@code GET
 * /repos/OWNER/REPO/contributors?anon=1}.
 */
final class ContributorsSource extends RepositorySource {
  ContributorsSource(PlaceUri uri, SourceOptions options, GitHubApi api, String fullName) {
    super(uri, options, api, fullName);
  }

  @Override
  List<String> notes() {
    return List.of(
        "GitHub links the first 500 e-mail addresses of authors to accounts; others come without.");
  }

  @Override
  String listing(PageRequest request) {
    return "/contributors?anon=1&per_page=" + PAGE;
  }

  @Override
  void readItem(Reading into, JsonNode item, String raw) {
    into.page().add(into.records().contribution(item, raw, into.repository()));
    into.page().countUnknown("contributor", item, GitHubFields.USER);
  }
}
