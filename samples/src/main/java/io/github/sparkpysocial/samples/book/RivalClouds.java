package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.ml.feature.StopWords;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.viz.export.Exporters;
import io.github.sparkpysocial.viz.wordcloud.CorpusComparison;
import io.github.sparkpysocial.viz.wordcloud.TermCounter;
import io.github.sparkpysocial.viz.wordcloud.WordCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Three themes with two rivals each: the word cloud of what is said about either, and one of what
 * marks the one against the other. The book had singers, technologies and presidents.
 */
public final class RivalClouds {
  private static final int MOST_POSTS = 300;
  private static final int MOST_TERMS = 60;

  /** What is compared, as the sandbox has it. */
  static final List<Theme> THEMES =
      List.of(
          new Theme("sources", "kafka", "kinesis"),
          new Theme("modules", "mllib", "sparksql"),
          new Theme("cities", "lisbon", "berlin"));

  private RivalClouds() {}

  /** Two words to search for. */
  record Theme(String name, String first, String second) {}

  /** Draws nine clouds: {@code [DIRECTORY]}. */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args.length == 0 ? "book" : args[0]));
    try (Sandbox sandbox = Sandbox.start(SandboxPosts.COMMUNITY)) {
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      for (Theme theme : THEMES) {
        TermCounter first = count(options, theme.first());
        TermCounter second = count(options, theme.second());
        draw(first, directory.resolve(theme.first() + ".svg"));
        draw(second, directory.resolve(theme.second() + ".svg"));
        Exporters.write(
            compare(theme, first, second).cloud(MOST_TERMS),
            directory.resolve(theme.name() + ".html"));
      }
    }
  }

  /** Counts the words of posts that name something, but not the name itself. */
  static TermCounter count(SourceOptions options, String name) {
    TermCounter counter =
        TermCounter.builder()
            .stopWords(StopWords.of(StopWords.languages()))
            .stopWords(List.of(name, "#" + name))
            .build();
    return counter.addAll(
        SearchPosts.search(options, name, MOST_POSTS).stream().map(Post::text).toList());
  }

  /** Finds out which words mark one rival against the other. */
  static CorpusComparison compare(Theme theme, TermCounter first, TermCounter second) {
    return CorpusComparison.of(theme.first(), first.counts(), theme.second(), second.counts());
  }

  private static void draw(TermCounter words, Path file) throws IOException {
    Exporters.write(WordCloud.of(words.top(MOST_TERMS)), file);
  }
}
