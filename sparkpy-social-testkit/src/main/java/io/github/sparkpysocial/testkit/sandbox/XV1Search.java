package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.GeoBox;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Search of X API v1.1: {@code statuses} with whole users inside, paged by {@code max_id} through
 * {@code next_results}. It finds reposts, and takes parameters that it does not know.
 */
final class XV1Search {
  private static final Duration MAX_AGE = Duration.ofDays(7);
  private static final int SHOWN_CODE_POINTS = 140;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss Z yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final XCommunity community;

  XV1Search(XCommunity community) {
    this.community = community;
  }

  Answer answer(Request request) {
    String query = request.parameter("q");
    if (query == null || query.isBlank()) {
      return XV1Api.error(403, 25, "Query parameters are missing.");
    }
    Predicate<Post> matches;
    long sinceId;
    long maxId;
    int count;
    Instant until;
    try {
      matches = XQuery.parse(query);
      sinceId = number(request, "since_id", 0);
      maxId = number(request, "max_id", Long.MAX_VALUE);
      count = (int) Math.min(100, Math.max(1, number(request, "count", 15)));
      String day = request.parameter("until");
      until =
          day == null ? Instant.MAX : LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (XQuery.Refused | NumberFormatException | DateTimeException e) {
      return XV1Api.error(400, 195, "Missing or invalid url parameter.");
    }
    boolean extended = "extended".equals(request.parameter("tweet_mode"));
    Instant earliest = community.now().minus(MAX_AGE);
    List<Post> found = new ArrayList<>();
    boolean more = false;
    for (int index = community.happened() - 1; index >= 0; index--) {
      Post post = community.postAt(index);
      long id = Long.parseLong(post.id());
      Instant at = XCommunity.createdAt(post);
      if (at.isBefore(earliest) || id <= sinceId) {
        break;
      }
      if (id <= maxId && at.isBefore(until) && community.isVisible(post) && matches.test(post)) {
        if (found.size() == count) {
          more = true;
          break;
        }
        found.add(post);
      }
    }
    ObjectNode body = Json.object();
    ArrayNode statuses = body.putArray("statuses");
    found.forEach(post -> statuses.add(status(post, extended)));
    putMetadata(body, query, count, sinceId, maxId, found, more);
    return Answer.json(200, body);
  }

  private static long number(Request request, String name, long absent) {
    String text = request.parameter(name);
    return text == null ? absent : Long.parseLong(text);
  }

  /** As on the network, the next page repeats some of the parameters only. */
  private static void putMetadata(
      ObjectNode body,
      String query,
      int count,
      long sinceId,
      long maxId,
      List<Post> found,
      boolean more) {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8).replace("+", "%20");
    String newest = found.isEmpty() ? Long.toString(sinceId) : found.get(0).id();
    ObjectNode metadata = body.putObject("search_metadata");
    metadata.put("completed_in", 0.01);
    metadata.put("max_id", maxId == Long.MAX_VALUE ? Long.parseLong(newest) : maxId);
    metadata.put("max_id_str", maxId == Long.MAX_VALUE ? newest : Long.toString(maxId));
    if (more) {
      long next = Long.parseLong(found.get(found.size() - 1).id()) - 1;
      metadata.put(
          "next_results",
          "?max_id=" + next + "&q=" + encoded + "&count=" + count + "&include_entities=1");
    }
    metadata.put("query", encoded);
    metadata.put("refresh_url", "?since_id=" + newest + "&q=" + encoded + "&include_entities=1");
    metadata.put("count", count);
    metadata.put("since_id", sinceId);
    metadata.put("since_id_str", Long.toString(sinceId));
  }

  private ObjectNode status(Post post, boolean extended) {
    String text = post.kind() == Post.Kind.REPOST ? repostText(post) : post.text();
    boolean cut = !extended && text.codePointCount(0, text.length()) > SHOWN_CODE_POINTS;
    String shown = cut ? text.substring(0, text.offsetByCodePoints(0, 139)) + '…' : text;
    ObjectNode node = Json.object();
    node.put("created_at", TIME.format(XCommunity.createdAt(post)));
    node.put("id", Long.parseLong(post.id()));
    node.put("id_str", post.id());
    node.put(extended ? "full_text" : "text", escaped(shown));
    node.put("truncated", cut);
    if (extended) {
      ArrayNode range = node.putArray("display_text_range");
      range.add(0).add(text.codePointCount(0, text.length()));
    }
    node.set(
        "entities",
        entities(post.kind() == Post.Kind.REPOST || cut ? Entities.NONE : post.entities(), shown));
    node.putObject("metadata")
        .put("iso_language_code", language(post))
        .put("result_type", "recent");
    node.put("source", "<a href=\"https://x.com\" rel=\"nofollow\">" + post.source() + "</a>");
    putId(node, "in_reply_to_status_id", post.inReplyToId());
    putId(node, "in_reply_to_user_id", post.inReplyToAuthorId());
    Account author = community.user(String.valueOf(post.author().id()));
    if (author != null) {
      node.set("user", user(author));
    }
    putPlace(node, post.place());
    node.put("is_quote_status", post.kind() == Post.Kind.QUOTE);
    if (post.quoteOfId() != null) {
      putId(node, "quoted_status_id", post.quoteOfId());
    }
    if (post.repostOfId() != null) {
      community
          .visible(post.repostOfId())
          .ifPresent(original -> node.set("retweeted_status", status(original, extended)));
    }
    node.put("retweet_count", post.engagement().reposts());
    node.put("favorite_count", post.engagement().likes());
    node.put("favorited", false);
    node.put("retweeted", false);
    node.put("lang", language(post));
    return node;
  }

  private static String language(Post post) {
    return post.language() == null ? "und" : post.language();
  }

  private String repostText(Post post) {
    Account author = community.user(String.valueOf(post.repostOfAuthorId()));
    return "RT @" + (author == null ? "unknown" : author.handle()) + ": " + post.text();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void putId(ObjectNode node, String name, @Nullable String id) {
    if (id == null) {
      node.putNull(name).putNull(name + "_str");
    } else {
      node.put(name, Long.parseLong(id)).put(name + "_str", id);
    }
  }

  /** Indices count code points of the text as it is sent, where three signs are escaped. */
  private static ObjectNode entities(Entities all, String text) {
    int[] moved = new int[text.codePointCount(0, text.length()) + 1];
    int at = 0;
    for (int i = 0, index = 0; i < moved.length - 1; i++) {
      moved[i] = at;
      int c = text.codePointAt(index);
      at += c == '&' ? 5 : c == '<' || c == '>' ? 4 : 1;
      index += Character.charCount(c);
    }
    moved[moved.length - 1] = at;
    ObjectNode node = Json.object();
    ArrayNode hashtags = node.putArray("hashtags");
    all.hashtags()
        .forEach(
            h -> indices(hashtags.addObject().put("text", h.text()), moved, h.start(), h.end()));
    node.putArray("symbols");
    ArrayNode mentions = node.putArray("user_mentions");
    for (Entities.Mention mention : all.mentions()) {
      ObjectNode item = mentions.addObject().put("screen_name", mention.handle());
      if (mention.id() != null) {
        putId(item, "id", mention.id());
      }
      indices(item, moved, mention.start(), mention.end());
    }
    ArrayNode urls = node.putArray("urls");
    for (Entities.Url url : all.urls()) {
      ObjectNode item = urls.addObject().put("url", url.url());
      item.put("expanded_url", url.expandedUrl()).put("display_url", url.url());
      indices(item, moved, url.start(), url.end());
    }
    return node;
  }

  private static void indices(ObjectNode entity, int[] moved, int start, int end) {
    entity.putArray("indices").add(moved[start]).add(moved[end]);
  }

  private static void putPlace(ObjectNode node, @Nullable Place place) {
    if (place == null) {
      node.putNull("coordinates").putNull("place");
      return;
    }
    GeoPoint point = place.point();
    if (place.precision() == Place.Precision.POINT && point != null) {
      ObjectNode coordinates = node.putObject("coordinates").put("type", "Point");
      coordinates.putArray("coordinates").add(point.longitude()).add(point.latitude());
    }
    ObjectNode json = node.putObject("place");
    json.put("id", place.id()).put("full_name", place.name());
    json.put("country_code", place.countryCode()).put("place_type", "city");
    GeoBox box = place.box();
    if (box != null) {
      double west = box.southWest().longitude();
      double south = box.southWest().latitude();
      double east = box.northEast().longitude();
      double north = box.northEast().latitude();
      ArrayNode ring =
          json.putObject("bounding_box").put("type", "Polygon").putArray("coordinates").addArray();
      ring.addArray().add(west).add(south);
      ring.addArray().add(west).add(north);
      ring.addArray().add(east).add(north);
      ring.addArray().add(east).add(south);
    }
  }

  private static ObjectNode user(Account account) {
    ObjectNode node = Json.object();
    putId(node, "id", account.id());
    node.put("name", account.name()).put("screen_name", account.handle());
    node.put("location", account.place() == null ? "" : String.valueOf(account.place().name()));
    node.put("description", account.description());
    node.put("followers_count", account.followers());
    node.put("friends_count", account.following());
    node.put("statuses_count", account.posts());
    node.put("verified", Boolean.TRUE.equals(account.verified()));
    if (account.createdAt() != null) {
      node.put("created_at", TIME.format(account.createdAt()));
    }
    return node;
  }
}
