package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repositories that a search finds: {@code GET /search/repositories?q=}. GitHub shows 1,000
 * results; a search with more is cut into slices by when the repositories were created, or by
 * another range if the search has that one already, until each slice is shown whole. See <a
 * href="https://docs.github.com/rest/search/search">search</a>.
 */
final class SearchSource extends GitHubSource {
  private static final Logger log = LoggerFactory.getLogger(SearchSource.class);

  /** What GitHub shows of a search. */
  private static final long MOST = 1_000;

  /** How often a search that GitHub could not finish in time is asked again before it is cut. */
  private static final int MOST_QUESTIONS = 3;

  private final String query;
  private final Clock clock;

  SearchSource(PlaceUri uri, SourceOptions options, GitHubApi api) {
    super(uri, options, api);
    String asked = uri.parameter("q");
    if (asked == null || asked.isBlank()) {
      throw new IllegalArgumentException(
          "A search on GitHub is github:search?q=WORDS, such as"
              + " github:search?q=topic%3Aapache-spark%20stars%3A%3E10, was "
              + uri);
    }
    this.query = asked.strip();
    this.clock = options.clock();
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
  Quota quota() {
    return new Quota(api.isAnonymous() ? 10 : 30, Duration.ofMinutes(1));
  }

  @Override
  List<String> notes() {
    return List.of(
        "GitHub shows 1,000 results of a search; one with more is cut into slices, which takes a"
            + " question for each cut.");
  }

  @Override
  String firstPage(PageRequest request) {
    return firstPage(SearchPlan.begin(query));
  }

  private String firstPage(SearchPlan plan) {
    return "/search/repositories?q=" + Query.encode(plan.query(query)) + "&per_page=" + PAGE;
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    String cursor = request.cursor();
    SearchPlan plan = cursor == null ? SearchPlan.begin(query) : SearchPlan.of(cursor);
    String path = plan.path();
    path = path == null ? firstPage(plan) : path;
    for (int asked = 1; ; asked++) {
      HttpResponse response = api.get(path, accept());
      JsonDocument answer = JsonDocument.of(response);
      JsonNode total = answer.root().path("total_count");
      if (!total.isIntegralNumber() || !answer.root().path("items").isArray()) {
        throw new TransportException("GitHub's answer to " + uri() + " is none to a search");
      }
      boolean unfinished = answer.root().path("incomplete_results").asBoolean();
      if (unfinished && asked < MOST_QUESTIONS) {
        continue;
      }
      if (unfinished || total.asLong() > MOST) {
        return cut(plan, total.asLong(), unfinished, serverTime(response));
      }
      PageBuilder page = new PageBuilder(uri(), answer);
      read(page, answer, new Positions());
      SearchPlan next = plan.after(api.next(response));
      return page.build(null, null, next == null ? null : next.cursor());
    }
  }

  /** Returns a page without records that leads to the two halves of a slice. */
  private Page cut(SearchPlan plan, long total, boolean unfinished, Instant now) {
    SearchPlan halves = plan.halved(query, now);
    if (halves == null) {
      String slice = plan.query(query);
      if (unfinished) {
        throw new TransportException(
            "GitHub could not finish the search for '" + slice + "' in time; make it narrower");
      }
      throw new InvalidQueryException(
          "GitHub finds "
              + total
              + " repositories for '"
              + slice
              + "' and shows 1,000, and this cannot be cut any finer; leave created:, pushed: or"
              + " stars: out of the search, or narrow it by language: or topic:");
    }
    log.debug("{} finds {} results, cut by {}", uri(), total, halves.by());
    return Page.of(Page.Content.NONE, null, null, halves.cursor());
  }

  /** Slices of time end by the server's clock, not by ours. */
  private Instant serverTime(HttpResponse response) {
    String date = response.headers().first("Date");
    try {
      return date == null
          ? clock.instant()
          : ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return clock.instant();
    }
  }

  @Override
  void read(PageBuilder page, JsonDocument answer, Positions positions) {
    GitHubRecords records = new GitHubRecords(provenance());
    page.each(
        answer.root().path("items"),
        (item, raw) -> {
          page.add(records.repository(item, raw, Map.of()));
          page.countUnknown("repository", item, GitHubFields.REPOSITORY);
          account(page, answer, records, Json.field(item, "owner"));
        });
  }
}
