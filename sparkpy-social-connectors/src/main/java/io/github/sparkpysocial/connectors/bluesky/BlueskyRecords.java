package io.github.sparkpysocial.connectors.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads posts as the network's servers show them, posts as their authors wrote them, and profiles
 * (lexicons {@code app.bsky.feed.defs}, {@code app.bsky.feed.post}, {@code app.bsky.actor.defs}).
 */
final class BlueskyRecords {
  static final String POST = "app.bsky.feed.post";
  static final String REPOST = "app.bsky.feed.repost";

  static final Set<String> VIEW_FIELDS =
      Set.of(
          "$type",
          "author",
          "bookmarkCount",
          "cid",
          "debug",
          "embed",
          "indexedAt",
          "labels",
          "likeCount",
          "quoteCount",
          "record",
          "replyCount",
          "repostCount",
          "threadgate",
          "uri",
          "viewer");
  static final Set<String> POST_FIELDS =
      Set.of(
          "$type",
          "createdAt",
          "embed",
          "entities",
          "facets",
          "labels",
          "langs",
          "reply",
          "tags",
          "text",
          "via");
  static final Set<String> PROFILE_FIELDS =
      Set.of(
          "$type",
          "associated",
          "avatar",
          "banner",
          "createdAt",
          "debug",
          "description",
          "did",
          "displayName",
          "followersCount",
          "followsCount",
          "handle",
          "indexedAt",
          "joinedViaStarterPack",
          "labels",
          "pinnedPost",
          "postsCount",
          "pronouns",
          "status",
          "verification",
          "viewer",
          "website");

  /** The labels of what not everybody wants to see. */
  private static final Set<String> SENSITIVE =
      Set.of("porn", "sexual", "nudity", "graphic-media", "gore", "nsfl", "!warn", "!hide");

  private final Provenance provenance;

  BlueskyRecords(Provenance provenance) {
    this.provenance = provenance;
  }

  /** Returns the times of a post as the servers show it. */
  static AtTimes times(JsonNode view) {
    return AtTimes.of(
        Json.nonEmpty(view.path("record"), "createdAt"), seen(Json.nonEmpty(view, "indexedAt")));
  }

  private static @Nullable Instant seen(@Nullable String indexedAt) {
    return indexedAt == null ? null : AtSyntax.instant(indexedAt);
  }

  /** Reads a post as the servers show it: with its author and what others made of it. */
  Post view(JsonNode view, String raw) {
    String address = Json.required(view, "uri");
    JsonNode record = Json.field(view, "record");
    if (record == null) {
      throw new IllegalArgumentException("The field 'record' is missing");
    }
    return written(address, record, times(view))
        .author(author(view.path("author")))
        .mediaUrls(media(Json.field(view, "embed")))
        .engagement(
            new Engagement(
                Json.number(view, "likeCount"),
                Json.number(view, "repostCount"),
                Json.number(view, "replyCount"),
                Json.number(view, "quoteCount"),
                null))
        .sensitive(isSensitive(view) || isSensitive(record.path("labels")))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  /**
   * Starts with what the author wrote.
   *
   * @param address the address of the record
   */
  Post.Builder written(String address, JsonNode record, AtTimes times) {
    String text = Json.text(record, "text");
    if (text == null) {
      throw new IllegalArgumentException("The field 'text' is missing");
    }
    JsonNode reply = Json.field(record, "reply");
    String parent = reply == null ? null : Json.nonEmpty(reply.path("parent"), "uri");
    String root = reply == null ? null : Json.nonEmpty(reply.path("root"), "uri");
    String quoted = quoted(Json.field(record, "embed"));
    String author = AtSyntax.did(address);
    return Post.builder(Network.BLUESKY, address, text)
        .kind(
            quoted != null
                ? Post.Kind.QUOTE
                : parent != null ? Post.Kind.REPLY : Post.Kind.ORIGINAL)
        .language(language(record))
        .createdAt(times.published())
        .createdAtText(Json.nonEmpty(record, "createdAt"))
        .author(new AccountRef(author, null, null))
        .inReplyToId(parent)
        .inReplyToAuthorId(AtSyntax.did(parent))
        .quoteOfId(quoted)
        .conversationId(root == null ? address : root)
        .entities(Facets.read(text, Json.field(record, "facets")))
        .url(author == null ? null : page(author) + "/post/" + AtSyntax.key(address));
  }

  /**
   * Reads a repost as it stands in the feed of who reposted.
   *
   * @param reason who reposted, and when
   */
  Post repost(Post original, JsonNode reason, String raw) {
    JsonNode by = reason.path("by");
    String did = Json.required(by, "did");
    String address = Json.nonEmpty(reason, "uri");
    // Older servers do not tell the address of a repost; of one post there is one by each account.
    String id = address == null ? original.id() + "#repost-by-" + did : address;
    return Post.builder(Network.BLUESKY, id, original.text())
        .kind(Post.Kind.REPOST)
        .language(original.language())
        .createdAt(seen(Json.nonEmpty(reason, "indexedAt")))
        .createdAtText(Json.nonEmpty(reason, "indexedAt"))
        .author(author(by))
        .repostOfId(original.id())
        .repostOfAuthorId(original.author().id())
        .entities(original.entities())
        .mediaUrls(original.mediaUrls())
        .url(original.url())
        .sensitive(original.sensitive())
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  private static @Nullable String language(JsonNode record) {
    String language = record.path("langs").path(0).asText("");
    return language.isEmpty() ? null : language;
  }

  /** Lists, feeds and the like can be embedded, too; those are no quotes. */
  private static @Nullable String quoted(@Nullable JsonNode embed) {
    if (embed == null) {
      return null;
    }
    String address =
        switch (embed.path("$type").asText("")) {
          case "app.bsky.embed.record" -> Json.nonEmpty(embed.path("record"), "uri");
          case "app.bsky.embed.recordWithMedia" ->
              Json.nonEmpty(embed.path("record").path("record"), "uri");
          default -> null;
        };
    return AtSyntax.isIn(address, POST) ? address : null;
  }

  private static List<String> media(@Nullable JsonNode embed) {
    List<String> urls = new ArrayList<>();
    if (embed == null) {
      return urls;
    }
    JsonNode shown = embed.has("media") ? embed.path("media") : embed;
    for (JsonNode image : shown.path("images")) {
      String url = Json.nonEmpty(image, "fullsize");
      if (url != null) {
        urls.add(url);
      }
    }
    String video = Json.nonEmpty(shown, "playlist");
    if (video != null) {
      urls.add(video);
    }
    return urls;
  }

  private static boolean isSensitive(JsonNode labelled) {
    for (String list : List.of("labels", "values")) {
      for (JsonNode label : labelled.path(list)) {
        if (SENSITIVE.contains(label.path("val").asText("")) && !label.path("neg").asBoolean()) {
          return true;
        }
      }
    }
    return false;
  }

  static AccountRef author(JsonNode profile) {
    return new AccountRef(
        Json.nonEmpty(profile, "did"), handle(profile), Json.nonEmpty(profile, "displayName"));
  }

  /** A handle that does not lead back to its account is shown as {@code handle.invalid}. */
  private static @Nullable String handle(JsonNode profile) {
    String handle = Json.nonEmpty(profile, "handle");
    return "handle.invalid".equals(handle) ? null : handle;
  }

  private static String page(String did) {
    return "https://bsky.app/profile/" + did;
  }

  Account account(JsonNode profile, String raw) {
    String did = Json.required(profile, "did");
    String verified = profile.path("verification").path("verifiedStatus").asText("");
    return Account.builder(Network.BLUESKY, did)
        .handle(handle(profile))
        .name(Json.nonEmpty(profile, "displayName"))
        .description(Json.text(profile, "description"))
        .url(page(did))
        .createdAt(seen(Json.nonEmpty(profile, "createdAt")))
        .followers(Json.number(profile, "followersCount"))
        .following(Json.number(profile, "followsCount"))
        .posts(Json.number(profile, "postsCount"))
        .verified(verified.isEmpty() ? null : verified.equals("valid"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }
}
