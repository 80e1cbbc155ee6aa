package io.github.sparkpysocial.viz.dashboard;

import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.util.List;
import java.util.Objects;

/**
 * What some of the posts have in common.
 *
 * @param title its name, such as its two heaviest terms
 * @param posts how many posts belong to it
 * @param share the part of all posts that belong to it, from 0 to 1
 * @param terms its heaviest terms, in order; shown as labels
 * @param cloud its terms as a picture, drawn without its title
 * @param quotes the posts that stand for it best
 */
public record Topic(
    String title,
    long posts,
    double share,
    List<String> terms,
    WordCloud cloud,
    List<Quote> quotes) {

  public Topic {
    Objects.requireNonNull(title, "title");
    Checks.count("The number of posts", posts);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("The share of a topic lies between 0 and 1, was " + share);
    }
    terms = List.copyOf(terms);
    Objects.requireNonNull(cloud, "cloud");
    quotes = List.copyOf(quotes);
  }
}
