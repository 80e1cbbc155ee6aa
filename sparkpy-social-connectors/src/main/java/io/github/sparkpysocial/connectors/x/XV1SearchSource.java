package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.client.StaleCursorException;
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
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The posts of the last seven days that match a query, by API v1.1: {@code GET search/tweets},
 * newest first. The next page is what {@code next_results} says; what it leaves out, such as {@code
 * tweet_mode}, is said again.
 */
final class XV1SearchSource extends NetworkSource {
  private static final String PATH = "/1.1/search/tweets.json";
  private static final int LARGEST_PAGE = 100;
  private static final Duration HORIZON = Duration.ofDays(7);

  private final XV1Client client;
  private final String query;
  private final @Nullable LocalDate until;

  XV1SearchSource(
      PlaceUri uri,
      SourceOptions options,
      XV1Client client,
      String query,
      @Nullable LocalDate until) {
    super(uri, Network.X, options.clock(), client.http());
    this.client = client;
    this.query = query;
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
  public Duration horizon() {
    return HORIZON;
  }

  @Override
  public SourceProfile profile() {
    return new SourceProfile(
        LARGEST_PAGE,
        1,
        new Quota(client.asUser() ? 180 : 450, Duration.ofMinutes(15)),
        null,
        null,
        List.of("X calls API v1.1 legacy, and it answers old apps only."));
  }

  @Override
  public Page fetch(PageRequest request) throws InterruptedException {
    Map<String, String> parameters = new LinkedHashMap<>();
    String cursor = request.cursor();
    if (cursor != null) {
      parameters.putAll(parsed(cursor));
    }
    Position before = request.until();
    Position after = request.since();
    parameters.put("q", query);
    parameters.put("count", Long.toString(Math.min(LARGEST_PAGE, request.atMost())));
    parameters.put("result_type", "recent");
    parameters.put("tweet_mode", "extended");
    parameters.put("include_entities", "true");
    if (until != null) {
      parameters.put("until", until.toString());
    }
    if (after != null) {
      parameters.put("since_id", after.id());
    }
    if (before != null && cursor == null) {
      parameters.put("max_id", oneLess(before.id()));
    }
    Query asked = client.query(PATH);
    parameters.forEach(asked::with);
    return read(client.get(PATH, asked));
  }

  /** The position before is exclusive, {@code max_id} is not. */
  private static String oneLess(String id) {
    try {
      return new BigInteger(id).subtract(BigInteger.ONE).toString();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("A post of X has a number as id", e);
    }
  }

  private Map<String, String> parsed(String cursor) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : cursor.substring(1).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    if (!cursor.startsWith("?") || !parameters.containsKey("max_id")) {
      throw new StaleCursorException("The cursor does not belong to " + uri());
    }
    return parameters;
  }

  private Page read(JsonDocument answer) {
    PageBuilder page = new PageBuilder(uri(), answer);
    List<Post> posts = new ArrayList<>();
    page.each(
        answer.root().get("statuses"),
        (status, raw) -> {
          Post post = new XV1Tweet(status, new ArrayList<>()).post(provenance(), raw);
          page.add(post);
          posts.add(post);
          page.countUnknown("post", status, XV1Tweet.KNOWN);
        });
    Position newest = null;
    Position oldest = null;
    for (Post post : posts) {
      Position position = new Position(post.id(), post.createdAt());
      newest = newest == null || XPages.isNewer(position, newest) ? position : newest;
      oldest = oldest == null || XPages.isNewer(oldest, position) ? position : oldest;
    }
    JsonNode metadata = answer.root().path("search_metadata");
    return page.build(newest, oldest, Json.nonEmpty(metadata, "next_results"));
  }
}
