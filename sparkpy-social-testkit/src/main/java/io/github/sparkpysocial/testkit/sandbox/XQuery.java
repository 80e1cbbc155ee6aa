package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A query of X's recent search: words, quoted phrases, hashtags, mentions and operators, joined by
 * blanks (and), {@code OR} and parentheses; {@code -} negates one operator. {@code AND} binds
 * tighter. Operators such as {@code lang:} cannot stand alone. Source: X API v2, "Build a query".
 */
final class XQuery {
  private static final Set<String> DEPENDENT =
      Set.of("lang", "is", "has", "place_country", "sample");
  private static final Set<String> IS = Set.of("retweet", "reply", "quote", "verified");
  private static final Set<String> HAS =
      Set.of("links", "hashtags", "mentions", "geo", "media", "images", "videos", "cashtags");

  private final String text;
  private final boolean rule;
  private int at;

  private XQuery(String text, boolean rule) {
    this.text = text;
    this.rule = rule;
  }

  /** A query that X would refuse; the message is what X would say. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /**
   * A part of a query.
   *
   * @param test what a post must fulfil
   * @param standsAlone whether it may be a whole query
   */
  private record Part(Predicate<Post> test, boolean standsAlone) {}

  /** Reads a query of a search. */
  static Predicate<Post> parse(String text) throws Refused {
    return parse(text, false);
  }

  /** Reads a rule of the filtered stream, which knows more operators than a search. */
  static Predicate<Post> parseRule(String text) throws Refused {
    return parse(text, true);
  }

  private static Predicate<Post> parse(String text, boolean rule) throws Refused {
    XQuery query = new XQuery(text, rule);
    Part whole = query.alternatives();
    query.skipBlanks();
    if (query.at < text.length()) {
      throw new Refused("missing a parenthesis to open at position " + (query.at + 1));
    }
    if (!whole.standsAlone) {
      throw new Refused(
          "Rules must contain at least one positive, standalone operator, such as a keyword");
    }
    return whole.test;
  }

  private Part alternatives() throws Refused {
    Part part = conjunction();
    while (keyword("OR")) {
      Part left = part;
      Part right = conjunction();
      part =
          new Part(
              post -> left.test.test(post) || right.test.test(post),
              left.standsAlone && right.standsAlone);
    }
    return part;
  }

  private Part conjunction() throws Refused {
    List<Part> parts = new ArrayList<>();
    while (true) {
      skipBlanks();
      if (at >= text.length() || text.charAt(at) == ')' || looksAt("OR")) {
        break;
      }
      if (keyword("AND")) {
        continue;
      }
      parts.add(term());
    }
    if (parts.isEmpty()) {
      throw new Refused("no viable alternative at position " + (at + 1));
    }
    return new Part(
        post -> parts.stream().allMatch(part -> part.test.test(post)),
        parts.stream().anyMatch(Part::standsAlone));
  }

  private Part term() throws Refused {
    if (text.charAt(at) == '-') {
      at++;
      if (at < text.length() && text.charAt(at) == '(') {
        throw new Refused("a group cannot be negated; negate each operator in it");
      }
      if (at >= text.length()) {
        throw new Refused("nothing to negate at position " + at);
      }
      Part negated = operator();
      return new Part(negated.test.negate(), false);
    }
    if (text.charAt(at) == '(') {
      at++;
      Part group = alternatives();
      skipBlanks();
      if (at >= text.length()) {
        throw new Refused("missing a parenthesis to close");
      }
      at++;
      return group;
    }
    return operator();
  }

  private Part operator() throws Refused {
    if (text.charAt(at) == '"') {
      return words(quoted());
    }
    int start = at;
    while (at < text.length()
        && !Character.isWhitespace(text.charAt(at))
        && text.charAt(at) != ')'
        && text.charAt(at) != '(') {
      if (text.charAt(at) == ':' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
        String name = text.substring(start, at);
        at++;
        return named(name, quoted());
      }
      at++;
    }
    String word = text.substring(start, at);
    if (word.startsWith("#") && word.length() > 1) {
      String tag = word.substring(1);
      return new Part(post -> hasHashtag(post, tag), true);
    }
    if (word.startsWith("@") && word.length() > 1) {
      String handle = word.substring(1);
      return new Part(post -> mentions(post, handle), true);
    }
    if (word.startsWith("$") && word.length() > 1) {
      return new Part(post -> false, true); // nobody in the community speaks of shares
    }
    int colon = word.indexOf(':');
    if (colon > 0 && !word.startsWith("http")) {
      return named(word.substring(0, colon), word.substring(colon + 1));
    }
    return words(word);
  }

  private String quoted() throws Refused {
    int close = text.indexOf('"', at + 1);
    if (close < 0) {
      throw new Refused("missing a quote to close");
    }
    String inside = text.substring(at + 1, close);
    at = close + 1;
    return inside;
  }

  private Part named(String name, String value) throws Refused {
    if (value.isEmpty()) {
      throw new Refused("the operator " + name + ": needs a value");
    }
    Predicate<Post> test =
        switch (name) {
          case "from" -> post -> isAuthor(post, value);
          case "to" ->
              post ->
                  value.equals(post.inReplyToAuthorId())
                      || (post.inReplyToId() != null && startsWithMention(post, value));
          case "lang" -> post -> value.equalsIgnoreCase(post.language());
          case "is" -> is(value);
          case "has" -> has(value);
          case "conversation_id" -> post -> value.equals(post.conversationId());
          case "in_reply_to_tweet_id", "in_reply_to_status_id" ->
              post -> value.equals(post.inReplyToId());
          case "place_country" -> post -> inCountry(post, value);
          case "place" -> post -> inPlace(post, value);
          case "url" -> post -> hasUrl(post, value);
          case "sample" -> sample(value);
          case "min_likes" -> atLeast(name, value, post -> post.engagement().likes());
          case "min_replies" -> atLeast(name, value, post -> post.engagement().replies());
          case "min_reposts" -> atLeast(name, value, post -> post.engagement().reposts());
          default -> throw new Refused("Reference to invalid operator '" + name + "'");
        };
    return new Part(test, !DEPENDENT.contains(name) && !name.startsWith("min_"));
  }

  /** Lets so many of a hundred posts pass, always the same. */
  private Predicate<Post> sample(String value) throws Refused {
    if (!rule) {
      throw new Refused("Reference to invalid operator 'sample'");
    }
    if (!value.matches("[1-9][0-9]?|100")) {
      throw new Refused("the operator sample: needs a percentage from 1 to 100");
    }
    int percent = Integer.parseInt(value);
    return post -> Math.floorMod(post.id().hashCode() * 31, 100) < percent;
  }

  private static Predicate<Post> is(String value) throws Refused {
    if (!IS.contains(value)) {
      throw new Refused("Reference to invalid value '" + value + "' of the operator 'is'");
    }
    return switch (value) {
      case "retweet" -> post -> post.kind() == Post.Kind.REPOST;
      case "reply" -> post -> post.kind() == Post.Kind.REPLY;
      case "quote" -> post -> post.kind() == Post.Kind.QUOTE;
      default -> post -> false;
    };
  }

  private static Predicate<Post> has(String value) throws Refused {
    if (!HAS.contains(value)) {
      throw new Refused("Reference to invalid value '" + value + "' of the operator 'has'");
    }
    return switch (value) {
      case "links" -> post -> !post.entities().urls().isEmpty();
      case "hashtags" -> post -> !post.entities().hashtags().isEmpty();
      case "mentions" -> post -> !post.entities().mentions().isEmpty();
      case "geo" -> post -> post.place() != null;
      default -> post -> false;
    };
  }

  private interface Count {
    @Nullable Long of(Post post);
  }

  private static Predicate<Post> atLeast(String name, String value, Count count) throws Refused {
    long least;
    try {
      least = Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new Refused("the operator " + name + ": needs a whole number");
    }
    return post -> {
      Long number = count.of(post);
      return number != null && number >= least;
    };
  }

  private static Part words(String words) throws Refused {
    List<String> wanted = tokens(words);
    if (wanted.isEmpty()) {
      throw new Refused("no viable alternative at input '" + words + "'");
    }
    return new Part(post -> contains(tokens(post.text()), wanted), true);
  }

  private static boolean contains(List<String> tokens, List<String> wanted) {
    for (int i = 0; i + wanted.size() <= tokens.size(); i++) {
      if (tokens.subList(i, i + wanted.size()).equals(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** Words are divided at everything that is no letter, digit or underscore; case is ignored. */
  private static List<String> tokens(String text) {
    List<String> tokens = new ArrayList<>();
    StringBuilder token = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || c == '_') {
                token.appendCodePoint(Character.toLowerCase(c));
              } else if (token.length() > 0) {
                tokens.add(token.toString());
                token.setLength(0);
              }
            });
    if (token.length() > 0) {
      tokens.add(token.toString());
    }
    return tokens;
  }

  private static boolean hasHashtag(Post post, String tag) {
    return post.entities().hashtags().stream().anyMatch(h -> h.text().equalsIgnoreCase(tag));
  }

  private static boolean mentions(Post post, String handle) {
    return post.entities().mentions().stream().anyMatch(m -> m.handle().equalsIgnoreCase(handle));
  }

  private static boolean startsWithMention(Post post, String handle) {
    List<Entities.Mention> mentions = post.entities().mentions();
    return !mentions.isEmpty()
        && mentions.get(0).start() == 0
        && mentions.get(0).handle().equalsIgnoreCase(handle);
  }

  private static boolean isAuthor(Post post, String who) {
    String handle = who.startsWith("@") ? who.substring(1) : who;
    return handle.equalsIgnoreCase(post.author().handle()) || who.equals(post.author().id());
  }

  private static boolean inCountry(Post post, String code) {
    Place place = post.place();
    return place != null && code.equalsIgnoreCase(place.countryCode());
  }

  private static boolean inPlace(Post post, String nameOrId) {
    Place place = post.place();
    if (place == null) {
      return false;
    }
    String name = place.name();
    return nameOrId.equals(place.id())
        || (name != null
            && name.toLowerCase(Locale.ROOT).contains(nameOrId.toLowerCase(Locale.ROOT)));
  }

  private static boolean hasUrl(Post post, String part) {
    return post.entities().urls().stream()
        .anyMatch(
            url -> {
              String expanded = url.expandedUrl();
              return url.url().contains(part) || (expanded != null && expanded.contains(part));
            });
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean looksAt(String keyword) {
    int end = at + keyword.length();
    return text.startsWith(keyword, at)
        && (end == text.length()
            || Character.isWhitespace(text.charAt(end))
            || text.charAt(end) == '(');
  }

  private boolean keyword(String keyword) {
    skipBlanks();
    if (!looksAt(keyword)) {
      return false;
    }
    at += keyword.length();
    return true;
  }
}
