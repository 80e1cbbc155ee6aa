package io.github.sparkpysocial.text;

import io.github.sparkpysocial.model.Entities;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Undoes the HTML escaping in which X delivers the text of posts: of the ampersand, the less-than
 * and the greater-than sign. Undone exactly once, for who wrote an escaped sign meant it.
 *
 * @param text the text as its author wrote it
 * @param entities the entities, with offsets in that text
 */
public record HtmlText(String text, Entities entities) {
  public HtmlText {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(entities, "entities");
  }

  /**
   * Undoes the escaping of a text and moves its entities along. Offsets outside the text are moved
   * to its end.
   *
   * @param escaped the text as the network delivered it
   * @param entities with offsets in {@code escaped}, in code points
   */
  public static HtmlText unescape(String escaped, Entities entities) {
    int[] offsets = new int[escaped.codePointCount(0, escaped.length()) + 1];
    StringBuilder text = new StringBuilder(escaped.length());
    int before = 0;
    int after = 0;
    for (int i = 0; i < escaped.length(); ) {
      offsets[before] = after++;
      if (escaped.startsWith("&amp;", i)) {
        text.append('&');
        Arrays.fill(offsets, before + 1, before + 5, after);
        before += 5;
        i += 5;
      } else if (escaped.startsWith("&lt;", i) || escaped.startsWith("&gt;", i)) {
        text.append(escaped.charAt(i + 1) == 'l' ? '<' : '>');
        Arrays.fill(offsets, before + 1, before + 4, after);
        before += 4;
        i += 4;
      } else {
        int codePoint = escaped.codePointAt(i);
        text.appendCodePoint(codePoint);
        before++;
        i += Character.charCount(codePoint);
      }
    }
    offsets[before] = after;
    return new HtmlText(text.toString(), moved(entities, offsets));
  }

  private static Entities moved(Entities entities, int[] offsets) {
    List<Entities.Hashtag> hashtags = new ArrayList<>();
    for (Entities.Hashtag tag : entities.hashtags()) {
      hashtags.add(
          new Entities.Hashtag(tag.text(), at(offsets, tag.start()), at(offsets, tag.end())));
    }
    List<Entities.Mention> mentions = new ArrayList<>();
    for (Entities.Mention mention : entities.mentions()) {
      mentions.add(
          new Entities.Mention(
              mention.handle(),
              mention.id(),
              at(offsets, mention.start()),
              at(offsets, mention.end())));
    }
    List<Entities.Url> urls = new ArrayList<>();
    for (Entities.Url url : entities.urls()) {
      urls.add(
          new Entities.Url(
              url.url(), url.expandedUrl(), at(offsets, url.start()), at(offsets, url.end())));
    }
    List<Entities.Cashtag> cashtags = new ArrayList<>();
    for (Entities.Cashtag tag : entities.cashtags()) {
      cashtags.add(
          new Entities.Cashtag(tag.text(), at(offsets, tag.start()), at(offsets, tag.end())));
    }
    return new Entities(hashtags, mentions, urls, cashtags);
  }

  private static int at(int[] offsets, int offset) {
    return offsets[Math.min(offset, offsets.length - 1)];
  }
}
