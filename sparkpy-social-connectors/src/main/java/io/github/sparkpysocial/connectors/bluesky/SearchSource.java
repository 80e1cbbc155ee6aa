package io.github.sparkpysocial.connectors.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.NetworkSource;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.connectors.internal.Query;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The posts that match a query, newest first: {@code app.bsky.feed.searchPosts}. Who is not logged
 * in sees the first page of a search only, and the pages of who is end somewhere; so the listing
 * goes back through time by {@code until}, which is exclusive while {@code since} is inclusive,
 * until that brings nothing new. The same time goes on as long as the server has a cursor for it.
 */
final class SearchSource extends NetworkSource {
  private static final Logger log = LoggerFactory.getLogger(SearchSource.class);
  private static final int PAGE = 100;

  private final BlueskyApi api;
  private final UnaryOperator<Query> query;
  private final boolean latest;
  private final @Nullable Instant since;
  private final @Nullable Instant until;

  SearchSource(
      PlaceUri uri,
      SourceOptions options,
      BlueskyApi api,
      UnaryOperator<Query> query,
      boolean latest,
      @Nullable Instant since,
      @Nullable Instant until) {
    super(uri, Network.BLUESKY, options.clock(), api.http());
    this.api = api;
    this.query = query;
    this.latest = latest;
    this.since = since;
    this.until = until;
  }

  @Override
  public Order order() {
    return latest ? Order.NEWEST_FIRST : Order.UNORDERED;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.POST;
  }

  @Override
  public SourceProfile profile() {
    boolean onePage = !latest && !api.isLoggedIn();
    return new SourceProfile(
        PAGE,
        1,
        new Quota(3_000, Duration.ofMinutes(5)),
        null,
        onePage ? Long.valueOf(PAGE) : null,
        onePage
            ? List.of("Without a login, Bluesky shows the first 100 of the top posts only.")
            : List.of());
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    SearchCursor at =
        request.cursor() == null ? SearchCursor.FIRST : SearchCursor.parse(request.cursor());
    Position known = request.since();
    Instant from = known == null || known.at() == null ? since : known.at();
    Instant to = at.until() == null ? start(request) : at.until();
    JsonDocument answer =
        JsonDocument.of(
            api.get(
                "app.bsky.feed.searchPosts",
                parameters ->
                    query
                        .apply(parameters)
                        .with("limit", PAGE)
                        .with("since", from)
                        .with("until", to)
                        .with("cursor", at.cursor())));
    return read(answer, at, to, known);
  }

  /** Returns the time before which the listing begins: right after the position, to miss none. */
  private @Nullable Instant start(PageRequest request) {
    Position before = request.until();
    return before == null || before.at() == null ? until : after(before.at());
  }

  /** Servers compare milliseconds. */
  private static Instant after(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
  }

  private Page read(
      JsonDocument answer, SearchCursor at, @Nullable Instant to, @Nullable Position known) {
    PageBuilder page = new PageBuilder(uri(), answer);
    BlueskyRecords records = new BlueskyRecords(provenance());
    Set<String> seen = new HashSet<>(at.seen());
    List<Position> all = new ArrayList<>();
    List<Position> fresh = new ArrayList<>();
    page.each(
        answer.root().get("posts"),
        (view, raw) -> {
          Position position =
              new Position(Json.required(view, "uri"), BlueskyRecords.times(view).sorted());
          all.add(position);
          boolean isKnown = known != null && known.id().equals(position.id());
          if (isKnown || seen.contains(position.id())) {
            return;
          }
          fresh.add(position);
          Post post = records.view(view, raw);
          page.add(post);
          page.countUnknown("post", view, BlueskyRecords.VIEW_FIELDS);
          page.countUnknown("record", view.path("record"), BlueskyRecords.POST_FIELDS);
          JsonNode author = Json.field(view, "author");
          if (author != null && author.isObject()) {
            page.add(records.account(author, answer.raw(author)));
            page.countUnknown("profile", author, BlueskyRecords.PROFILE_FIELDS);
          }
        });
    if (!latest) {
      String cursor = api.isLoggedIn() ? Json.nonEmpty(answer.root(), "cursor") : null;
      return page.build(
          null,
          null,
          cursor == null || all.isEmpty()
              ? null
              : new SearchCursor(null, List.of(), cursor).toString());
    }
    SearchCursor next = next(answer, at, to, all, fresh);
    return page.build(
        fresh.isEmpty() ? null : fresh.get(0),
        fresh.isEmpty() ? null : fresh.get(fresh.size() - 1),
        next == null ? null : next.toString());
  }

  private @Nullable SearchCursor next(
      JsonDocument answer,
      SearchCursor at,
      @Nullable Instant to,
      List<Position> all,
      List<Position> fresh) {
    if (at.cursor() == null && fresh.isEmpty() && all.size() < PAGE) {
      return null;
    }
    Instant oldest = null;
    for (Position position : all) {
      Instant time = position.at();
      oldest = time != null && (oldest == null || time.isBefore(oldest)) ? time : oldest;
    }
    Instant boundary = oldest == null ? to : after(oldest);
    if (boundary == null) {
      return null; // nothing on the page has a time
    }
    if (boundary.equals(to)) {
      return withinOneMoment(Json.nonEmpty(answer.root(), "cursor"), at, boundary, all.size());
    }
    List<String> seen = new ArrayList<>();
    for (Position position : all) {
      if (position.at() != null && after(position.at()).equals(boundary)) {
        seen.add(position.id());
      }
    }
    return new SearchCursor(boundary, seen, null);
  }

  /** Goes on where time does not: a whole page was posted within one millisecond. */
  private SearchCursor withinOneMoment(
      @Nullable String cursor, SearchCursor at, Instant boundary, int items) {
    if (cursor != null && items > 0 && api.isLoggedIn() && !cursor.equals(at.cursor())) {
      return new SearchCursor(boundary, at.seen(), cursor);
    }
    if (items >= PAGE) {
      log.warn(
          "{}: more than {} posts end right before {}, which only a login can tell apart; the rest"
              + " of them is missing",
          uri(),
          PAGE,
          boundary);
    }
    return new SearchCursor(boundary.minusMillis(1), List.of(), null);
  }
}
