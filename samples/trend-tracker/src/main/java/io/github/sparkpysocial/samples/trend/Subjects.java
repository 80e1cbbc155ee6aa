package io.github.sparkpysocial.samples.trend;

import static org.apache.spark.sql.functions.col;

import io.github.sparkpysocial.ml.cluster.CentralPost;
import io.github.sparkpysocial.ml.cluster.ClusterCard;
import io.github.sparkpysocial.ml.cluster.ClusteringReport;
import io.github.sparkpysocial.ml.cluster.TextClustering;
import io.github.sparkpysocial.ml.cluster.TextClusteringModel;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.viz.Size;
import io.github.sparkpysocial.viz.dashboard.Quote;
import io.github.sparkpysocial.viz.dashboard.Section;
import io.github.sparkpysocial.viz.dashboard.TextBlock;
import io.github.sparkpysocial.viz.dashboard.Topic;
import io.github.sparkpysocial.viz.dashboard.Topics;
import io.github.sparkpysocial.viz.wordcloud.WeightedTerm;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * What is said: posts that speak of the same, brought together, with the terms that tell them
 * apart.
 */
final class Subjects {
  private static final int LANGUAGES = 10;
  private static final int TERMS = 60;
  private static final int TERMS_AS_LABELS = 8;
  private static final int QUOTES = 3;
  private static final int TEXTS_PER_CLUSTER = 10;

  private final Answers answers;
  private final long seed;
  private final @Nullable TextClusteringModel model;
  private final List<Topic> topics;

  /**
   * Learns from the posts.
   *
   * @param k into how many clusters they are divided, if they are enough
   */
  Subjects(Answers answers, int k, long seed) {
    this.answers = answers;
    this.seed = seed;
    this.model = answers.has(RecordKind.POST) ? learn(k) : null;
    this.topics = model == null ? List.of() : topics(model.report());
  }

  private @Nullable TextClusteringModel learn(int k) {
    long texts = answers.posts().select("text").distinct().count();
    int clusters = (int) Math.min(k, texts / TEXTS_PER_CLUSTER);
    if (clusters < 1) {
      return null;
    }
    List<String> languages =
        answers
            .rows(
                """
                SELECT language FROM posts WHERE language IS NOT NULL
                GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT %d
                """
                    .formatted(LANGUAGES))
            .stream()
            .map(row -> row.getString(0))
            .toList();
    return TextClustering.builder(clusters)
        .seed(seed)
        .termsPerCluster(TERMS)
        .languages(languages.isEmpty() ? List.of("en") : languages)
        .build()
        .fit(answers.posts());
  }

  /** Returns what was learnt, or {@code null} if there were too few different texts. */
  @Nullable ClusteringReport report() {
    return model == null ? null : model.report();
  }

  /** Returns the posts with their clusters, or {@code null} if nothing was learnt. */
  @Nullable Dataset<Row> assignments() {
    return model == null ? null : model.transform(answers.posts());
  }

  private List<Topic> topics(ClusteringReport clusters) {
    List<String> ids =
        clusters.clusters().stream()
            .flatMap(card -> card.central().stream().limit(QUOTES))
            .map(CentralPost::id)
            .toList();
    Map<String, Row> central = new HashMap<>();
    answers
        .posts()
        .where(col("id").isin(ids.toArray()))
        .select("id", "author_handle", "author_name", "network", "created_at", "url")
        .collectAsList()
        .forEach(row -> central.put(row.getString(0), row));
    long assigned = clusters.clusters().stream().mapToLong(ClusterCard::size).sum();
    List<Topic> topics = new ArrayList<>();
    for (ClusterCard card : clusters.clusters()) {
      List<String> terms = card.terms().stream().map(term -> term.term()).toList();
      String name = String.join(" · ", terms.subList(0, Math.min(2, terms.size())));
      List<Quote> quotes =
          card.central().stream().limit(QUOTES).map(post -> quote(post, central)).toList();
      topics.add(
          new Topic(
              name,
              card.size(),
              (double) card.size() / assigned,
              terms.subList(0, Math.min(TERMS_AS_LABELS, terms.size())),
              WordCloud.of(
                      card.terms().stream()
                          .map(term -> WeightedTerm.of(term.term(), term.weight()))
                          .toList())
                  .withTitle(name)
                  .withSeed(seed)
                  .withSize(Size.of(640, 360)),
              quotes));
    }
    return topics;
  }

  private static Quote quote(CentralPost post, Map<String, Row> posts) {
    Row row = posts.get(post.id());
    if (row == null) {
      return Quote.of(post.text(), "");
    }
    String handle = Answers.text(row, 1);
    String name = Answers.text(row, 2);
    String author = handle != null ? "@" + handle : name != null ? name : "";
    return new Quote(
        post.text(), author, row.getString(3), Answers.instant(row, 4), Answers.text(row, 5));
  }

  /**
   * Returns the terms of all topics in one cloud, each weighed by the size of its topic, or {@code
   * null} if there are none.
   */
  @Nullable WordCloud cloud(String title) {
    if (topics.isEmpty()) {
      return null;
    }
    Map<String, WeightedTerm> terms = new LinkedHashMap<>();
    for (Topic topic : topics) {
      for (WeightedTerm term : topic.cloud().terms()) {
        WeightedTerm weighed =
            WeightedTerm.of(term.text(), term.weight() * topic.posts()).withGroup(topic.title());
        terms.merge(term.text(), weighed, (a, b) -> a.weight() >= b.weight() ? a : b);
      }
    }
    return WordCloud.of(List.copyOf(terms.values()))
        .withTitle(title)
        .withSeed(seed)
        .withSize(Size.of(1200, 800));
  }

  Section section() {
    Section section = Section.of("topics", "What is said");
    if (topics.isEmpty()) {
      return section.wide(
          TextBlock.of(
              "no-topics",
              "",
              answers.has(RecordKind.POST)
                  ? "There are too few different texts to tell topics apart."
                  : "There are no posts here."));
    }
    return section
        .withLead("Groups of posts that speak of the same, the largest first.")
        .wide(Topics.of("topic-cards", topics));
  }
}
