package io.github.sparkpysocial.text;

import com.twitter.twittertext.Extractor;
import io.github.sparkpysocial.model.Entities;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Finds what a text refers to: hashtags, mentions, links and ticker symbols, by the rules of <a
 * href="https://github.com/twitter/twitter-text">twitter-text</a>. Use it where the network did not
 * tell the entities itself. Thread-safe.
 */
public final class TextEntities {
  private static final Extractor EXTRACTOR = new Extractor();

  private TextEntities() {}

  /**
   * Returns the entities of a text, in its order. A link keeps what looks like a hashtag or a
   * mention inside it.
   *
   * @param text the text as people read it, not HTML-escaped
   * @return entities with offsets in code points, mentions without id, links not expanded
   */
  public static Entities extract(String text) {
    Objects.requireNonNull(text, "text");
    CodePointOffsets offsets = new CodePointOffsets(text);
    List<Entities.Hashtag> hashtags = new ArrayList<>();
    for (Extractor.Entity entity : EXTRACTOR.extractHashtagsWithIndices(text)) {
      hashtags.add(
          new Entities.Hashtag(
              entity.getValue(), offsets.of(entity.getStart()), offsets.of(entity.getEnd())));
    }
    List<Entities.Mention> mentions = new ArrayList<>();
    for (Extractor.Entity entity : EXTRACTOR.extractMentionedScreennamesWithIndices(text)) {
      mentions.add(
          new Entities.Mention(
              entity.getValue(), null, offsets.of(entity.getStart()), offsets.of(entity.getEnd())));
    }
    List<Entities.Url> urls = new ArrayList<>();
    for (Extractor.Entity entity : EXTRACTOR.extractURLsWithIndices(text)) {
      urls.add(
          new Entities.Url(
              entity.getValue(), null, offsets.of(entity.getStart()), offsets.of(entity.getEnd())));
    }
    List<Entities.Cashtag> cashtags = new ArrayList<>();
    for (Extractor.Entity entity : EXTRACTOR.extractCashtagsWithIndices(text)) {
      cashtags.add(
          new Entities.Cashtag(
              entity.getValue(), offsets.of(entity.getStart()), offsets.of(entity.getEnd())));
    }
    return new Entities(hashtags, mentions, urls, cashtags);
  }
}
