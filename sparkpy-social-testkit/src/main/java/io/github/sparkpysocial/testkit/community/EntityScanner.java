package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Entities;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the entities of the community's own texts, which set every tag, name and link apart by
 * blanks. Not for texts of others: {@code text.TextEntities} of the core reads those.
 */
final class EntityScanner {
  /** How a short link of X begins. */
  static final String SHORT = "https://t.co/";

  private static final String LETTERS =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

  private EntityScanner() {}

  /** Returns a link as it stands in a post. */
  static String link(String beginning, Rng rng) {
    StringBuilder link = new StringBuilder(beginning);
    for (int i = 0; i < 10; i++) {
      link.append(LETTERS.charAt(rng.nextInt(LETTERS.length())));
    }
    return link.toString();
  }

  /**
   * Finds entities.
   *
   * @param link how links begin in the text
   * @param accounts the accounts by how a text names them
   * @param anyName whether a name that belongs to nobody is a mention all the same
   */
  static Entities scan(String text, String link, Map<String, Account> accounts, boolean anyName) {
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
        String name = token.substring(1);
        Account account = accounts.get(name);
        if (account != null) {
          String handle = account.handle() == null ? name : account.handle();
          mentions.add(new Entities.Mention(handle, account.id(), codePoints, end));
        } else if (anyName) {
          mentions.add(new Entities.Mention(name, null, codePoints, end));
        }
      } else if (token.startsWith(link)) {
        urls.add(
            new Entities.Url(
                token, "https://" + Voice.NOTES + token.substring(link.length()), codePoints, end));
      }
      codePoints = end + 1;
      from = to + 1;
    }
    return new Entities(hashtags, mentions, urls, List.of());
  }
}
