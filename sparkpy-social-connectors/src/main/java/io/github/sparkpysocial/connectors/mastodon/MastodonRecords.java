package io.github.sparkpysocial.connectors.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.connectors.internal.PageBuilder;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads statuses and accounts (<a href="https://docs.joinmastodon.org/entities/Status/">Status</a>,
 * <a href="https://docs.joinmastodon.org/entities/Account/">Account</a>). A boost is a post of its
 * own with the text of what it boosts; an edited post keeps its id, so that a store replaces it. A
 * content warning stays in the raw JSON.
 */
final class MastodonRecords {
  static final Set<String> STATUS_FIELDS =
      Set.of(
          "account",
          "application",
          "bookmarked",
          "card",
          "content",
          "created_at",
          "edited_at",
          "emojis",
          "favourited",
          "favourites_count",
          "filtered",
          "id",
          "in_reply_to_account_id",
          "in_reply_to_id",
          "language",
          "media_attachments",
          "mentions",
          "muted",
          "pinned",
          "poll",
          "quote",
          "quote_approval",
          "quotes_count",
          "reblog",
          "reblogged",
          "reblogs_count",
          "replies_count",
          "sensitive",
          "spoiler_text",
          "tagged_collections",
          "tags",
          "text",
          "uri",
          "url",
          "visibility");

  static final Set<String> ACCOUNT_FIELDS =
      Set.of(
          "acct",
          "attribution_domains",
          "avatar",
          "avatar_description",
          "avatar_static",
          "bot",
          "created_at",
          "discoverable",
          "display_name",
          "emojis",
          "fields",
          "followers_count",
          "following_count",
          "group",
          "header",
          "header_description",
          "header_static",
          "hide_collections",
          "id",
          "indexable",
          "last_status_at",
          "limited",
          "locked",
          "memorial",
          "moved",
          "mute_expires_at",
          "noindex",
          "note",
          "role",
          "roles",
          "source",
          "statuses_count",
          "suspended",
          "uri",
          "url",
          "username");

  private final String host;
  private final Provenance provenance;

  /**
   * Makes a reader.
   *
   * @param host the instance that was asked
   */
  MastodonRecords(String host, Provenance provenance) {
    this.host = host;
    this.provenance = provenance;
  }

  /** Returns whether everybody may read a status; those for a few are not taken. */
  static boolean isPublic(JsonNode status) {
    String visibility = status.path("visibility").asText("public");
    return visibility.equals("public") || visibility.equals("unlisted");
  }

  /** Reads a status with the accounts of its author and of the one it boosts. */
  void status(PageBuilder page, JsonDocument document, JsonNode status, String raw) {
    page.add(post(status, raw));
    page.countUnknown("status", status, STATUS_FIELDS);
    JsonNode boosted = Json.field(status, "reblog");
    for (JsonNode account :
        boosted == null
            ? List.of(status.path("account"))
            : List.of(status.path("account"), boosted.path("account"))) {
      if (account.isObject()) {
        account(page, account, document.raw(account));
      }
    }
  }

  /** Reads an account. */
  void account(PageBuilder page, JsonNode account, String raw) {
    page.add(account(account, raw));
    page.countUnknown("account", account, ACCOUNT_FIELDS);
  }

  Post post(JsonNode status, String raw) {
    JsonNode boosted = Json.field(status, "reblog");
    JsonNode shown = boosted == null ? status : boosted;
    StatusText text = StatusText.of(host, shown);
    JsonNode quote = Json.field(status, "quote");
    String replyTo = Json.nonEmpty(status, "in_reply_to_id");
    return Post.builder(Network.MASTODON, MastodonIds.post(host, status), text.text())
        .kind(
            boosted != null
                ? Post.Kind.REPOST
                : quote != null
                    ? Post.Kind.QUOTE
                    : replyTo != null ? Post.Kind.REPLY : Post.Kind.ORIGINAL)
        .language(Json.nonEmpty(shown, "language"))
        .createdAt(Json.time(status, "created_at"))
        .createdAtText(Json.nonEmpty(status, "created_at"))
        .author(ref(Json.field(status, "account")))
        .inReplyToId(replyTo == null ? null : MastodonIds.local(host, replyTo))
        .inReplyToAuthorId(repliedTo(status))
        .repostOfId(boosted == null ? null : MastodonIds.post(host, boosted))
        .repostOfAuthorId(boosted == null ? null : ref(Json.field(boosted, "account")).id())
        .quoteOfId(quote == null ? null : quoted(quote))
        .entities(text.entities())
        .mediaUrls(media(shown))
        .engagement(
            new Engagement(
                Json.number(status, "favourites_count"),
                Json.number(status, "reblogs_count"),
                Json.number(status, "replies_count"),
                Json.number(status, "quotes_count"),
                null))
        .source(application(status))
        .url(Json.nonEmpty(status, "url"))
        .sensitive(Json.flag(shown, "sensitive"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }

  /** A reply mentions whom it answers, or answers its own author. */
  private @Nullable String repliedTo(JsonNode status) {
    String number = Json.nonEmpty(status, "in_reply_to_account_id");
    if (number == null) {
      return null;
    }
    JsonNode author = status.path("account");
    if (number.equals(author.path("id").asText())) {
      return MastodonIds.account(host, author);
    }
    for (JsonNode mention : status.path("mentions")) {
      if (number.equals(mention.path("id").asText())) {
        return MastodonIds.account(host, mention);
      }
    }
    return null;
  }

  /** A quote that may not be shown, or no longer, does not tell what it quotes. */
  private @Nullable String quoted(JsonNode quote) {
    JsonNode quoted = Json.field(quote, "quoted_status");
    if (quoted != null && quoted.isObject()) {
      return MastodonIds.post(host, quoted);
    }
    String number = Json.nonEmpty(quote, "quoted_status_id");
    return number == null ? null : MastodonIds.local(host, number);
  }

  private static List<String> media(JsonNode status) {
    List<String> urls = new ArrayList<>();
    for (JsonNode attachment : status.path("media_attachments")) {
      String url = Json.nonEmpty(attachment, "url");
      url = url == null ? Json.nonEmpty(attachment, "remote_url") : url;
      if (url != null) {
        urls.add(url);
      }
    }
    return urls;
  }

  private static @Nullable String application(JsonNode status) {
    JsonNode application = Json.field(status, "application");
    return application == null ? null : Json.nonEmpty(application, "name");
  }

  private AccountRef ref(@Nullable JsonNode account) {
    return account == null
        ? AccountRef.UNKNOWN
        : new AccountRef(
            MastodonIds.account(host, account),
            MastodonIds.handle(host, account),
            Json.nonEmpty(account, "display_name"));
  }

  Account account(JsonNode account, String raw) {
    String note = Json.text(account, "note");
    return Account.builder(Network.MASTODON, MastodonIds.account(host, account))
        .handle(MastodonIds.handle(host, account))
        .name(Json.nonEmpty(account, "display_name"))
        .description(note == null ? null : StatusHtml.read(note, false).text())
        .url(Json.nonEmpty(account, "url"))
        .createdAt(Json.time(account, "created_at"))
        .followers(Json.number(account, "followers_count"))
        .following(Json.number(account, "following_count"))
        .posts(Json.number(account, "statuses_count"))
        .bot(Json.flag(account, "bot"))
        .provenance(provenance)
        .raw(raw)
        .build();
  }
}
