package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.NetworkSource;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one account posted, newest first: {@code GET /2/users/:id/tweets}, after {@code GET
 * /2/users/by/username/:name} has told its id. X shows the last 3,200 posts, reposts included; 800
 * if replies are left out.
 */
final class XUserPostsSource extends NetworkSource {
  private static final int LARGEST_PAGE = 100;
  private static final int SMALLEST_PAGE = 5;
  private static final long MOST = 3_200;
  private static final long MOST_WITHOUT_REPLIES = 800;

  private final XApi api;
  private final String name;
  private final @Nullable String exclude;
  private final @Nullable Instant since;
  private final @Nullable Instant until;
  private volatile @Nullable String id;

  XUserPostsSource(
      PlaceUri uri,
      SourceOptions options,
      XApi api,
      String name,
      @Nullable String exclude,
      @Nullable Instant since,
      @Nullable Instant until) {
    super(uri, Network.X, options.clock(), api.http());
    this.api = api;
    this.name = name;
    this.exclude = exclude;
    this.since = since;
    this.until = until;
  }

  @Override
  public Order order() {
    return Order.NEWEST_FIRST;
  }

  @Override
  public RecordKind kind() {
    return RecordKind.POST;
  }

  @Override
  public SourceProfile profile() {
    return new SourceProfile(
        LARGEST_PAGE,
        1,
        new Quota(10_000, Duration.ofMinutes(15)),
        XBudget.POST,
        exclude != null && exclude.contains("replies") ? MOST_WITHOUT_REPLIES : MOST,
        List.of("One more request, of $0.010, finds the account's id.", XApi.PRICES));
  }

  /** The cursor is the account's id and X's token, so that whoever goes on need not ask again. */
  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    Position after = request.since();
    Position before = request.until();
    String cursor = request.cursor();
    int colon = cursor == null ? -1 : cursor.indexOf(':');
    if (cursor != null && colon < 1) {
      throw new StaleCursorException("The cursor does not belong to " + uri());
    }
    String user = cursor == null ? id() : cursor.substring(0, colon);
    JsonDocument answer =
        api.posts(
            "/2/users/" + user + "/tweets",
            (int) Math.min(LARGEST_PAGE, request.atMost()),
            SMALLEST_PAGE,
            size ->
                parameters ->
                    parameters
                        .with("max_results", size)
                        .with("exclude", exclude)
                        .with("since_id", after == null ? null : after.id())
                        .with("until_id", before == null ? null : before.id())
                        .with("start_time", after == null ? since : null)
                        .with("end_time", before == null ? until : null)
                        .with(
                            "pagination_token",
                            cursor == null ? null : cursor.substring(colon + 1)));
    for (JsonNode error : answer.root().path("errors")) {
      XProblem problem = XProblem.of(error);
      if (problem.about().equals(user)) {
        throw gone(problem);
      }
    }
    Page page = XPages.newestFirst(uri(), answer, provenance());
    return page.nextCursor() == null ? page : page.withNextCursor(user + ':' + page.nextCursor());
  }

  private String id() throws InterruptedException {
    String known = id;
    if (known == null) {
      JsonNode root =
          api.users("/2/users/by/username/" + name, 1, granted -> parameters -> parameters).root();
      for (JsonNode error : root.path("errors")) {
        throw gone(XProblem.of(error));
      }
      known = Json.required(root.path("data"), "id");
      id = known;
    }
    return known;
  }

  private InvalidQueryException gone(XProblem problem) {
    return new InvalidQueryException(
        "X shows no posts of "
            + name
            + ", since "
            + switch (problem.status()) {
              case SUSPENDED -> "the account is suspended";
              case PROTECTED -> "the account shows them to its followers only";
              case DELETED -> "there is no such account; check the name";
              default -> "it says: " + problem.title();
            });
  }
}
