package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes posts and profiles as Bluesky does. Names of fields from the lexicons {@code
 * app.bsky.feed.post}, {@code app.bsky.feed.defs} and {@code app.bsky.actor.defs}.
 */
final class BlueskyJson {
  private static final Duration LAG = Duration.ofSeconds(2);

  private final Community community;
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, Account> byHandle = new HashMap<>();

  BlueskyJson(Community community) {
    this.community = community;
    for (Account account : community.accounts(Network.BLUESKY)) {
      accounts.put(account.id(), account);
      byHandle.put(String.valueOf(account.handle()).toLowerCase(Locale.ROOT), account);
    }
  }

  /** Returns an account by its handle or DID. */
  @Nullable Account account(@Nullable String actor) {
    if (actor == null) {
      return null;
    }
    Account account = accounts.get(actor);
    return account != null ? account : byHandle.get(actor.toLowerCase(Locale.ROOT));
  }

  static Instant written(Post post) {
    return Objects.requireNonNull(post.createdAt(), "The community dates every post");
  }

  /** Some apps have a clock that is years ahead. */
  private static boolean isFromTheFuture(int index) {
    return index % 97 == 13;
  }

  /** Returns when the network saw a post: at once if its app told a wrong time. */
  private static Instant indexedAt(Post post, int index) {
    return isFromTheFuture(index) ? written(post) : written(post).plus(LAG);
  }

  ObjectNode profileBasic(Account account) {
    ObjectNode node = Json.object();
    node.put("did", account.id());
    node.put("handle", account.handle());
    node.put("displayName", account.name());
    node.put("avatar", "https://cdn.example/avatar/" + account.id());
    node.putArray("labels");
    node.put("createdAt", String.valueOf(account.createdAt()).replace("Z", ".000Z"));
    ObjectNode verification = node.putObject("verification");
    verification.putArray("verifications");
    verification.put("verifiedStatus", Boolean.TRUE.equals(account.verified()) ? "valid" : "none");
    verification.put("trustedVerifierStatus", "none");
    return node;
  }

  ObjectNode profile(Account account) {
    ObjectNode node = profileBasic(account);
    node.put("description", account.description());
    node.put("followersCount", account.followers());
    node.put("followsCount", account.following());
    node.put("postsCount", account.posts());
    node.put("indexedAt", String.valueOf(account.createdAt()).replace("Z", ".000Z"));
    return node;
  }

  private Account author(Post post) {
    return Objects.requireNonNull(accounts.get(String.valueOf(post.author().id())));
  }

  /** Writes a post as the servers show it. */
  ObjectNode view(Post post, int index) {
    ObjectNode node = Json.object();
    node.put("uri", post.id());
    node.put("cid", cid(post.id()));
    node.set("author", profileBasic(author(post)));
    node.set("record", record(post, index));
    node.put("bookmarkCount", 0);
    node.put("replyCount", post.engagement().replies());
    node.put("repostCount", post.engagement().reposts());
    node.put("likeCount", post.engagement().likes());
    node.put("quoteCount", post.engagement().quotes());
    node.put("indexedAt", indexedAt(post, index).toString());
    ArrayNode labels = node.putArray("labels");
    if (Boolean.TRUE.equals(post.sensitive())) {
      labels
          .addObject()
          .put("src", post.author().id())
          .put("uri", post.id())
          .put("val", "graphic-media")
          .put("cts", indexedAt(post, index).toString());
    }
    return node;
  }

  /** Writes an item of a feed. */
  ObjectNode feedItem(Post post, int index) {
    ObjectNode node = Json.object();
    if (post.kind() != Post.Kind.REPOST) {
      node.set("post", view(post, index));
      return node;
    }
    String originalId = String.valueOf(post.repostOfId());
    Post original = community.post(originalId).orElseThrow();
    node.set("post", view(original, community.indexOf(Network.BLUESKY, originalId)));
    ObjectNode reason = node.putObject("reason");
    reason.put("$type", "app.bsky.feed.defs#reasonRepost");
    reason.set("by", profileBasic(author(post)));
    reason.put("uri", post.id());
    reason.put("cid", cid(post.id()));
    reason.put("indexedAt", post.createdAtText());
    return node;
  }

  /** Writes what the author wrote. */
  ObjectNode record(Post post, int index) {
    return record(post, isFromTheFuture(index) ? "2104-01-01T00:00:00.000Z" : post.createdAtText());
  }

  /** Writes what the author wrote, with the time that the app gave it. */
  ObjectNode record(Post post, @Nullable String createdAt) {
    ObjectNode node = Json.object();
    node.put("$type", "app.bsky.feed.post");
    node.put("text", post.text());
    node.put("createdAt", createdAt);
    if (post.language() != null) {
      node.putArray("langs").add(post.language());
    }
    facets(node, post);
    if (post.kind() == Post.Kind.REPLY) {
      ObjectNode reply = node.putObject("reply");
      reply.set("root", reference(String.valueOf(post.conversationId())));
      reply.set("parent", reference(String.valueOf(post.inReplyToId())));
    }
    if (post.kind() == Post.Kind.QUOTE) {
      ObjectNode embed = node.putObject("embed");
      embed.put("$type", "app.bsky.embed.record");
      embed.set("record", reference(String.valueOf(post.quoteOfId())));
    }
    return node;
  }

  /** Writes what stands in the repository of who reposts. */
  static ObjectNode repost(Post post) {
    ObjectNode node = Json.object();
    node.put("$type", "app.bsky.feed.repost");
    node.set("subject", reference(String.valueOf(post.repostOfId())));
    node.put("createdAt", post.createdAtText());
    return node;
  }

  private static ObjectNode reference(String address) {
    return Json.object().put("uri", address).put("cid", cid(address));
  }

  static String cid(String address) {
    return "bafyreisandbox" + Integer.toHexString(address.hashCode());
  }

  private static void facets(ObjectNode node, Post post) {
    Entities entities = post.entities();
    ArrayNode facets = Json.array();
    for (Entities.Hashtag tag : entities.hashtags()) {
      feature(facets, post.text(), tag.start(), tag.end(), "tag").put("tag", tag.text());
    }
    for (Entities.Mention mention : entities.mentions()) {
      feature(facets, post.text(), mention.start(), mention.end(), "mention")
          .put("did", mention.id());
    }
    for (Entities.Url url : entities.urls()) {
      feature(facets, post.text(), url.start(), url.end(), "link").put("uri", url.expandedUrl());
    }
    if (!facets.isEmpty()) {
      node.set("facets", facets);
    }
  }

  private static ObjectNode feature(
      ArrayNode facets, String text, int start, int end, String type) {
    ObjectNode facet = facets.addObject();
    facet.putObject("index").put("byteStart", bytes(text, start)).put("byteEnd", bytes(text, end));
    return facet.putArray("features").addObject().put("$type", "app.bsky.richtext.facet#" + type);
  }

  /** Returns how many bytes of UTF-8 stand before a code point. */
  private static int bytes(String text, int codePoint) {
    return text.substring(0, text.offsetByCodePoints(0, codePoint))
        .getBytes(StandardCharsets.UTF_8)
        .length;
  }
}
