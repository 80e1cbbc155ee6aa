package io.github.sparkpysocial.samples.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.meetup.MeetupClient;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.samples.book.PreparePosts.Prepared;
import io.github.sparkpysocial.samples.book.RivalClouds.Theme;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.viz.map.CityMap;
import io.github.sparkpysocial.viz.map.MapPoint;
import io.github.sparkpysocial.viz.map.Venue;
import io.github.sparkpysocial.viz.map.WorldMap;
import io.github.sparkpysocial.viz.wordcloud.ComparedTerm;
import io.github.sparkpysocial.viz.wordcloud.CorpusComparison;
import io.github.sparkpysocial.viz.wordcloud.TermCounter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The book's pictures, by what is on them. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class PictureProgramsTest {
  private static Sandbox sandbox;
  private static SourceOptions options;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.start(SandboxPosts.COMMUNITY);
    options = new SourceOptions(sandbox.environment(), sandbox.clock());
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void postsArePreparedForDrawing() {
    List<Post> posts = SandboxPosts.COMMUNITY.posts().toList();

    List<Prepared> prepared = PreparePosts.prepare(posts);

    assertThat(prepared).extracting(Prepared::words).doesNotHaveDuplicates();
    assertThat(prepared).extracting(Prepared::at).isSorted();
    assertThat(prepared)
        .flatExtracting(Prepared::words)
        .contains("spark", "streaming")
        .doesNotContain("the", "and")
        .noneMatch(word -> word.startsWith("#") || word.startsWith("@") || word.contains("://"));
    long originals = posts.stream().filter(post -> post.kind() != Post.Kind.REPOST).count();
    assertThat((long) prepared.size()).isLessThan(originals).isGreaterThan(originals / 2);
    assertThat(PreparePosts.hours(prepared).cells().stream().mapToDouble(c -> c.value()).sum())
        .isEqualTo(prepared.size());
  }

  @Test
  void rivalsAreToldApartByTheirWords() {
    Theme theme = RivalClouds.THEMES.get(1);
    TermCounter first = RivalClouds.count(options, theme.first());
    TermCounter second = RivalClouds.count(options, theme.second());

    CorpusComparison comparison = RivalClouds.compare(theme, first, second);

    assertThat(first.counts()).doesNotContainKeys("mllib", "#mllib").doesNotContainKey("the");
    assertThat(comparison.marksFirst(15)).extracting(ComparedTerm::text).contains("features");
    assertThat(comparison.marksSecond(15)).extracting(ComparedTerm::text).contains("query");
  }

  @Test
  void nineCloudsAreDrawn(@TempDir Path directory) throws IOException {
    RivalClouds.main(new String[] {directory.toString()});

    for (Theme theme : RivalClouds.THEMES) {
      assertThat(directory.resolve(theme.name() + ".html"))
          .content()
          .contains(theme.first(), theme.second());
      assertThat(directory.resolve(theme.first() + ".svg")).content().contains("<text");
      assertThat(directory.resolve(theme.second() + ".svg")).content().contains("<text");
    }
  }

  @Test
  void postsStandOnTheMapWhereTheyWereWritten(@TempDir Path directory) throws IOException {
    List<Post> posts = SearchPosts.search(options, "spark", 1_000);

    WorldMap map = PostMap.draw(posts);

    List<Post> placed =
        posts.stream().filter(p -> p.place() != null && p.place().point() != null).toList();
    assertThat(map.points()).hasSize(placed.size()).hasSizeGreaterThan(5);
    MapPoint first = map.points().get(0);
    assertThat(first.point()).isEqualTo(Objects.requireNonNull(placed.get(0).place()).point());
    assertThat(first.link()).isEqualTo(placed.get(0).url());
    PostMap.main(new String[] {directory.resolve("world.html").toString()});
    assertThat(directory.resolve("world.html")).content().contains("Where Spark is discussed");
  }

  @Test
  void meetingsToComeStandOnTheMapOfTheirCity(@TempDir Path directory) throws IOException {
    CityMap map = MeetupMap.draw(MeetupClient.open(options));

    Instant now = SandboxPosts.COMMUNITY.now();
    List<String> expected =
        SandboxPosts.COMMUNITY.events().stream()
            .filter(event -> Objects.equals(event.timezone(), "Europe/London"))
            .filter(event -> event.status() == Event.Status.UPCOMING && event.place() != null)
            .map(Event::title)
            .toList();
    assertThat(map.venues())
        .extracting(Venue::title)
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(map.venues()).allMatch(v -> Objects.requireNonNull(v.startsAt()).isAfter(now));
    MeetupMap.main(new String[] {directory.resolve("meetups.html").toString()});
    assertThat(directory.resolve("meetups.html")).content().contains("Feature Friday London");
  }
}
