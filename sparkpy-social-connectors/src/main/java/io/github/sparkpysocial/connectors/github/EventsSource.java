package io.github.sparkpysocial.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in a repository or an organisation, newest first: {@code GET
 * /repos/OWNER/REPO/events}, {@code GET /orgs/ORG/events}. GitHub shows the last 300 events of the
 * last 30 days, so that it is polled: it says by {@code X-Poll-Interval} how often, which the
 * limits keep, and by the ETag whether anything is new, which costs nothing if not (<a
 * href="https://docs.github.com/rest/activity/events">events</a>).
 *
 * <p>Events can show up to six hours late. Going on from a known one therefore reads six hours
 * further back; what is known already changes nothing in the store.
 */
final class EventsSource extends GitHubSource {
  private static final Duration HORIZON = Duration.ofDays(30);
  private static final Duration LATE = Duration.ofHours(6);
  private static final long MOST = 300;

  private final String path;

  /**
   * Makes the listing of a feed.
   *
   * @param path the path of the feed, such as {@code /orgs/apache/events}
   */
  EventsSource(PlaceUri uri, SourceOptions options, GitHubApi api, String path) {
    super(uri, options, api);
    this.path = path;
  }

  @Override
  public Order order() {
    return Order.NEWEST_FIRST;
  }

  /** Most events are interactions; what was written comes as posts. */
  @Override
  public RecordKind kind() {
    return RecordKind.INTERACTION;
  }

  @Override
  public Duration horizon() {
    return HORIZON;
  }

  @Override
  Long mostItems() {
    return MOST;
  }

  @Override
  List<String> notes() {
    return List.of(
        "GitHub shows the last 300 events of 30 days; older ones are in the files of GH Archive.",
        "GitHub wants a feed to be asked once a minute at most; asking earlier waits.");
  }

  @Override
  String firstPage(PageRequest request) {
    return path + "?per_page=" + PAGE;
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    String cursor = request.cursor();
    HttpResponse response =
        api.get(cursor == null ? firstPage(request) : GitHubApi.checkedCursor(cursor), accept());
    JsonDocument answer = JsonDocument.of(response);
    if (!answer.root().isArray()) {
      throw new InvalidQueryException(uri() + " is no feed of GitHub");
    }
    Position since = request.since();
    if (since != null
        && response.isUnchanged()
        && since.id().equals(answer.root().path(0).path("id").asText())) {
      return empty(); // nothing has happened since
    }
    PageBuilder page = new PageBuilder(uri(), answer);
    Positions positions = new Positions();
    Position from = since == null ? null : early(since);
    boolean reached = read(page, answer, positions, from);
    return positions.page(page, order(), reached ? null : api.next(response));
  }

  @Override
  void read(PageBuilder page, JsonDocument answer, Positions positions) {
    read(page, answer, positions, null);
  }

  /** Reads the events from a position on; returns whether there were older ones. */
  private boolean read(
      PageBuilder page, JsonDocument answer, Positions positions, @Nullable Position from) {
    EventRecords records = new EventRecords(provenance());
    boolean reached = false;
    for (JsonNode item : answer.root()) {
      Position position = position(item);
      if (isOlder(position, from)) {
        reached = true;
        continue;
      }
      page.one(
          item,
          (event, raw) -> {
            page.add(records.read(event, raw));
            String type = event.path("type").asText();
            if (!EventRecords.isKnown(type)) {
              page.countUnknown("event.type." + type);
            }
            page.countUnknown("event", event, GitHubFields.EVENT);
            if (position != null) {
              positions.add(position);
            }
          });
    }
    return reached;
  }

  private static @Nullable Position position(JsonNode event) {
    try {
      String id = Json.nonEmpty(event, "id");
      return id == null ? null : new Position(id, Json.time(event, "created_at"));
    } catch (IllegalArgumentException e) {
      return null; // it is set aside when it is read
    }
  }

  private static Position early(Position since) {
    Instant at = since.at();
    return new Position(since.id(), at == null ? null : at.minus(LATE));
  }
}
