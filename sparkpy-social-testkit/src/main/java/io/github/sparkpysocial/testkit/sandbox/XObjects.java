package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.GeoBox;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes posts, users and places as X API v2 does, in one of its dialects. */
final class XObjects {
  private static final int SHOWN_CODE_POINTS = 280;
  private static final int SHOWN_OF_REPOST = 140;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final XCommunity community;
  private final XDialect dialect;

  XObjects(XCommunity community, XDialect dialect) {
    this.community = community;
    this.dialect = dialect;
  }

  XDialect dialect() {
    return dialect;
  }

  static String time(Instant time) {
    return TIME.format(time);
  }

  /** An error about a user of this name or id that is not there. */
  ObjectNode noUser(String value, String parameter) {
    return problem(
        value,
        "user",
        parameter,
        "Not Found Error",
        "Could not find user with " + parameter + ": [" + value + "].",
        "resource-not-found");
  }

  /** An error about a user, or the post of one, whom X has shut out. */
  ObjectNode suspended(String value, String kind, String parameter) {
    return problem(
        value,
        kind,
        parameter,
        "Forbidden",
        "User has been suspended: [" + value + "].",
        "resource-not-found");
  }

  /** An error about a post that only followers may see. */
  ObjectNode notAuthorized(String id) {
    return notAuthorized(id, dialect.name("tweet"), "ids");
  }

  ObjectNode notAuthorized(String id, String kind, String parameter) {
    return problem(
        id,
        kind,
        parameter,
        "Authorization Error",
        "Sorry, you are not authorized to see the "
            + kind
            + " with "
            + parameter
            + ": ["
            + id
            + "].",
        "not-authorized-for-resource");
  }

  ObjectNode notFound(String id, String parameter) {
    String kind = dialect.name("tweet");
    return problem(
        id,
        kind,
        parameter,
        "Not Found Error",
        "Could not find " + kind + " with " + parameter + ": [" + id + "].",
        "resource-not-found");
  }

  private static ObjectNode problem(
      String value, String kind, String parameter, String title, String detail, String type) {
    return Json.object()
        .put("value", value)
        .put("detail", detail)
        .put("title", title)
        .put("resource_type", kind)
        .put("parameter", parameter)
        .put("resource_id", value)
        .put("type", XRefused.type(type));
  }

  void page(ObjectNode body, List<Post> posts, XSelection selection) {
    if (posts.isEmpty()) {
      return; // data is absent, not empty
    }
    ArrayNode data = body.putArray("data");
    Map<String, Account> includedUsers = new LinkedHashMap<>();
    Map<String, Post> includedPosts = new LinkedHashMap<>();
    Map<String, Place> includedPlaces = new LinkedHashMap<>();
    ArrayNode errors = Json.array();
    for (Post post : posts) {
      data.add(json(post, selection));
      expand(post, selection, includedUsers, includedPlaces);
      String referenced = referenced(post);
      if (referenced != null && selection.expansions().contains("referenced_tweets.id")) {
        community
            .visible(referenced)
            .ifPresentOrElse(
                found -> includedPosts.put(found.id(), found),
                () -> errors.add(notFound(referenced, dialect.name("referenced_tweets.id"))));
      }
    }
    for (Post post : includedPosts.values()) {
      expand(post, selection, includedUsers, includedPlaces);
      if (selection.expansions().contains("referenced_tweets.id.author_id")) {
        addUser(includedUsers, post.author().id());
      }
    }
    ObjectNode includes = Json.object();
    if (!includedUsers.isEmpty()) {
      ArrayNode array = includes.putArray("users");
      includedUsers.values().forEach(user -> array.add(json(user, selection)));
    }
    if (!includedPosts.isEmpty()) {
      ArrayNode array = includes.putArray(dialect.name("tweets"));
      includedPosts.values().forEach(post -> array.add(json(post, selection)));
    }
    if (!includedPlaces.isEmpty()) {
      ArrayNode array = includes.putArray("places");
      includedPlaces.values().forEach(place -> array.add(json(place, selection)));
    }
    if (!includes.isEmpty()) {
      body.set("includes", includes);
    }
    if (!errors.isEmpty()) {
      body.set("errors", errors);
    }
  }

  private void expand(
      Post post,
      XSelection selection,
      Map<String, Account> includedUsers,
      Map<String, Place> places) {
    if (selection.expansions().contains("author_id")) {
      addUser(includedUsers, post.author().id());
    }
    if (selection.expansions().contains("in_reply_to_user_id")) {
      addUser(includedUsers, post.inReplyToAuthorId());
    }
    if (selection.expansions().contains("entities.mentions.username")) {
      for (Entities.Mention mention : post.entities().mentions()) {
        Account account = community.named(mention.handle());
        addUser(includedUsers, account == null ? null : account.id());
      }
    }
    Place place = post.place();
    if (place != null && place.id() != null && selection.expansions().contains("geo.place_id")) {
      places.put(place.id(), place);
    }
  }

  private void addUser(Map<String, Account> included, @Nullable String id) {
    Account account = id == null ? null : community.user(id);
    if (account != null) {
      included.put(account.id(), account);
    }
  }

  private static @Nullable String referenced(Post post) {
    if (post.inReplyToId() != null) {
      return post.inReplyToId();
    }
    return post.repostOfId() != null ? post.repostOfId() : post.quoteOfId();
  }

  ObjectNode json(Post post, XSelection selection) {
    Set<String> fields = selection.post();
    String text = text(post);
    boolean cut = !text.equals(post.text());
    ObjectNode node = Json.object();
    node.put("id", post.id());
    node.put("text", text);
    node.putArray(dialect.name("edit_history_tweet_ids")).add(post.id());
    if (fields.contains("author_id") || selection.expansions().contains("author_id")) {
      node.put("author_id", post.author().id());
    }
    if (fields.contains("created_at")) {
      node.put("created_at", TIME.format(XCommunity.createdAt(post)));
    }
    if (fields.contains("lang")) {
      node.put("lang", post.language() == null ? "und" : post.language());
    }
    if (fields.contains("conversation_id")) {
      node.put("conversation_id", post.conversationId());
    }
    if (post.inReplyToAuthorId() != null
        && (fields.contains("in_reply_to_user_id")
            || selection.expansions().contains("in_reply_to_user_id"))) {
      node.put("in_reply_to_user_id", post.inReplyToAuthorId());
    }
    String referenced = referenced(post);
    if (referenced != null
        && (fields.contains("referenced_tweets")
            || selection.expansions().contains("referenced_tweets.id"))) {
      ObjectNode reference = node.putArray(dialect.name("referenced_tweets")).addObject();
      reference.put(
          "type",
          switch (post.kind()) {
            case REPLY -> "replied_to";
            case REPOST -> "retweeted";
            default -> "quoted";
          });
      reference.put("id", referenced);
    }
    if (fields.contains("entities")) {
      ObjectNode entities = json(visible(post, text));
      if (!entities.isEmpty()) {
        node.set("entities", entities);
      }
    }
    if (fields.contains("public_metrics")) {
      node.set("public_metrics", metrics(post.engagement()));
    }
    if (fields.contains("geo") || selection.expansions().contains("geo.place_id")) {
      ObjectNode geo = geo(post.place());
      if (!geo.isEmpty()) {
        node.set("geo", geo);
      }
    }
    if (fields.contains("source") && post.source() != null) {
      node.put("source", post.source());
    }
    if (fields.contains("possibly_sensitive")) {
      node.put("possibly_sensitive", Boolean.TRUE.equals(post.sensitive()));
    }
    if (fields.contains("reply_settings")) {
      node.put("reply_settings", "everyone");
    }
    if (cut && post.kind() != Post.Kind.REPOST && fields.contains("note_tweet")) {
      ObjectNode note = node.putObject(dialect.name("note_tweet"));
      note.put("text", post.text());
      ObjectNode entities = json(post.entities());
      if (!entities.isEmpty()) {
        note.set("entities", entities);
      }
    }
    return node;
  }

  /** A repost begins with RT and is cut at 140 characters, a long post at 280. */
  private String text(Post post) {
    if (post.kind() == Post.Kind.REPOST) {
      Account author = community.user(String.valueOf(post.repostOfAuthorId()));
      String handle = author == null ? "unknown" : String.valueOf(author.handle());
      return cut("RT @" + handle + ": " + post.text(), SHOWN_OF_REPOST);
    }
    return cut(post.text(), SHOWN_CODE_POINTS);
  }

  private static String cut(String text, int codePoints) {
    return text.codePointCount(0, text.length()) <= codePoints
        ? text
        : text.substring(0, text.offsetByCodePoints(0, codePoints - 1)) + '…';
  }

  /** Returns the entities that lie whole within the text as it is shown. */
  private Entities visible(Post post, String shown) {
    if (post.kind() == Post.Kind.REPOST) {
      Account author = community.user(String.valueOf(post.repostOfAuthorId()));
      if (author == null) {
        return Entities.NONE;
      }
      String handle = String.valueOf(author.handle());
      return new Entities(
          List.of(),
          List.of(new Entities.Mention(handle, author.id(), 3, 4 + handle.length())),
          List.of(),
          List.of());
    }
    if (shown.equals(post.text())) {
      return post.entities();
    }
    int end = SHOWN_CODE_POINTS - 1;
    Entities all = post.entities();
    return new Entities(
        all.hashtags().stream().filter(h -> h.end() <= end).toList(),
        all.mentions().stream().filter(m -> m.end() <= end).toList(),
        all.urls().stream().filter(u -> u.end() <= end).toList(),
        List.of());
  }

  private static ObjectNode json(Entities entities) {
    ObjectNode node = Json.object();
    if (!entities.hashtags().isEmpty()) {
      ArrayNode array = node.putArray("hashtags");
      for (Entities.Hashtag hashtag : entities.hashtags()) {
        array
            .addObject()
            .put("start", hashtag.start())
            .put("end", hashtag.end())
            .put("tag", hashtag.text());
      }
    }
    if (!entities.mentions().isEmpty()) {
      ArrayNode array = node.putArray("mentions");
      for (Entities.Mention mention : entities.mentions()) {
        ObjectNode item = array.addObject();
        item.put("start", mention.start()).put("end", mention.end());
        item.put("username", mention.handle());
        if (mention.id() != null) {
          item.put("id", mention.id());
        }
      }
    }
    if (!entities.urls().isEmpty()) {
      ArrayNode array = node.putArray("urls");
      for (Entities.Url url : entities.urls()) {
        ObjectNode item = array.addObject();
        item.put("start", url.start()).put("end", url.end()).put("url", url.url());
        if (url.expandedUrl() != null) {
          item.put("expanded_url", url.expandedUrl());
          item.put("display_url", url.expandedUrl().replaceFirst("^https?://", ""));
        }
      }
    }
    return node;
  }

  private ObjectNode metrics(Engagement engagement) {
    ObjectNode node = Json.object();
    node.put(dialect.name("retweet_count"), engagement.reposts());
    node.put("reply_count", engagement.replies());
    node.put("like_count", engagement.likes());
    node.put("quote_count", engagement.quotes());
    node.put("bookmark_count", 0);
    node.put("impression_count", engagement.views());
    return node;
  }

  private static ObjectNode geo(@Nullable Place place) {
    ObjectNode node = Json.object();
    if (place == null) {
      return node;
    }
    GeoPoint point = place.point();
    if (place.precision() == Place.Precision.POINT && point != null) {
      ObjectNode coordinates = node.putObject("coordinates");
      coordinates.put("type", "Point");
      coordinates.putArray("coordinates").add(point.longitude()).add(point.latitude());
    }
    if (place.id() != null) {
      node.put("place_id", place.id());
    }
    return node;
  }

  private static ObjectNode json(Place place, XSelection selection) {
    Set<String> fields = selection.place();
    String fullName = String.valueOf(place.name());
    int comma = fullName.indexOf(", ");
    ObjectNode node = Json.object();
    node.put("id", place.id());
    node.put("full_name", fullName);
    if (fields.contains("name")) {
      node.put("name", comma < 0 ? fullName : fullName.substring(0, comma));
    }
    if (fields.contains("country")) {
      node.put("country", comma < 0 ? fullName : fullName.substring(comma + 2));
    }
    if (fields.contains("country_code")) {
      node.put("country_code", place.countryCode());
    }
    if (fields.contains("place_type")) {
      node.put("place_type", "city");
    }
    GeoBox box = place.box();
    if (fields.contains("geo") && box != null) {
      ObjectNode geo = node.putObject("geo");
      geo.put("type", "Feature");
      geo.putArray("bbox")
          .add(box.southWest().longitude())
          .add(box.southWest().latitude())
          .add(box.northEast().longitude())
          .add(box.northEast().latitude());
      geo.putObject("properties");
    }
    return node;
  }

  ObjectNode json(Account user, XSelection selection) {
    Set<String> fields = selection.user();
    ObjectNode node = Json.object();
    node.put("id", user.id());
    node.put("name", user.name());
    node.put("username", user.handle());
    if (fields.contains("created_at") && user.createdAt() != null) {
      node.put("created_at", TIME.format(user.createdAt()));
    }
    if (fields.contains("description")) {
      node.put("description", user.description());
    }
    Place place = user.place();
    if (fields.contains("location") && place != null) {
      node.put("location", place.name());
    }
    if (fields.contains("verified")) {
      node.put("verified", Boolean.TRUE.equals(user.verified()));
    }
    if (fields.contains("protected")) {
      node.put("protected", community.isProtected(user.handle()));
    }
    if (fields.contains("public_metrics")) {
      ObjectNode metrics = node.putObject("public_metrics");
      metrics.put("followers_count", user.followers());
      metrics.put("following_count", user.following());
      metrics.put(dialect.name("tweet_count"), user.posts());
      metrics.put("listed_count", user.followers() == null ? 0 : user.followers() / 100);
    }
    return node;
  }
}
