package io.github.sparkpysocial.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said on a network: a tweet, a toot, a skeet. A repost is a post of its own with the
 * text of what it repeats.
 *
 * @param network the network
 * @param id its id on the network, as the network spells it
 * @param text the whole text as the author wrote it: reposts, extended and note texts resolved,
 *     nothing unescaped twice
 * @param kind whether it stands alone, answers, repeats or quotes
 * @param language the BCP-47 tag that the network gave, or {@code null} if not told
 * @param createdAt when it was published, or {@code null} if not told
 * @param createdAtText the same time as the network spelled it, or {@code null} if not told
 * @param author who said it
 * @param inReplyToId the id of the post it answers, or {@code null} if it answers none
 * @param inReplyToAuthorId the id of the account it answers, or {@code null} if it answers none
 * @param repostOfId the id of the post it repeats, or {@code null} if it repeats none
 * @param repostOfAuthorId the id of the account whose post it repeats, or {@code null} if it
 *     repeats none
 * @param quoteOfId the id of the post it quotes, or {@code null} if it quotes none
 * @param conversationId the id of the post that started the conversation, or {@code null} if not
 *     told
 * @param entities what the text refers to
 * @param mediaUrls the pictures and videos shown with it
 * @param place where it was said, or {@code null} if not told
 * @param engagement how often people reacted to it
 * @param source the name of the program that it was written with, or {@code null} if not told
 * @param url where it can be read, or {@code null} if not told
 * @param sensitive whether its author or network marked it as sensitive, or {@code null} if not
 *     told
 * @param provenance where and when it was fetched
 * @param raw the JSON object the network answered, or {@code null} if it was not kept
 */
public record Post(
    Network network,
    String id,
    String text,
    Kind kind,
    @Nullable String language,
    @Nullable Instant createdAt,
    @Nullable String createdAtText,
    AccountRef author,
    @Nullable String inReplyToId,
    @Nullable String inReplyToAuthorId,
    @Nullable String repostOfId,
    @Nullable String repostOfAuthorId,
    @Nullable String quoteOfId,
    @Nullable String conversationId,
    Entities entities,
    List<String> mediaUrls,
    @Nullable Place place,
    Engagement engagement,
    @Nullable String source,
    @Nullable String url,
    @Nullable Boolean sensitive,
    Provenance provenance,
    @Nullable String raw)
    implements SocialRecord {

  /** How a post relates to others. */
  public enum Kind {
    /** It stands alone. */
    ORIGINAL,
    /** It answers another post. */
    REPLY,
    /** It repeats another post without a word of its own. */
    REPOST,
    /** It repeats another post with words of its own. */
    QUOTE
  }

  public Post {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(author, "author");
    Objects.requireNonNull(entities, "entities");
    mediaUrls = List.copyOf(mediaUrls);
    Objects.requireNonNull(engagement, "engagement");
    Objects.requireNonNull(provenance, "provenance");
    RecordKey.checkId(RecordKind.POST, id);
  }

  /** Returns a builder; all that is not set is unknown. */
  public static Builder builder(Network network, String id, String text) {
    return new Builder(network, id, text);
  }

  /** Returns a builder that starts with all values of this record. */
  public Builder toBuilder() {
    return new Builder(network, id, text)
        .kind(kind)
        .language(language)
        .createdAt(createdAt)
        .createdAtText(createdAtText)
        .author(author)
        .inReplyToId(inReplyToId)
        .inReplyToAuthorId(inReplyToAuthorId)
        .repostOfId(repostOfId)
        .repostOfAuthorId(repostOfAuthorId)
        .quoteOfId(quoteOfId)
        .conversationId(conversationId)
        .entities(entities)
        .mediaUrls(mediaUrls)
        .place(place)
        .engagement(engagement)
        .source(source)
        .url(url)
        .sensitive(sensitive)
        .provenance(provenance)
        .raw(raw);
  }

  @Override
  public RecordKind recordKind() {
    return RecordKind.POST;
  }

  /** Collects the values of a post. Not thread-safe; what it builds is immutable. */
  public static final class Builder {
    private final Network network;
    private final String id;
    private final String text;
    private Kind kind = Kind.ORIGINAL;
    private @Nullable String language;
    private @Nullable Instant createdAt;
    private @Nullable String createdAtText;
    private AccountRef author = AccountRef.UNKNOWN;
    private @Nullable String inReplyToId;
    private @Nullable String inReplyToAuthorId;
    private @Nullable String repostOfId;
    private @Nullable String repostOfAuthorId;
    private @Nullable String quoteOfId;
    private @Nullable String conversationId;
    private Entities entities = Entities.NONE;
    private List<String> mediaUrls = List.of();
    private @Nullable Place place;
    private Engagement engagement = Engagement.UNKNOWN;
    private @Nullable String source;
    private @Nullable String url;
    private @Nullable Boolean sensitive;
    private Provenance provenance = Provenance.UNKNOWN;
    private @Nullable String raw;

    private Builder(Network network, String id, String text) {
      this.network = Objects.requireNonNull(network, "network");
      this.id = Objects.requireNonNull(id, "id");
      this.text = Objects.requireNonNull(text, "text");
    }

    /** Sets whether it stands alone, answers, repeats or quotes. */
    public Builder kind(Kind kind) {
      this.kind = kind;
      return this;
    }

    /** Sets the BCP-47 tag that the network gave. */
    public Builder language(@Nullable String language) {
      this.language = language;
      return this;
    }

    /** Sets when it was published. */
    public Builder createdAt(@Nullable Instant createdAt) {
      this.createdAt = createdAt;
      return this;
    }

    /** Sets the same time as the network spelled it. */
    public Builder createdAtText(@Nullable String createdAtText) {
      this.createdAtText = createdAtText;
      return this;
    }

    /** Sets who said it. */
    public Builder author(AccountRef author) {
      this.author = author;
      return this;
    }

    /** Sets the id of the post it answers, or {@code null} if it answers none. */
    public Builder inReplyToId(@Nullable String inReplyToId) {
      this.inReplyToId = inReplyToId;
      return this;
    }

    /** Sets the id of the account it answers, or {@code null} if it answers none. */
    public Builder inReplyToAuthorId(@Nullable String inReplyToAuthorId) {
      this.inReplyToAuthorId = inReplyToAuthorId;
      return this;
    }

    /** Sets the id of the post it repeats, or {@code null} if it repeats none. */
    public Builder repostOfId(@Nullable String repostOfId) {
      this.repostOfId = repostOfId;
      return this;
    }

    /** Sets the id of the account whose post it repeats, or {@code null} if it repeats none. */
    public Builder repostOfAuthorId(@Nullable String repostOfAuthorId) {
      this.repostOfAuthorId = repostOfAuthorId;
      return this;
    }

    /** Sets the id of the post it quotes, or {@code null} if it quotes none. */
    public Builder quoteOfId(@Nullable String quoteOfId) {
      this.quoteOfId = quoteOfId;
      return this;
    }

    /** Sets the id of the post that started the conversation. */
    public Builder conversationId(@Nullable String conversationId) {
      this.conversationId = conversationId;
      return this;
    }

    /** Sets what the text refers to. */
    public Builder entities(Entities entities) {
      this.entities = entities;
      return this;
    }

    /** Sets the pictures and videos shown with it. */
    public Builder mediaUrls(List<String> mediaUrls) {
      this.mediaUrls = mediaUrls;
      return this;
    }

    /** Sets where it was said. */
    public Builder place(@Nullable Place place) {
      this.place = place;
      return this;
    }

    /** Sets how often people reacted to it. */
    public Builder engagement(Engagement engagement) {
      this.engagement = engagement;
      return this;
    }

    /** Sets the name of the program that it was written with. */
    public Builder source(@Nullable String source) {
      this.source = source;
      return this;
    }

    /** Sets where it can be read. */
    public Builder url(@Nullable String url) {
      this.url = url;
      return this;
    }

    /** Sets whether its author or network marked it as sensitive. */
    public Builder sensitive(@Nullable Boolean sensitive) {
      this.sensitive = sensitive;
      return this;
    }

    /** Sets where and when it was fetched. */
    public Builder provenance(Provenance provenance) {
      this.provenance = provenance;
      return this;
    }

    /** Sets the JSON object the network answered, or {@code null} if it was not kept. */
    public Builder raw(@Nullable String raw) {
      this.raw = raw;
      return this;
    }

    /** Returns the record. */
    public Post build() {
      return new Post(
          network,
          id,
          text,
          kind,
          language,
          createdAt,
          createdAtText,
          author,
          inReplyToId,
          inReplyToAuthorId,
          repostOfId,
          repostOfAuthorId,
          quoteOfId,
          conversationId,
          entities,
          mediaUrls,
          place,
          engagement,
          source,
          url,
          sensitive,
          provenance,
          raw);
    }
  }
}
