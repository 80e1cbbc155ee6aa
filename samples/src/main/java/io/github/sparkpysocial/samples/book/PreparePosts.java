package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.ml.feature.StopWords;
import io.github.sparkpysocial.ml.feature.Tokens;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.viz.chart.HeatMap;
import io.github.sparkpysocial.viz.export.Exporters;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * From raw posts to what can be drawn: reposts and copies fall away, texts become words without
 * links, signs and stop words, times become hours of a week.
 */
public final class PreparePosts {
  private PreparePosts() {}

  /** A post that is ready to be drawn. */
  record Prepared(String id, Instant at, List<String> words) {}

  /** Prepares the posts of a place and draws when they are written: {@code [URI]}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Prepared> posts = prepare(SaveAndLoad.load(SandboxPosts.orNamed(args).toString()));
    posts.stream().limit(5).forEach(System.out::println);
    Exporters.write(hours(posts), Path.of("hours.svg"));
  }

  /** Keeps each text once, that of the earliest post, in the order of time. */
  static List<Prepared> prepare(List<Post> posts) {
    Tokens tokens = new Tokens(false);
    Set<String> stopWords = new HashSet<>(StopWords.of(StopWords.languages()));
    Set<List<String>> seen = new HashSet<>();
    List<Prepared> prepared = new ArrayList<>();
    posts.stream()
        .filter(post -> post.kind() != Post.Kind.REPOST && post.createdAt() != null)
        .sorted((a, b) -> at(a).compareTo(at(b)))
        .forEach(
            post -> {
              List<String> words =
                  tokens.of(post.text()).stream()
                      .filter(token -> Character.isLetter(token.codePointAt(0)))
                      .filter(word -> !stopWords.contains(word))
                      .toList();
              if (seen.add(words)) {
                prepared.add(new Prepared(post.id(), at(post), words));
              }
            });
    return prepared;
  }

  private static Instant at(Post post) {
    return Objects.requireNonNull(post.createdAt(), post.id());
  }

  /** Draws at which hours of the week posts are written. */
  static HeatMap hours(List<Prepared> posts) {
    return HeatMap.hourByWeekday(
        "When posts are written", posts.stream().map(Prepared::at).toList(), ZoneOffset.UTC);
  }
}
