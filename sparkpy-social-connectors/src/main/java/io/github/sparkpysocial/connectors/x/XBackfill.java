package io.github.sparkpysocial.connectors.x;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns rules of the filtered stream into a query of the recent search. A search knows fewer
 * operators: {@code sample:} is left out, so that it finds more than the stream would have brought;
 * a rule with others that it does not know cannot be searched for. Source: the guides on building a
 * rule and building a query.
 */
final class XBackfill {
  private static final int LONGEST_QUERY = 512;

  /** A quoted phrase, or an operator with its value, wherever it stands. */
  private static final Pattern PART =
      Pattern.compile("\"[^\"]*\"|-?(\\w+):(?:\"[^\"]*\"|[^\\s()]+)?");

  /** Operators of rules that a search does not know. */
  private static final List<String> OF_STREAMS =
      List.of(
          "bio",
          "bio_name",
          "bio_location",
          "followers_count",
          "tweets_count",
          "posts_count",
          "following_count",
          "listed_count",
          "url_title",
          "url_description",
          "url_contains",
          "source",
          "bounding_box",
          "point_radius");

  private XBackfill() {}

  /**
   * Returns a query that finds at least what these rules match.
   *
   * @return {@code null} if there is none
   */
  static @Nullable String query(List<String> rules) {
    List<String> parts = new ArrayList<>();
    for (String rule : rules) {
      String part = searchable(rule);
      if (part == null) {
        return null;
      }
      parts.add(part);
    }
    if (parts.isEmpty()) {
      return null;
    }
    String query = parts.size() == 1 ? parts.get(0) : '(' + String.join(") OR (", parts) + ')';
    return query.codePointCount(0, query.length()) > LONGEST_QUERY ? null : query;
  }

  private static @Nullable String searchable(String rule) {
    StringBuilder without = new StringBuilder();
    Matcher part = PART.matcher(rule);
    int at = 0;
    boolean sampled = false;
    while (part.find()) {
      String operator = part.group(1);
      if (operator != null && OF_STREAMS.contains(operator)) {
        return null;
      }
      if ("sample".equals(operator)) {
        if (part.group().startsWith("-")) {
          return null; // what the sample left out
        }
        sampled = true;
        without.append(rule, at, part.start());
        at = part.end();
      }
    }
    without.append(rule, at, rule.length());
    String query = without.toString().replaceAll("\\s+", " ").strip();
    boolean broken =
        sampled
            && (query.isEmpty()
                || query.matches("(?s).*(\\(\\s*\\)|\\(\\s*OR\\b|\\bOR\\s*\\)|\\bOR\\s+OR\\b).*")
                || query.startsWith("OR ")
                || query.endsWith(" OR"));
    return broken ? null : query;
  }
}
