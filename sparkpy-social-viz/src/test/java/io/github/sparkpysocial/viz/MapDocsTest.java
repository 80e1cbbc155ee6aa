package io.github.sparkpysocial.viz;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.viz.dashboard.Dashboard;
import io.github.sparkpysocial.viz.live.LiveDashboard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code in {@code docs/maps.md} is code that runs. */
class MapDocsTest {
  private static final Path DOCS = Path.of("../docs/maps.md");
  private static final Path CODE =
      Path.of("src/test/java/io/github/sparkpysocial/viz/MapSnippets.java");

  @Test
  void everySnippetOfThePageIsCompiledAsItStands() throws IOException {
    String code = Files.readString(CODE);
    Matcher snippet =
        Pattern.compile("<!-- snippet: (\\w+) -->\n```java\n(.*?\n)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCS));
    int found = 0;
    while (snippet.find()) {
      found++;
      assertThat(code.replaceAll("(?m)^  ", "")).as(snippet.group(1)).contains(snippet.group(2));
    }
    assertThat(found).isEqualTo(4);
  }

  @Test
  void everySnippetDoesWhatItSays(@TempDir Path folder) throws IOException {
    MapSnippets.world(folder);
    MapSnippets.city(folder);
    MapSnippets.network(folder);
    try (LiveDashboard live = MapSnippets.live(Dashboard.builder("Now").build())) {
      assertThat(live.uri().getPort()).isPositive();
    }

    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("world.html", "city.html", "network.html", "network.gexf");
  }
}
