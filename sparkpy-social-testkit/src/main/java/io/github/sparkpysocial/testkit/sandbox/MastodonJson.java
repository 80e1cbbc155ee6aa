package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes posts and accounts as one instance of Mastodon does. Ids are the instance's own: those of
 * the people who live on other instances are not the ids they have there. Names of fields from the
 * documentation's entities Status, Account and Quote.
 */
final class MastodonJson {
  private static final long FIRST_ACCOUNT = 109_500_000_000_000_000L;

  private final Community community;
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<String, String> accountIds = new HashMap<>();
  private final Map<String, Account> byLocalId = new HashMap<>();
  private final Map<String, Account> byAcct = new HashMap<>();

  MastodonJson(Community community) {
    this.community = community;
    long next = FIRST_ACCOUNT;
    for (Account account : community.accounts(Network.MASTODON)) {
      String localId = Long.toString(next);
      next += 65_537;
      accounts.put(account.id(), account);
      accountIds.put(account.id(), localId);
      byLocalId.put(localId, account);
      byAcct.put(acct(account).toLowerCase(Locale.ROOT), account);
      byAcct.put(account.id().toLowerCase(Locale.ROOT), account);
    }
  }

  /** Returns the id that a post has on this instance; the newer, the greater. */
  static long localId(Post post, int index) {
    return (written(post).toEpochMilli() << 16) | (index & 0xFFFF);
  }

  static Instant written(Post post) {
    return Objects.requireNonNull(post.createdAt(), "The community dates every post");
  }

  /** Returns the id that an account has on this instance. */
  String localId(Account account) {
    return Objects.requireNonNull(accountIds.get(account.id()), "An account of the community");
  }

  /** Returns whether a post was written on this instance. */
  static boolean isLocal(Post post) {
    return post.id().startsWith(Community.INSTANCE + '/');
  }

  @Nullable Account accountByLocalId(String id) {
    return byLocalId.get(id);
  }

  /** Returns an account by its name, on other instances with {@code @} and the instance. */
  @Nullable Account accountByName(String acct) {
    return byAcct.get(acct.toLowerCase(Locale.ROOT));
  }

  private static String username(Account account) {
    return account.id().substring(0, account.id().indexOf('@'));
  }

  private static String host(Account account) {
    return account.id().substring(account.id().indexOf('@') + 1);
  }

  private static String acct(Account account) {
    return host(account).equals(Community.INSTANCE) ? username(account) : account.id();
  }

  ObjectNode account(Account account) {
    ObjectNode node = Json.object();
    node.put("id", localId(account));
    node.put("username", username(account));
    node.put("acct", acct(account));
    node.put("display_name", account.name());
    node.put("locked", false);
    node.put("bot", Boolean.TRUE.equals(account.bot()));
    node.put("discoverable", true);
    node.put("indexable", true);
    node.put("group", false);
    node.put("created_at", String.valueOf(account.createdAt()).replace("Z", ".000Z"));
    node.put("note", "<p>" + escaped(String.valueOf(account.description())) + "</p>");
    node.put("url", account.url());
    node.put("uri", "https://" + host(account) + "/users/" + username(account));
    for (String picture : List.of("avatar", "avatar_static", "header", "header_static")) {
      node.put(picture, "https://" + Community.INSTANCE + "/" + picture + "/missing.png");
    }
    node.put("followers_count", account.followers());
    node.put("following_count", account.following());
    node.put("statuses_count", account.posts());
    node.put("last_status_at", community.now().toString().substring(0, 10));
    node.putArray("emojis");
    node.putArray("fields");
    return node;
  }

  /** Returns whether a post was edited soon after it was written. */
  static boolean isEdited(Post post, int index) {
    return index % 17 == 5 && post.kind() == Post.Kind.ORIGINAL;
  }

  /** Writes a post as it was before it was edited. */
  ObjectNode draft(Post post, int index) {
    ObjectNode node = status(post, index);
    node.put("content", "<p>More of this soon</p>");
    node.putNull("edited_at");
    return node;
  }

  /** Writes a post with the post that it repeats or quotes inside. */
  ObjectNode status(Post post, int index) {
    Account author = Objects.requireNonNull(accounts.get(String.valueOf(post.author().id())));
    boolean repost = post.kind() == Post.Kind.REPOST;
    ObjectNode node = Json.object();
    node.put("id", Long.toString(localId(post, index)));
    node.put("created_at", post.createdAtText());
    node.put("in_reply_to_id", localId(post.inReplyToId()));
    node.put("in_reply_to_account_id", accountIds.get(String.valueOf(post.inReplyToAuthorId())));
    node.put("sensitive", Boolean.TRUE.equals(post.sensitive()));
    node.put("spoiler_text", "");
    node.put("visibility", "public");
    node.put("language", repost ? null : post.language());
    node.put(
        "uri",
        "https://"
            + host(author)
            + "/users/"
            + username(author)
            + "/statuses/"
            + post.id().substring(post.id().indexOf('/') + 1)
            + (repost ? "/activity" : ""));
    node.put("url", post.url());
    node.put("replies_count", post.engagement().replies());
    node.put("reblogs_count", post.engagement().reposts());
    node.put("favourites_count", post.engagement().likes());
    node.put("quotes_count", post.engagement().quotes());
    node.put("edited_at", isEdited(post, index) ? written(post).plusSeconds(60).toString() : null);
    node.put("content", content(post));
    node.set("account", account(author));
    node.putArray("media_attachments");
    mentions(node.putArray("mentions"), post.entities());
    tags(node.putArray("tags"), post.entities());
    node.putArray("emojis");
    node.putNull("card");
    node.putNull("poll");
    node.putNull("reblog");
    node.putNull("quote");
    if (repost) {
      Post original = community.post(String.valueOf(post.repostOfId())).orElseThrow();
      node.set("reblog", status(original, index(original.id())));
    }
    if (post.kind() == Post.Kind.QUOTE) {
      quote(node.putObject("quote"), String.valueOf(post.quoteOfId()));
    }
    return node;
  }

  private int index(String postId) {
    return community.indexOf(Network.MASTODON, postId);
  }

  private void quote(ObjectNode quote, String quoted) {
    Post original = community.post(quoted).orElse(null);
    quote.put("state", original == null ? "deleted" : "accepted");
    if (original == null) {
      quote.putNull("quoted_status");
    } else {
      quote.set("quoted_status", status(original, index(quoted)));
    }
  }

  private @Nullable String localId(@Nullable String postId) {
    int index = postId == null ? -1 : index(postId);
    return index < 0
        ? null
        : Long.toString(localId(community.postAt(Network.MASTODON, index), index));
  }

  private void mentions(ArrayNode array, Entities entities) {
    for (Entities.Mention mention : entities.mentions()) {
      Account account = accounts.get(String.valueOf(mention.id()));
      if (account != null) {
        array
            .addObject()
            .put("id", localId(account))
            .put("username", username(account))
            .put("url", account.url())
            .put("acct", acct(account));
      }
    }
  }

  private static void tags(ArrayNode array, Entities entities) {
    for (Entities.Hashtag tag : entities.hashtags()) {
      array
          .addObject()
          .put("name", tag.text().toLowerCase(Locale.ROOT))
          .put("url", tagUrl(tag.text()));
    }
  }

  static String tagUrl(String tag) {
    return "https://" + Community.INSTANCE + "/tags/" + tag.toLowerCase(Locale.ROOT);
  }

  /** What begins at a code point of a text, and where it ends. */
  private record Link(int end, String html) {}

  /** Writes a text as the HTML that Mastodon makes of it. */
  private String content(Post post) {
    Entities entities = post.entities();
    Map<Integer, Link> links = new TreeMap<>();
    for (Entities.Hashtag tag : entities.hashtags()) {
      links.put(
          tag.start(),
          new Link(
              tag.end(),
              "<a href=\""
                  + tagUrl(tag.text())
                  + "\" class=\"mention hashtag\" rel=\"tag\">#<span>"
                  + escaped(tag.text())
                  + "</span></a>"));
    }
    for (Entities.Mention mention : entities.mentions()) {
      Account account = accounts.get(String.valueOf(mention.id()));
      if (account != null) {
        links.put(
            mention.start(),
            new Link(
                mention.end(),
                "<span class=\"h-card\" translate=\"no\"><a href=\""
                    + account.url()
                    + "\" class=\"u-url mention\">@<span>"
                    + username(account)
                    + "</span></a></span>"));
      }
    }
    for (Entities.Url url : entities.urls()) {
      links.put(url.start(), new Link(url.end(), anchor(url.url())));
    }
    StringBuilder html = new StringBuilder();
    if (post.kind() == Post.Kind.QUOTE) {
      // What is there for readers who know no quotes.
      html.append("<p class=\"quote-inline\">RE: ");
      html.append(anchor("https://" + post.quoteOfId()));
      html.append("</p>");
    }
    html.append("<p>");
    int[] codePoints = post.text().codePoints().toArray();
    for (int at = 0; at < codePoints.length; ) {
      Link link = links.get(at);
      if (link == null) {
        html.append(escaped(Character.toString(codePoints[at])));
        at++;
      } else {
        html.append(link.html());
        at = link.end();
      }
    }
    return html.append("</p>").toString();
  }

  private static String anchor(String url) {
    int shown = url.indexOf("//") + 2;
    int cut = Math.min(url.length(), shown + 30);
    return "<a href=\""
        + escaped(url)
        + "\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">"
        + url.substring(0, shown)
        + "</span><span class=\""
        + (cut < url.length() ? "ellipsis" : "")
        + "\">"
        + escaped(url.substring(shown, cut))
        + "</span><span class=\"invisible\">"
        + escaped(url.substring(cut))
        + "</span></a>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
