package io.github.sparkpysocial.samples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The first program of each module's page does what the page says. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class ModuleProgramsIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  @TempDir private Path directory;
  private final List<String> told = new ArrayList<>();

  @Test
  void coreMakesJsonLinesOfACsvAndSetsAsideWhatIsBroken() throws Exception {
    Path csv = directory.resolve("posts.csv");
    Files.writeString(csv, "id,text\n1,one\n2,two,three\n3,three\n");
    Path jsonl = directory.resolve("posts.jsonl");
    Path refused = directory.resolve("refused.jsonl");

    ModulePrograms.core(csv.toString(), jsonl.toString(), refused, told::add);

    assertThat(told).containsExactly("2 written, 1 set aside");
    assertThat(jsonl).content().hasLineCount(2);
    assertThat(refused).content().contains("\"line\":3");
  }

  @Test
  void connectorsNameTheNewestStars() throws Exception {
    Community community = Community.builder().seed(42).build();
    try (Sandbox sandbox = Sandbox.start(community)) {
      String repository =
          community.repositories().stream()
              .filter(each -> community.starsOf(each.id()).size() >= 10)
              .findFirst()
              .orElseThrow()
              .fullName();

      ModulePrograms.connectors(
          new SourceOptions(sandbox.environment(), Clock.systemUTC()), repository, told::add);

      assertThat(told).hasSize(10).allMatch(line -> line.matches("\\S+ 20\\d\\d-\\S+Z"));
      assertThat(sandbox.violations()).isEmpty();
    }
  }

  @Test
  void mlSaysWhatPostsAreAbout() throws Exception {
    Path csv = directory.resolve("posts.csv");
    List<String> words = List.of("watermark", "olive", "train", "bread");
    StringBuilder rows = new StringBuilder("id,text\n");
    for (int i = 0; i < 40; i++) {
      rows.append(i).append(',').append(words.get(i % 4)).append(" no ").append(i).append('\n');
    }
    Files.writeString(csv, rows);

    ModulePrograms.ml(SPARK.session(), csv.toString(), told::add);

    assertThat(told)
        .containsExactlyInAnyOrder(
            words.stream().map(word -> "10 posts, as: " + word).toArray(String[]::new));
  }

  @Test
  void streamingCountsByTheMinute() throws Exception {
    Path arriving = Files.createDirectory(directory.resolve("arriving"));
    Files.writeString(
        arriving.resolve("a.jsonl"),
        post(1, "#spark #java", "2026-11-01T12:00:10Z")
            + post(2, "#spark", "2026-11-01T12:00:20Z")
            + post(3, "#late", "2026-11-01T15:00:00Z"));

    ModulePrograms.streaming(SPARK.session(), arriving, directory.resolve("checkpoint"), told::add);

    assertThat(told).hasSize(2);
    assertThat(told.get(0)).contains("\"value\":\"spark\"", "\"posts\":2", "\"rank\":1");
    assertThat(told.get(1)).contains("\"value\":\"java\"", "\"posts\":1", "\"rank\":2");
  }

  private static String post(int id, String text, String at) {
    return """
        {"record":"post","network":"x","id":"%d","text":"%s","created_at":"%s","hashtags":[%s]}
        """
        .formatted(
            id,
            text,
            at,
            String.join(
                ",",
                List.of(text.split(" ", -1)).stream()
                    .map(tag -> "{\"text\":\"" + tag.substring(1) + "\",\"start\":0,\"end\":1}")
                    .toList()));
  }

  @Test
  void vizWritesAChart() throws Exception {
    Path file = directory.resolve("languages.svg");

    ModulePrograms.viz(file);

    assertThat(file).content().contains("<svg", "Posts by language", "pt");
  }

  @Test
  void testkitAnswersWithoutANetwork() throws Exception {
    ModulePrograms.testkit(told::add);

    assertThat(told).hasSize(2);
    assertThat(told.get(0)).contains("/");
    assertThat(told.get(1)).matches("[1-9]\\d* requests, against the rules: \\[]");
  }
}
