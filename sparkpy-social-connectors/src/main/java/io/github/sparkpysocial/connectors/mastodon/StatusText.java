package io.github.sparkpysocial.connectors.mastodon;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.model.Entities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The whole text of a status and what it refers to. Mentions and hashtags are links, told apart by
 * what the status says of them beside its text.
 *
 * @param text the text as its author wrote it
 * @param entities what it refers to, with offsets in code points of {@code text}
 */
record StatusText(String text, Entities entities) {

  /**
   * Reads the text of a status.
   *
   * @param host the instance that was asked
   * @throws IllegalArgumentException if it has none
   */
  static StatusText of(String host, JsonNode status) {
    String content = Json.text(status, "content");
    if (content == null) {
      throw new IllegalArgumentException("The field 'content' is missing");
    }
    StatusHtml html = StatusHtml.read(content, Json.field(status, "quote") != null);
    String text = html.text();
    Map<String, JsonNode> accounts = new HashMap<>();
    for (JsonNode mention : status.path("mentions")) {
      accounts.put(mention.path("url").asText(""), mention);
    }
    List<Entities.Hashtag> hashtags = new ArrayList<>();
    List<Entities.Mention> mentions = new ArrayList<>();
    List<Entities.Url> urls = new ArrayList<>();
    int utf16 = 0;
    int codePoints = 0;
    for (StatusHtml.Link link : html.links()) {
      int from = withSign(text, link);
      codePoints += from >= utf16 ? text.codePointCount(utf16, from) : -1;
      int start = codePoints;
      codePoints += text.codePointCount(from, link.end());
      utf16 = link.end();
      String shown = text.substring(from, link.end());
      JsonNode account = accounts.get(link.target());
      if (account != null && Json.nonEmpty(account, "acct") != null) {
        mentions.add(
            new Entities.Mention(
                MastodonIds.handle(host, account),
                MastodonIds.account(host, account),
                start,
                codePoints));
      } else if (isTag(shown, link)) {
        hashtags.add(new Entities.Hashtag(shown.substring(1), start, codePoints));
      } else if (link.target().toLowerCase(Locale.ROOT).matches("https?://.*")) {
        urls.add(new Entities.Url(shown, link.target(), start, codePoints));
      }
    }
    return new StatusText(text, new Entities(hashtags, mentions, urls, List.of()));
  }

  /** Some programs write the sign before the link instead of into it. */
  private static int withSign(String text, StatusHtml.Link link) {
    boolean before =
        link.start() > 0
            && "@#".indexOf(text.charAt(link.start() - 1)) >= 0
            && "@#".indexOf(text.charAt(link.start())) < 0
            && (link.classes().contains(" mention ") || link.classes().contains(" hashtag "));
    return before ? link.start() - 1 : link.start();
  }

  private static boolean isTag(String shown, StatusHtml.Link link) {
    return shown.length() > 1
        && "#＃".indexOf(shown.charAt(0)) >= 0
        && (link.classes().contains(" hashtag ")
            || link.classes().contains(" mention ")
            || link.target().matches("https?://[^/]+/(?:tags?|explore/tags|hashtag)/[^/]+/?"));
  }
}
