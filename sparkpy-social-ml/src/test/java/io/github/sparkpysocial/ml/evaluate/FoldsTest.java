package io.github.sparkpysocial.ml.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ml.frame.Frames;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FoldsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static Post post(int id, String text, String author) {
    return Post.builder(Network.X, String.valueOf(id), text)
        .author(new AccountRef(author, author, null))
        .createdAt(Instant.parse("2026-11-01T00:00:00Z").plusSeconds(id * 60L))
        .build();
  }

  private static Map<String, Integer> folds(Folds folds, List<Post> posts) {
    Dataset<Row> frame = Frames.of(SPARK.session(), posts, RecordKind.POST);
    Map<String, Integer> byId = new HashMap<>();
    folds
        .assign(frame)
        .select("id", Folds.COLUMN)
        .collectAsList()
        .forEach(row -> byId.put(row.getString(0), row.getInt(1)));
    return byId;
  }

  @Test
  void equalTextsStayTogether() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      posts.add(post(i, "news number " + i % 50 + " https://example.org/" + i, "author" + i));
    }

    Map<String, Integer> folds = folds(Folds.keeping(5, 1, Folds.Together.TEXT), posts);

    assertThat(folds).hasSize(200);
    assertThat(folds.values()).containsOnly(0, 1, 2, 3, 4);
    for (int i = 50; i < 200; i++) {
      assertThat(folds.get(String.valueOf(i))).isEqualTo(folds.get(String.valueOf(i % 50)));
    }
  }

  @Test
  void whatIsTiedByWayOfOthersStaysTogether() {
    List<Post> posts = new ArrayList<>();
    for (int chain = 0; chain < 20; chain++) {
      for (int link = 0; link < 6; link++) {
        int id = chain * 6 + link;
        // a text ties the links 0-1, 2-3, 4-5, an author 1-2 and 3-4
        posts.add(
            post(id, "text " + chain + " " + link / 2, "author" + chain + "x" + (link + 1) / 2));
      }
    }

    Map<String, Integer> folds =
        folds(Folds.keeping(3, 7, Folds.Together.TEXT, Folds.Together.AUTHOR), posts);

    for (int id = 0; id < posts.size(); id++) {
      assertThat(folds.get(String.valueOf(id))).isEqualTo(folds.get(String.valueOf(id / 6 * 6)));
    }
    assertThat(folds.values()).contains(0, 1, 2);
  }

  @Test
  void repostsAndQuotesStayWithTheOriginal() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      posts.add(post(i, "original " + i, "a"));
      posts.add(post(100 + i, "again " + i, "b").toBuilder().repostOfId("" + i).build());
      posts.add(post(200 + i, "see " + i, "c").toBuilder().quoteOfId("" + i).build());
    }

    Map<String, Integer> folds = folds(Folds.keeping(4, 2, Folds.Together.ORIGINAL), posts);

    for (int i = 0; i < 40; i++) {
      assertThat(folds.get("" + (100 + i))).isEqualTo(folds.get("" + i));
      assertThat(folds.get("" + (200 + i))).isEqualTo(folds.get("" + i));
    }
  }

  @Test
  void foldsInTimeFollowEachOther() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      posts.add(post((i * 37) % 100, "text " + i, "a"));
    }
    posts.add(post(500, "at no time", "a").toBuilder().createdAt(null).build());

    Map<String, Integer> folds = folds(Folds.inTime(4), posts);

    assertThat(folds).hasSize(100).doesNotContainKey("500");
    Map<Integer, Integer> inOrder = new TreeMap<>();
    folds.forEach((id, fold) -> inOrder.put(Integer.valueOf(id), fold));
    assertThat(List.copyOf(inOrder.values())).isSorted();
    assertThat(inOrder.values()).contains(0, 1, 2, 3);
  }

  @Test
  void theOrderOfPostsDoesNotMatter() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      posts.add(post(i, "text " + i, "author" + i % 7));
    }
    Folds folds = Folds.keeping(5, 3, Folds.Together.TEXT, Folds.Together.AUTHOR);
    List<Post> turned = new ArrayList<>(posts);
    java.util.Collections.reverse(turned);

    assertThat(folds(folds, turned)).isEqualTo(folds(folds, posts));
    assertThat(folds(Folds.keeping(5, 4, Folds.Together.TEXT), posts))
        .isNotEqualTo(folds(Folds.keeping(5, 3, Folds.Together.TEXT), posts));
  }

  @Test
  void whatIsMissingIsNamed() {
    Dataset<Row> texts = SPARK.session().sql("SELECT 'a' AS id, 'b' AS words");

    assertThatThrownBy(() -> Folds.keeping(5, 1, Folds.Together.TEXT).assign(texts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'text'")
        .hasMessageContaining("words");
    assertThatThrownBy(() -> Folds.inTime(1)).hasMessageContaining("at least 2");
    assertThatThrownBy(
            () ->
                Folds.keeping(2, 1, Folds.Together.TEXT)
                    .assign(SPARK.session().sql("SELECT 'a' AS text, 1 AS fold")))
        .hasMessageContaining("'fold' already");
  }
}
