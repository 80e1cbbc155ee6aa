package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.GeoBox;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.spi.Times;
import io.github.sparkpysocial.text.HtmlText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One tweet of the X API v1.1. Its text and entities are those of the first of these that is there:
 * the tweet that it repeats (read by the same rule), {@code extended_tweet}, {@code full_text},
 * {@code text}.
 */
final class XV1Tweet {
  /** All fields of the data dictionary; what is not here is counted as unknown. */
  static final Set<String> KNOWN =
      Set.of(
          "annotations",
          "contributors",
          "coordinates",
          "created_at",
          "current_user_retweet",
          "display_text_range",
          "entities",
          "extended_entities",
          "extended_tweet",
          "favorite_count",
          "favorited",
          "filter_level",
          "full_text",
          "geo",
          "id",
          "id_str",
          "in_reply_to_screen_name",
          "in_reply_to_status_id",
          "in_reply_to_status_id_str",
          "in_reply_to_user_id",
          "in_reply_to_user_id_str",
          "is_quote_status",
          "lang",
          "matching_rules",
          "metadata",
          "place",
          "possibly_sensitive",
          "possibly_sensitive_appealable",
          "quote_count",
          "quoted_status",
          "quoted_status_id",
          "quoted_status_id_str",
          "quoted_status_permalink",
          "reply_count",
          "retweet_count",
          "retweeted",
          "retweeted_status",
          "scopes",
          "source",
          "supplemental_language",
          "text",
          "timestamp_ms",
          "truncated",
          "user",
          "withheld_copyright",
          "withheld_in_countries",
          "withheld_scope");

  private static final Pattern ANCHOR = Pattern.compile("(?is)^\\s*<a\\b[^>]*>(.*)</a>\\s*$");

  private final JsonNode tweet;
  private final List<String> notices;

  /**
   * Reads a tweet.
   *
   * @param notices gets what had to be left unknown
   */
  XV1Tweet(JsonNode tweet, List<String> notices) {
    this.tweet = tweet;
    this.notices = notices;
  }

  static List<String> unknownFields(JsonNode tweet) {
    List<String> unknown = new ArrayList<>();
    tweet
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!KNOWN.contains(name)) {
                unknown.add(name);
              }
            });
    return unknown;
  }

  /**
   * Returns an id as it is spelled: the text beside the number, since JavaScript rounds the number.
   */
  static @Nullable String id(JsonNode node, String field) {
    JsonNode text = node.get(field + "_str");
    if (text != null && text.isTextual() && !text.textValue().isEmpty()) {
      return text.textValue();
    }
    JsonNode number = node.get(field);
    return number == null || number.isNull() || !number.isValueNode() ? null : number.asText();
  }

  Post post(Provenance provenance, String raw) {
    String id = id(tweet, "id");
    if (id == null) {
      throw new IllegalArgumentException("is a tweet without 'id'");
    }
    JsonNode level = level();
    JsonNode text = level.has("full_text") ? level.get("full_text") : level.get("text");
    if (text == null || !text.isTextual()) {
      throw new IllegalArgumentException("is a tweet without a text in 'full_text' or 'text'");
    }
    HtmlText said = HtmlText.unescape(text.textValue(), entities(level.path("entities")));
    JsonNode repost = tweet.path("retweeted_status");
    String quoteOf = repost.isObject() ? null : quoteOf();
    AccountRef author = author(tweet.path("user"));
    String createdAt = text(tweet, "created_at");
    return Post.builder(Network.X, id, said.text())
        .kind(kind(repost, quoteOf))
        .language(text(tweet, "lang"))
        .createdAt(createdAt(createdAt))
        .createdAtText(createdAt)
        .author(author)
        .inReplyToId(id(tweet, "in_reply_to_status_id"))
        .inReplyToAuthorId(id(tweet, "in_reply_to_user_id"))
        .repostOfId(repost.isObject() ? id(repost, "id") : null)
        .repostOfAuthorId(repost.isObject() ? id(repost.path("user"), "id") : null)
        .quoteOfId(quoteOf)
        .entities(said.entities())
        .mediaUrls(mediaUrls(level))
        .place(place())
        .engagement(
            new Engagement(
                number("favorite_count"),
                number("retweet_count"),
                number("reply_count"),
                number("quote_count"),
                null))
        .source(source())
        .url(author.handle() == null ? null : "https://x.com/" + author.handle() + "/status/" + id)
        .sensitive(
            tweet.path("possibly_sensitive").isBoolean()
                ? tweet.path("possibly_sensitive").booleanValue()
                : null)
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  private JsonNode level() {
    JsonNode level =
        tweet.path("retweeted_status").isObject() ? tweet.path("retweeted_status") : tweet;
    JsonNode extended = level.path("extended_tweet");
    return extended.has("full_text") ? extended : level;
  }

  private @Nullable String quoteOf() {
    String id = id(tweet, "quoted_status_id");
    return id == null ? id(tweet.path("quoted_status"), "id") : id;
  }

  private Post.Kind kind(JsonNode repost, @Nullable String quoteOf) {
    if (repost.isObject()) {
      return Post.Kind.REPOST;
    }
    if (quoteOf != null) {
      return Post.Kind.QUOTE;
    }
    return id(tweet, "in_reply_to_status_id") == null ? Post.Kind.ORIGINAL : Post.Kind.REPLY;
  }

  private @Nullable Instant createdAt(@Nullable String text) {
    Instant time = text == null ? null : Times.parse(text);
    if (time == null) {
      time = Times.parse(tweet.path("timestamp_ms").asText(""));
    }
    if (time == null && text != null) {
      notices.add("unreadable created_at");
    }
    return time;
  }

  private static AccountRef author(JsonNode user) {
    AccountRef author =
        new AccountRef(id(user, "id"), text(user, "screen_name"), text(user, "name"));
    return author.equals(AccountRef.UNKNOWN) ? AccountRef.UNKNOWN : author;
  }

  private static Entities entities(JsonNode entities) {
    List<Entities.Hashtag> hashtags = new ArrayList<>();
    for (JsonNode tag : entities.path("hashtags")) {
      if (isPlaced(tag, "text")) {
        hashtags.add(new Entities.Hashtag(tag.get("text").textValue(), start(tag), end(tag)));
      }
    }
    List<Entities.Mention> mentions = new ArrayList<>();
    for (JsonNode mention : entities.path("user_mentions")) {
      if (isPlaced(mention, "screen_name")) {
        mentions.add(
            new Entities.Mention(
                mention.get("screen_name").textValue(),
                id(mention, "id"),
                start(mention),
                end(mention)));
      }
    }
    List<Entities.Url> urls = new ArrayList<>();
    for (String field : List.of("urls", "media")) {
      for (JsonNode url : entities.path(field)) {
        if (isPlaced(url, "url")) {
          urls.add(
              new Entities.Url(
                  url.get("url").textValue(), text(url, "expanded_url"), start(url), end(url)));
        }
      }
    }
    urls.sort(Comparator.comparingInt(Entities.Url::start));
    List<Entities.Cashtag> cashtags = new ArrayList<>();
    for (JsonNode tag : entities.path("symbols")) {
      if (isPlaced(tag, "text")) {
        cashtags.add(new Entities.Cashtag(tag.get("text").textValue(), start(tag), end(tag)));
      }
    }
    return new Entities(hashtags, mentions, urls.stream().distinct().toList(), cashtags);
  }

  private static boolean isPlaced(JsonNode entity, String field) {
    return entity.path(field).isTextual() && start(entity) >= 0 && end(entity) >= start(entity);
  }

  private static int start(JsonNode entity) {
    return entity.path("indices").path(0).asInt(-1);
  }

  private static int end(JsonNode entity) {
    return entity.path("indices").path(1).asInt(-1);
  }

  private static List<String> mediaUrls(JsonNode level) {
    JsonNode media = level.path("extended_entities").path("media");
    if (!media.isArray()) {
      media = level.path("entities").path("media");
    }
    List<String> urls = new ArrayList<>();
    for (JsonNode item : media) {
      String url = text(item, "media_url_https");
      if (url == null) {
        url = text(item, "media_url");
      }
      if (url != null && !urls.contains(url)) {
        urls.add(url);
      }
    }
    return urls;
  }

  /** Returns the exact point before the box of the place, for a box is never better. */
  private @Nullable Place place() {
    JsonNode place = tweet.path("place");
    String id = text(place, "id");
    String name = text(place, "full_name");
    String country = text(place, "country_code");
    try {
      GeoPoint point = point();
      if (point != null) {
        return new Place(point, Place.Precision.POINT, null, id, name, country);
      }
      GeoBox box = box(place.path("bounding_box").path("coordinates").path(0));
      if (box != null) {
        return Place.within(box, id, name, country);
      }
    } catch (IllegalArgumentException outOfRange) {
      notices.add("unusable coordinates");
    }
    return id == null && name == null && country == null
        ? null
        : new Place(null, Place.Precision.BOX, null, id, name, country);
  }

  /** GeoJSON in {@code coordinates} has the longitude first, the old {@code geo} the latitude. */
  private @Nullable GeoPoint point() {
    JsonNode geoJson = tweet.path("coordinates").path("coordinates");
    if (isPair(geoJson)) {
      return new GeoPoint(geoJson.get(1).doubleValue(), geoJson.get(0).doubleValue());
    }
    JsonNode geo = tweet.path("geo").path("coordinates");
    return isPair(geo) ? new GeoPoint(geo.get(0).doubleValue(), geo.get(1).doubleValue()) : null;
  }

  private static boolean isPair(JsonNode node) {
    return node.path(0).isNumber() && node.path(1).isNumber();
  }

  private static @Nullable GeoBox box(JsonNode ring) {
    double west = Double.POSITIVE_INFINITY;
    double south = Double.POSITIVE_INFINITY;
    double east = Double.NEGATIVE_INFINITY;
    double north = Double.NEGATIVE_INFINITY;
    for (JsonNode corner : ring) {
      if (isPair(corner)) {
        west = Math.min(west, corner.get(0).doubleValue());
        east = Math.max(east, corner.get(0).doubleValue());
        south = Math.min(south, corner.get(1).doubleValue());
        north = Math.max(north, corner.get(1).doubleValue());
      }
    }
    if (west > east) {
      return null;
    }
    boolean crossesAntimeridian = east - west > 180;
    return new GeoBox(
        new GeoPoint(south, crossesAntimeridian ? east : west),
        new GeoPoint(north, crossesAntimeridian ? west : east));
  }

  private @Nullable Long number(String field) {
    JsonNode number = tweet.path(field);
    return number.isIntegralNumber() && number.canConvertToLong() ? number.longValue() : null;
  }

  private @Nullable String source() {
    String source = text(tweet, "source");
    if (source == null) {
      return null;
    }
    Matcher anchor = ANCHOR.matcher(source);
    return anchor.matches() ? HtmlText.unescape(anchor.group(1), Entities.NONE).text() : source;
  }

  private static @Nullable String text(JsonNode node, String field) {
    String text = node.path(field).textValue();
    return text == null || text.isEmpty() ? null : text;
  }
}
