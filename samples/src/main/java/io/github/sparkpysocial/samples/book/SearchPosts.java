package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.x.XClient;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Searches X, and takes from each post what the book took from a tweet. */
public final class SearchPosts {
  private SearchPosts() {}

  /**
   * A post in short.
   *
   * @param links where it points to, in full, not by X's short links
   */
  record Tweet(String id, String at, String author, String text, List<String> links) {}

  /** Shows what a search finds: {@code [WORDS]}. */
  public static void main(String[] args) {
    String query = args.length == 0 ? "spark" : String.join(" ", args);
    try (Sandbox sandbox = Sandbox.start(Community.builder().posts(300).build())) {
      // SourceOptions.fromEnvironment() asks X itself, with the token in X_BEARER_TOKEN.
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      search(options, query, 10).forEach(post -> System.out.println(parse(post)));
    }
  }

  /** Returns the latest posts that a query finds; pages are asked for as they are needed. */
  static List<Post> search(SourceOptions options, String query, int most) {
    try (RecordSource search = XClient.open(options).recentSearch(query, null, null);
        Stream<Page> pages = search.pages()) {
      return pages
          .flatMap(page -> page.records().stream())
          .filter(Post.class::isInstance)
          .map(Post.class::cast)
          .limit(most)
          .toList();
    }
  }

  static Tweet parse(Post post) {
    return new Tweet(
        post.id(),
        String.valueOf(post.createdAt()),
        post.author().label(),
        post.text(),
        post.entities().urls().stream()
            .map(url -> Objects.requireNonNullElse(url.expandedUrl(), url.url()))
            .toList());
  }
}
