package io.github.sparkpysocial.ml.frequent;

import java.io.Serializable;
import java.util.List;

/**
 * Hashtags that occur in the same posts.
 *
 * @param hashtags in lower case, sorted
 * @param posts how many posts have all of them
 * @param support the share of the posts with any hashtag that have all of them
 */
public record Itemset(List<String> hashtags, long posts, double support) implements Serializable {
  public Itemset {
    hashtags = List.copyOf(hashtags);
  }
}
