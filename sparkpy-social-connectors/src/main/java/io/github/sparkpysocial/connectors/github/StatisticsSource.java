package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.List;

/**
 * Who wrote how many commits in which week: {@code GET /repos/OWNER/REPO/stats/contributors}. Each
 * week in which somebody wrote any is a contribution of its own with the status {@code week}; lines
 * added and deleted stay in its raw JSON. GitHub works the figures out when they are first asked
 * for and answers 202 until then, which is waited for.
 */
final class StatisticsSource extends RepositorySource {
  /** With five seconds between them, two minutes. */
  private static final int MOST_QUESTIONS = 25;

  StatisticsSource(PlaceUri uri, SourceOptions options, GitHubApi api, String fullName) {
    super(uri, options, api, fullName);
  }

  @Override
  List<String> notes() {
    return List.of(
        "GitHub counts the 100 contributors with the most commits, without merges, and tells no"
            + " lines for repositories of 10,000 commits and more.");
  }

  @Override
  String listing(PageRequest request) {
    return "/stats/contributors";
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    for (int asked = 0; asked < MOST_QUESTIONS; asked++) {
      HttpResponse response = api.get(firstPage(request), accept());
      if (response.status() == 204) {
        return empty();
      }
      if (response.status() != 202) {
        JsonDocument answer = JsonDocument.of(response);
        PageBuilder page = new PageBuilder(uri(), answer);
        read(page, answer, new Positions());
        return page.build(null, null, null);
      }
    }
    throw new TransportException(
        "GitHub is still working out the statistics of "
            + fullName
            + " after "
            + MOST_QUESTIONS
            + " questions; ask again in a few minutes");
  }

  @Override
  void readItem(Reading into, JsonNode item, String raw) {
    JsonNode author = Json.field(item, "author");
    if (author == null) {
      throw new IllegalArgumentException("The field 'author' is missing");
    }
    for (JsonNode week : item.path("weeks")) {
      if (week.path("c").asLong() > 0) {
        into.page()
            .add(into.records().week(author, week, into.answer().raw(week), into.repository()));
      }
    }
    into.page().countUnknown("statistics", item, GitHubFields.STATISTICS);
    into.account(author);
  }
}
