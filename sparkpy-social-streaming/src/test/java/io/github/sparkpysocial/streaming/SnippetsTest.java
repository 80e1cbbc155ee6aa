package io.github.sparkpysocial.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class SnippetsTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Pattern ON_PAGE =
      Pattern.compile(
          "<!-- snippet: (\\w+) -->\n```java\n(.*?)```\n<!-- /snippet -->", Pattern.DOTALL);
  private static final Pattern IN_CLASS =
      Pattern.compile("// snippet: (\\w+)\n(.*?)\n *// end", Pattern.DOTALL);

  @Test
  void thePageShowsTheCodeThatIsCompiled() throws IOException {
    Map<String, String> shown = new LinkedHashMap<>();
    Matcher onPage = ON_PAGE.matcher(Files.readString(Path.of("../docs/streaming.md")));
    while (onPage.find()) {
      shown.put(onPage.group(1), onPage.group(2).strip());
    }
    Map<String, String> compiled = new LinkedHashMap<>();
    Matcher inClass =
        IN_CLASS.matcher(
            Files.readString(
                Path.of("src/test/java/io/github/sparkpysocial/streaming/Snippets.java")));
    while (inClass.find()) {
      compiled.put(inClass.group(1), inClass.group(2).stripIndent().strip());
    }

    assertThat(shown).isNotEmpty().isEqualTo(compiled);
  }

  @Test
  void theCodeOnThePageRuns(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("posts.jsonl");
    try (Quarantine quarantine = Quarantine.inMemory();
        RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine))) {
      store.write(
          List.of(
              Post.builder(Network.X, "1", "No tag")
                  .createdAt(Instant.parse("2026-11-01T12:00:00Z"))
                  .build()));
    }

    StreamingQuery query =
        Snippets.follow(
            SPARK.session(),
            "replay:" + file,
            directory.resolve("journal").toString(),
            "jdbc:h2:" + directory.resolve("counts") + "::counts",
            directory.resolve("checkpoint").toString());
    try {
      query.processAllAvailable();
      assertThat(query.exception().isDefined()).isFalse();
    } finally {
      query.stop(); // may break off a batch without rows
    }

    assertThat(directory.resolve("journal/end")).exists();
  }
}
