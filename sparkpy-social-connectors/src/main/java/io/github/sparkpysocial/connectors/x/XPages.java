package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.GeoBox;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one answer of X API v2: the posts with what is included beside them resolved, and the
 * accounts of their authors. Both vocabularies are read, {@code referenced_tweets} and {@code
 * referenced_posts} and so on. A post that another one repeats or quotes lends it its text and is
 * not a record of its own.
 */
final class XPages {
  private static final Logger log = LoggerFactory.getLogger(XPages.class);

  /** The fields of a post in the OpenAPI document 2.167 and, with their old names, 2.166. */
  private static final Set<String> POST_FIELDS =
      Set.of(
          "article",
          "article_title",
          "attachments",
          "author_id",
          "card_uri",
          "community_id",
          "context_annotations",
          "conversation_id",
          "created_at",
          "display_text_range",
          "edit_controls",
          "edit_history_post_ids",
          "edit_history_tweet_ids",
          "entities",
          "geo",
          "id",
          "in_reply_to_user_id",
          "lang",
          "matched_media_notes",
          "media_metadata",
          "non_public_metrics",
          "note_post",
          "note_tweet",
          "note_request_suggestions",
          "organic_metrics",
          "paid_partnership",
          "possibly_sensitive",
          "promoted_metrics",
          "public_metrics",
          "referenced_posts",
          "referenced_tweets",
          "reply_settings",
          "scopes",
          "source",
          "suggested_source_links",
          "suggested_source_links_with_counts",
          "text",
          "username",
          "withheld");

  private final JsonDocument document;
  private final PageBuilder page;
  private final Provenance provenance;
  private final Map<String, JsonNode> users = new HashMap<>();
  private final Map<String, JsonNode> posts = new HashMap<>();
  private final Map<String, JsonNode> places = new HashMap<>();
  private final Map<String, JsonNode> media = new HashMap<>();
  private final List<Post> read = new ArrayList<>();

  XPages(PlaceUri place, JsonDocument document, Provenance provenance) {
    this.document = document;
    this.page = new PageBuilder(place, document);
    this.provenance = provenance;
    JsonNode includes = document.root().path("includes");
    index(includes.path("users"), "id", users);
    index(includes.path("tweets"), "id", posts);
    index(includes.path("posts"), "id", posts);
    index(includes.path("places"), "id", places);
    index(includes.path("media"), "media_key", media);
    index(document.root().path("data"), "id", posts);
  }

  private static void index(JsonNode items, String key, Map<String, JsonNode> index) {
    for (JsonNode item : items) {
      String id = item.path(key).asText("");
      if (!id.isEmpty()) {
        index.put(id, item);
      }
    }
  }

  /** Reads posts, accounts and errors; returns the page to be finished. */
  PageBuilder read(ErrorReader errors) {
    page.each(
        document.root().get("data"),
        (item, raw) -> {
          Post post = post(item, raw);
          page.add(post);
          read.add(post);
          page.countUnknown("post", item, POST_FIELDS);
        });
    page.each(
        document.root().path("includes").get("users"),
        (item, raw) -> {
          page.add(XAccounts.account(item, raw, provenance));
          page.countUnknown("user", item, XAccounts.FIELDS);
        });
    page.each(document.root().get("errors"), (item, raw) -> errors.read(this, item, raw));
    return page;
  }

  /** Makes a page of posts, newest first, with what it says of the next; it is read later. */
  static Page newestFirst(PlaceUri place, JsonDocument document, Provenance provenance) {
    Position newest = null;
    Position oldest = null;
    for (JsonNode item : document.root().path("data")) {
      Position position = position(item);
      if (position != null) {
        newest = newest == null || isNewer(position, newest) ? position : newest;
        oldest = oldest == null || isNewer(oldest, position) ? position : oldest;
      }
    }
    return Page.readLater(
        () ->
            new XPages(place, document, provenance)
                .read(
                    (all, error, raw) -> {
                      if (!all.tombstone(error, raw)) {
                        note(error);
                      }
                    })
                .content(),
        document.size(),
        newest,
        oldest,
        Json.nonEmpty(document.root().path("meta"), "next_token"));
  }

  /** Returns where a post stands, or {@code null} if it does not say so in a way to rely on. */
  private static @Nullable Position position(JsonNode item) {
    String id = Json.nonEmpty(item, "id");
    try {
      return id == null ? null : new Position(id, Json.time(item, "created_at"));
    } catch (IllegalArgumentException e) {
      return null; // it will be set aside for this
    }
  }

  /** Compares ids, which are numbers of up to 20 digits that grow with time. */
  static boolean isNewer(Position one, Position other) {
    int byLength = Integer.compare(one.id().length(), other.id().length());
    return byLength != 0 ? byLength > 0 : one.id().compareTo(other.id()) > 0;
  }

  /** Decides what becomes of an error that comes beside data. */
  @FunctionalInterface
  interface ErrorReader {
    void read(XPages pages, JsonNode error, String raw);
  }

  /** Returns the posts that were read, in their order. */
  List<Post> posts() {
    return read;
  }

  /**
   * Carries out what an error says of a post: one that X cannot find any more was deleted.
   *
   * @return whether the error says so
   */
  boolean tombstone(JsonNode error, String raw) {
    XProblem problem = XProblem.of(error);
    if (!problem.isAboutPost()
        || problem.status() != XOutcome.Status.DELETED
        || problem.about().isEmpty()) {
      return false;
    }
    page.add(
        new Tombstone(Network.X, problem.about(), RecordKind.POST, null, null, provenance, raw));
    return true;
  }

  /** Sets an error aside, with what it is about. */
  void reject(JsonNode error, String raw) {
    page.reject(raw, XProblem.of(error).reason());
  }

  /** An error about something that a post refers to takes nothing from the post itself. */
  private static void note(JsonNode error) {
    log.debug(
        "X withholds {} {}: {}",
        error.path("resource_type").asText(),
        error.path("resource_id").asText(),
        error.path("title").asText());
  }

  private Post post(JsonNode item, String raw) {
    String id = Json.required(item, "id");
    String repostOf = referenced(item, "retweeted");
    String quoteOf = referenced(item, "quoted");
    String replyTo = referenced(item, "replied_to");
    JsonNode original = repostOf == null ? null : posts.get(repostOf);
    XText text = XText.of(original == null ? item : original);
    AccountRef author = author(Json.nonEmpty(item, "author_id"));
    JsonNode shown = original == null ? item : original;
    return Post.builder(Network.X, id, text.text())
        .kind(
            repostOf != null
                ? Post.Kind.REPOST
                : quoteOf != null
                    ? Post.Kind.QUOTE
                    : replyTo != null ? Post.Kind.REPLY : Post.Kind.ORIGINAL)
        .language(Json.nonEmpty(item, "lang"))
        .createdAt(Json.time(item, "created_at"))
        .createdAtText(Json.nonEmpty(item, "created_at"))
        .author(author)
        .inReplyToId(replyTo)
        .inReplyToAuthorId(Json.nonEmpty(item, "in_reply_to_user_id"))
        .repostOfId(repostOf)
        .repostOfAuthorId(original == null ? null : Json.nonEmpty(original, "author_id"))
        .quoteOfId(quoteOf)
        .conversationId(Json.nonEmpty(item, "conversation_id"))
        .entities(text.entities())
        .mediaUrls(media(shown))
        .place(place(item))
        .engagement(engagement(item))
        .source(Json.nonEmpty(item, "source"))
        .url(
            "https://x.com/"
                + (author.handle() == null ? "i/web" : author.handle())
                + "/status/"
                + id)
        .sensitive(Json.flag(item, "possibly_sensitive"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  private static @Nullable String referenced(JsonNode item, String type) {
    for (String name : List.of("referenced_tweets", "referenced_posts")) {
      for (JsonNode reference : item.path(name)) {
        if (reference.path("type").asText("").equals(type)) {
          return Json.nonEmpty(reference, "id");
        }
      }
    }
    return null;
  }

  private AccountRef author(@Nullable String id) {
    if (id == null) {
      return AccountRef.UNKNOWN;
    }
    JsonNode user = users.get(id);
    return user == null
        ? new AccountRef(id, null, null)
        : new AccountRef(id, Json.nonEmpty(user, "username"), Json.nonEmpty(user, "name"));
  }

  private List<String> media(JsonNode item) {
    List<String> urls = new ArrayList<>();
    for (JsonNode key : item.path("attachments").path("media_keys")) {
      JsonNode one = media.get(key.asText());
      if (one != null) {
        String url = Json.nonEmpty(one, "url");
        url = url == null ? Json.nonEmpty(one, "preview_image_url") : url;
        if (url != null) {
          urls.add(url);
        }
      }
    }
    return urls;
  }

  /** An exact point is better than the box of the place, which still lends its name. */
  private @Nullable Place place(JsonNode item) {
    JsonNode geo = item.path("geo");
    String placeId = Json.nonEmpty(geo, "place_id");
    JsonNode known = placeId == null ? null : places.get(placeId);
    GeoBox box = known == null ? null : box(known.path("geo").path("bbox"));
    String name = known == null ? null : Json.nonEmpty(known, "full_name");
    String country = known == null ? null : country(Json.nonEmpty(known, "country_code"));
    JsonNode point = geo.path("coordinates").path("coordinates");
    if (point.size() == 2 && point.get(0).isNumber() && point.get(1).isNumber()) {
      return new Place(
          new GeoPoint(point.get(1).doubleValue(), point.get(0).doubleValue()),
          Place.Precision.POINT,
          box,
          placeId,
          name,
          country);
    }
    if (box != null) {
      return Place.within(box, placeId, name, country);
    }
    return placeId == null
        ? null
        : new Place(null, Place.Precision.BOX, null, placeId, name, country);
  }

  /** Reads west, south, east, north. */
  private static @Nullable GeoBox box(JsonNode bbox) {
    if (bbox.size() != 4) {
      return null;
    }
    return new GeoBox(
        new GeoPoint(bbox.get(1).asDouble(), bbox.get(0).asDouble()),
        new GeoPoint(bbox.get(3).asDouble(), bbox.get(2).asDouble()));
  }

  private static @Nullable String country(@Nullable String code) {
    return code == null ? null : code.toUpperCase(Locale.ROOT);
  }

  private static Engagement engagement(JsonNode item) {
    JsonNode metrics = item.path("public_metrics");
    Long reposts = Json.number(metrics, "retweet_count");
    return new Engagement(
        Json.number(metrics, "like_count"),
        reposts == null ? Json.number(metrics, "repost_count") : reposts,
        Json.number(metrics, "reply_count"),
        Json.number(metrics, "quote_count"),
        Json.number(metrics, "impression_count"));
  }

  /** Returns the ids that were asked for and got neither a post nor an error. */
  static Set<String> unanswered(List<String> asked, JsonDocument answer) {
    Set<String> open = new LinkedHashSet<>(asked);
    answer.root().path("data").forEach(post -> open.remove(post.path("id").asText()));
    answer
        .root()
        .path("errors")
        .forEach(
            error -> {
              open.remove(error.path("resource_id").asText());
              open.remove(error.path("value").asText());
            });
    return open;
  }
}
