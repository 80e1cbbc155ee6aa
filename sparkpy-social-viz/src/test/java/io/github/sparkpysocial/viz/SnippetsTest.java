package io.github.sparkpysocial.viz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnippetsTest {

  @Test
  void everySnippetWritesItsFile(@TempDir Path folder) throws IOException {
    Snippets.wordCloud(folder);
    Snippets.series(folder);
    Snippets.dashboard(folder);

    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder("cloud.html", "cloud.png", "posts.svg", "index.html");
    assertThat(folder.resolve("index.html")).content().contains("Olá from Lisbon");
  }
}
