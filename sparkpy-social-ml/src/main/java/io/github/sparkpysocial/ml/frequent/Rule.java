package io.github.sparkpysocial.ml.frequent;

import java.io.Serializable;
import java.util.List;

/**
 * Who uses some hashtags uses another, too.
 *
 * @param given the hashtags that are there, sorted
 * @param follows the hashtag that comes with them
 * @param support the share of posts that have all of them
 * @param confidence the share of posts with the given ones that have the other
 * @param lift how many times more often that is than the other occurs in all: 1 for by chance
 */
public record Rule(
    List<String> given, String follows, double support, double confidence, double lift)
    implements Serializable {
  public Rule {
    given = List.copyOf(given);
  }
}
