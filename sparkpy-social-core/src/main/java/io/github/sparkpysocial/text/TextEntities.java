package io.github.sparkpysocial.text;

import com.twitter.twittertext.Extractor;
import io.github.sparkpysocial.model.Entities;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a text refers to: hashtags, mentions, links and ticker symbols, by the rules of <a
 * href="https://github.com/twitter/twitter-text">twitter-text</a>. Use it where the network did not
 * tell the entities itself. Thread-safe.
 */
public final class TextEntities {
  private static final Extractor EXTRACTOR = new Extractor();

  /**
   * A mention of an account or of one of its lists.
   *
   * @param handle the account's handle, without {@code @}
   * @param list the list's name after the slash, or {@code null} if the account is meant
   * @param start the code point of the sign
   * @param end the code point after the last
   */
  public record MentionOrList(String handle, @Nullable String list, int start, int end) {}

  private TextEntities() {}

  /**
   * Returns the entities of a text, in its order. What looks like a hashtag or a mention inside a
   * link is a part of the link.
   *
   * @param text the text as people read it, not HTML-escaped
   * @return entities with offsets in code points, mentions without id, links not expanded
   */
  public static Entities extract(String text) {
    Objects.requireNonNull(text, "text");
    CodePointOffsets offsets = new CodePointOffsets(text);
    List<Extractor.Entity> links = EXTRACTOR.extractURLsWithIndices(text);
    List<Entities.Url> urls = new ArrayList<>();
    for (Extractor.Entity link : links) {
      int start = offsets.of(link.getStart());
      urls.add(new Entities.Url(link.getValue(), null, start, offsets.of(link.getEnd())));
    }
    List<Entities.Hashtag> hashtags = new ArrayList<>();
    for (Extractor.Entity tag : outside(links, EXTRACTOR.extractHashtagsWithIndices(text))) {
      int start = offsets.of(tag.getStart());
      hashtags.add(new Entities.Hashtag(tag.getValue(), start, offsets.of(tag.getEnd())));
    }
    List<Entities.Mention> mentions = new ArrayList<>();
    for (Extractor.Entity mention :
        outside(links, EXTRACTOR.extractMentionedScreennamesWithIndices(text))) {
      int start = offsets.of(mention.getStart());
      mentions.add(
          new Entities.Mention(mention.getValue(), null, start, offsets.of(mention.getEnd())));
    }
    List<Entities.Cashtag> cashtags = new ArrayList<>();
    for (Extractor.Entity tag : outside(links, EXTRACTOR.extractCashtagsWithIndices(text))) {
      int start = offsets.of(tag.getStart());
      cashtags.add(new Entities.Cashtag(tag.getValue(), start, offsets.of(tag.getEnd())));
    }
    return new Entities(hashtags, mentions, urls, cashtags);
  }

  /** Returns the entities that share no character with a link; both lists are in order. */
  private static List<Extractor.Entity> outside(
      List<Extractor.Entity> links, List<Extractor.Entity> entities) {
    if (links.isEmpty()) {
      return entities;
    }
    List<Extractor.Entity> outside = new ArrayList<>();
    for (Extractor.Entity entity : entities) {
      boolean inside =
          links.stream()
              .anyMatch(
                  link -> entity.getStart() < link.getEnd() && link.getStart() < entity.getEnd());
      if (!inside) {
        outside.add(entity);
      }
    }
    return outside;
  }

  /**
   * Returns the handle that a text answers: the one it begins with, white space aside. {@code null}
   * if it begins with none.
   */
  public static @Nullable String replyTo(String text) {
    return EXTRACTOR.extractReplyScreenname(Objects.requireNonNull(text, "text"));
  }

  /** Returns the mentions of accounts and of lists, such as {@code @ada/friends}. */
  public static List<MentionOrList> mentionsAndLists(String text) {
    Objects.requireNonNull(text, "text");
    CodePointOffsets offsets = new CodePointOffsets(text);
    List<MentionOrList> found = new ArrayList<>();
    for (Extractor.Entity entity : EXTRACTOR.extractMentionsOrListsWithIndices(text)) {
      String slug = entity.getListSlug();
      found.add(
          new MentionOrList(
              entity.getValue(),
              slug == null || slug.isEmpty() ? null : slug.substring(1),
              offsets.of(entity.getStart()),
              offsets.of(entity.getEnd())));
    }
    return found;
  }
}
