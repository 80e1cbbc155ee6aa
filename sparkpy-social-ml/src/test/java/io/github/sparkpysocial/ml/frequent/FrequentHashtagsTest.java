package io.github.sparkpysocial.ml.frequent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FrequentHashtagsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();
  private static final SparkSession spark = SPARK.session();
  private static final String[] TAGS = {"Spark", "kafka", "SQL", "java"};

  private static Dataset<Row> frame(List<List<String>> posts, String kind) {
    List<Row> rows = new ArrayList<>();
    for (List<String> tags : posts) {
      rows.add(RowFactory.create(kind, tags.stream().map(RowFactory::create).toArray()));
    }
    return spark.createDataFrame(
        rows, StructType.fromDDL("kind string, hashtags array<struct<text string>>"));
  }

  private static List<List<String>> posts() {
    Random random = new Random(12);
    List<List<String>> posts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<String> tags = new ArrayList<>();
      for (String tag : TAGS) {
        if (random.nextInt(3) > 0) {
          tags.add(random.nextBoolean() ? tag : tag.toUpperCase(Locale.ROOT));
          tags.add(tag);
        }
      }
      posts.add(tags);
    }
    return posts;
  }

  /** All fifteen sets of four hashtags, counted one by one. */
  @Test
  void setsAndRulesAreThoseThatCountingFinds() {
    List<Set<String>> posts = new ArrayList<>();
    for (List<String> tags : posts()) {
      Set<String> lower =
          tags.stream().map(t -> t.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
      if (!lower.isEmpty()) {
        posts.add(lower);
      }
    }
    List<Itemset> expected = new ArrayList<>();
    for (int mask = 1; mask < 16; mask++) {
      Set<String> set = new TreeSet<>();
      for (int t = 0; t < 4; t++) {
        if ((mask >> t & 1) == 1) {
          set.add(TAGS[t].toLowerCase(Locale.ROOT));
        }
      }
      long count = count(posts, set);
      if (count >= 0.4 * posts.size()) {
        expected.add(new Itemset(List.copyOf(set), count, (double) count / posts.size()));
      }
    }

    FrequentHashtags found =
        FrequentHashtags.builder()
            .minSupport(0.4)
            .minConfidence(0.6)
            .find(frame(posts(), "original").repartition(3));

    assertThat(found.posts()).isEqualTo(posts.size());
    assertThat(found.itemsets()).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(found.itemsets()).isSortedAccordingTo((a, b) -> Long.compare(b.posts(), a.posts()));
    assertThat(found.rules()).isNotEmpty();
    for (Rule rule : found.rules()) {
      Set<String> all = new TreeSet<>(rule.given());
      all.add(rule.follows());
      double both = count(posts, all);
      double confidence = both / count(posts, Set.copyOf(rule.given()));
      assertThat(rule.support()).isCloseTo(both / posts.size(), within(1e-12));
      assertThat(rule.confidence()).isCloseTo(confidence, within(1e-12));
      assertThat(rule.lift())
          .isCloseTo(
              confidence * posts.size() / count(posts, Set.of(rule.follows())), within(1e-12));
    }
    assertThat(
            FrequentHashtags.builder()
                .minSupport(0.4)
                .minConfidence(0.6)
                .find(frame(posts(), "original").coalesce(1)))
        .isEqualTo(found);
  }

  private static long count(List<Set<String>> posts, Set<String> tags) {
    return posts.stream().filter(post -> post.containsAll(tags)).count();
  }

  @Test
  void repostsCountOnlyIfAskedFor() {
    Dataset<Row> reposts = frame(posts(), "repost");

    assertThat(FrequentHashtags.builder().find(reposts))
        .isEqualTo(new FrequentHashtags(0, List.of(), List.of()));
    assertThat(FrequentHashtags.builder().reposts(true).most(2).find(reposts).itemsets())
        .hasSize(2);
    assertThatThrownBy(() -> FrequentHashtags.builder().minSupport(0))
        .hasMessageContaining("minSupport must be above 0");
    assertThatThrownBy(() -> FrequentHashtags.builder().find(reposts.drop("hashtags")))
        .hasMessageContaining("No column 'hashtags'");
  }
}
