package io.github.sparkpysocial.connectors.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.InvalidQueryException;
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
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listing of statuses, newest first. It is paged back by {@code max_id} until the known one is
 * reached: {@code since_id} alone would show the newest page and leave a gap below it, and {@code
 * min_id} walks the other way (<a
 * href="https://docs.joinmastodon.org/methods/timelines/">timelines</a>, and the server's {@code
 * Paginable}). Positions are numbers of the instance that is asked.
 */
final class TimelineSource extends NetworkSource {
  private static final Logger log = LoggerFactory.getLogger(TimelineSource.class);
  private static final int PAGE = 40;

  /** Finds out where the listing is; may ask the instance. */
  @FunctionalInterface
  interface Path {
    String get() throws InterruptedException;
  }

  private final MastodonApi api;
  private final Path path;
  private final UnaryOperator<Query> filters;
  private final @Nullable Instant since;
  private final @Nullable Instant until;
  private final List<String> notes;

  TimelineSource(
      PlaceUri uri,
      SourceOptions options,
      MastodonApi api,
      Path path,
      UnaryOperator<Query> filters,
      @Nullable Instant since,
      @Nullable Instant until,
      List<String> notes) {
    super(uri, Network.MASTODON, options.clock(), api.http());
    this.api = api;
    this.path = path;
    this.filters = filters;
    this.since = since;
    this.until = until;
    this.notes = List.copyOf(notes);
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
    return new SourceProfile(PAGE, 1, new Quota(300, Duration.ofMinutes(5)), null, null, notes);
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    String after = number(request.since());
    Query query =
        filters
            .apply(new Query(api.base(), path.get()))
            .with("limit", Math.min(PAGE, request.atMost()))
            .with("max_id", start(request))
            .with("since_id", after);
    HttpResponse response = api.get(query.uri());
    JsonDocument answer = JsonDocument.of(response);
    if (!answer.root().isArray()) {
      throw new InvalidQueryException(uri() + " is no listing of Mastodon");
    }
    return read(answer, request, api.next(response));
  }

  /**
   * Returns the number that a position has on this instance, or {@code null} if it does not tell. A
   * stream knows the last post by its id, which tells it if the post was written here.
   */
  private @Nullable String number(@Nullable Position position) {
    if (position == null) {
      return null;
    }
    String here = api.host() + '/';
    String id = position.id();
    String number = id.startsWith(here) ? id.substring(here.length()) : id;
    return MastodonApi.isId(number) ? number : null;
  }

  /** Returns the id below which the page begins. */
  private @Nullable String start(PageRequest request) {
    if (request.cursor() != null) {
      return MastodonApi.checkedId(request.cursor());
    }
    String before = number(request.until());
    if (before != null) {
      return before;
    }
    // The first 48 bits of an id are its time. Where they are not, this is above all ids.
    return until == null ? null : Long.toUnsignedString(until.toEpochMilli() << 16);
  }

  private Page read(JsonDocument answer, PageRequest request, @Nullable String next) {
    PageBuilder page = new PageBuilder(uri(), answer);
    MastodonRecords records = new MastodonRecords(api.host(), provenance());
    String known = number(request.since());
    Instant from = from(request.since(), known);
    Position newest = null;
    Position oldest = null;
    boolean reached = false;
    for (JsonNode status : answer.root()) {
      Position position = position(status);
      if (position != null) {
        if (known != null && MastodonIds.compare(position.id(), known) <= 0) {
          reached = true;
          continue;
        }
        Instant at = position.at();
        boolean old = from != null && at != null && at.isBefore(from);
        reached = old; // what comes after it decides, since times are not quite in order
        if (old) {
          continue;
        }
        if (until != null && at != null && !at.isBefore(until)) {
          continue;
        }
        newest = newest == null ? position : newest;
        oldest = position;
      }
      if (MastodonRecords.isPublic(status)) {
        page.one(status, (item, raw) -> records.status(page, answer, item, raw));
      } else {
        log.debug("{}: left out a post that is not for everybody", uri());
      }
    }
    return page.build(newest, oldest, reached || answer.root().isEmpty() ? null : next);
  }

  /** Returns the time before which nothing is wanted: that of a position without a number, too. */
  private @Nullable Instant from(@Nullable Position position, @Nullable String number) {
    Instant at = position == null || number != null ? null : position.at();
    return at == null || (since != null && since.isAfter(at)) ? since : at;
  }

  /** Returns where a status stands, or {@code null} if it cannot be read. */
  private static @Nullable Position position(JsonNode status) {
    try {
      String id = status.isObject() ? Json.nonEmpty(status, "id") : null;
      return id == null ? null : new Position(id, Json.time(status, "created_at"));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
