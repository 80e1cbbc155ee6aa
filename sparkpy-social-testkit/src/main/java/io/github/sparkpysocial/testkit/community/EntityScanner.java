package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Entities;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the entities of the community's own texts, which set every tag, name and link apart by
 * blanks. Not for texts of others: {@code text.TextEntities} of the core reads those.
 */
final class EntityScanner {
  private static final String SHORT = "https://t.co/";
  private static final String LONG = "https://sparkling-labs.example/notes/";
  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private EntityScanner() {}

  /** Returns a link as it stands in a post. */
  static String link(Rng rng) {
    StringBuilder link = new StringBuilder(SHORT);
    for (int i = 0; i < 10; i++) {
      link.append(LETTERS.charAt(rng.nextInt(LETTERS.length())));
    }
    return link.toString();
  }

  static Entities scan(String text, Function<String, @Nullable String> idOfHandle) {
    List<Entities.Hashtag> hashtags = new ArrayList<>();
    List<Entities.Mention> mentions = new ArrayList<>();
    List<Entities.Url> urls = new ArrayList<>();
    int codePoints = 0;
    int from = 0;
    while (from < text.length()) {
      int blank = text.indexOf(' ', from);
      int to = blank < 0 ? text.length() : blank;
      String token = text.substring(from, to);
      int length = token.codePointCount(0, token.length());
      int end = codePoints + length;
      if (token.startsWith("#") && length > 1) {
        hashtags.add(new Entities.Hashtag(token.substring(1), codePoints, end));
      } else if (token.startsWith("@") && length > 1) {
        String handle = token.substring(1);
        mentions.add(new Entities.Mention(handle, idOfHandle.apply(handle), codePoints, end));
      } else if (token.startsWith(SHORT)) {
        urls.add(new Entities.Url(token, LONG + token.substring(SHORT.length()), codePoints, end));
      }
      codePoints = end + 1;
      from = to + 1;
    }
    return new Entities(hashtags, mentions, urls, List.of());
  }
}
