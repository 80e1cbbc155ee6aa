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
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an account posted and reposted, newest first: {@code app.bsky.feed.getAuthorFeed}. Going on
 * from a known position reads back until it is reached.
 */
final class AuthorFeedSource extends NetworkSource {
  private static final int PAGE = 100;

  private final BlueskyApi api;
  private final String actor;
  private final String filter;

  AuthorFeedSource(
      PlaceUri uri, SourceOptions options, BlueskyApi api, String actor, String filter) {
    super(uri, Network.BLUESKY, options.clock(), api.http());
    this.api = api;
    this.actor = actor;
    this.filter = filter;
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
        PAGE, 1, new Quota(3_000, Duration.ofMinutes(5)), null, null, List.of());
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    JsonDocument answer =
        JsonDocument.of(
            api.get(
                "app.bsky.feed.getAuthorFeed",
                parameters ->
                    parameters
                        .with("actor", actor)
                        .with("limit", PAGE)
                        .with("filter", filter)
                        .with("cursor", request.cursor())));
    PageBuilder page = new PageBuilder(uri(), answer);
    BlueskyRecords records = new BlueskyRecords(provenance());
    Position known = request.since();
    Position before = request.until();
    Position newest = null;
    Position oldest = null;
    boolean reached = false;
    for (JsonNode item : answer.root().path("feed")) {
      Position position = position(item);
      if (position != null) {
        reached = isBefore(position, known);
        boolean isKnown = known != null && known.id().equals(position.id());
        if (reached || isKnown || (before != null && isBefore(before, position))) {
          continue;
        }
        newest = newest == null ? position : newest;
        oldest = position;
      }
      page.one(item, (read, raw) -> add(page, answer, records, read, raw));
    }
    String next = Json.nonEmpty(answer.root(), "cursor");
    return page.build(newest, oldest, reached ? null : next);
  }

  private static boolean isBefore(Position position, @Nullable Position other) {
    Instant at = position.at();
    Instant known = other == null ? null : other.at();
    return at != null && known != null && at.isBefore(known);
  }

  private static @Nullable JsonNode repost(JsonNode item) {
    JsonNode reason = Json.field(item, "reason");
    return reason != null && reason.path("$type").asText("").endsWith("#reasonRepost")
        ? reason
        : null;
  }

  /** Returns where an item stands, or {@code null} if it cannot be read. */
  private static @Nullable Position position(JsonNode item) {
    JsonNode reason = repost(item);
    String post = item.path("post").path("uri").asText("");
    if (post.isEmpty()) {
      return null;
    }
    if (reason == null) {
      return new Position(post, BlueskyRecords.times(item.path("post")).sorted());
    }
    return new Position(
        reason.path("uri").asText(post), AtSyntax.instant(reason.path("indexedAt").asText("")));
  }

  private static void add(
      PageBuilder page, JsonDocument answer, BlueskyRecords records, JsonNode item, String raw) {
    JsonNode view = Json.field(item, "post");
    if (view == null || !view.isObject()) {
      throw new IllegalArgumentException("The field 'post' is missing");
    }
    JsonNode reason = repost(item);
    Post post = records.view(view, answer.raw(view));
    page.add(reason == null ? post : records.repost(post, reason, raw));
    page.countUnknown("post", view, BlueskyRecords.VIEW_FIELDS);
    page.countUnknown("record", view.path("record"), BlueskyRecords.POST_FIELDS);
    for (JsonNode profile :
        reason == null
            ? List.of(view.path("author"))
            : List.of(view.path("author"), reason.path("by"))) {
      if (profile.isObject()) {
        page.add(records.account(profile, answer.raw(profile)));
        page.countUnknown("profile", profile, BlueskyRecords.PROFILE_FIELDS);
      }
    }
  }
}
