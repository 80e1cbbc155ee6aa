package io.github.sparkpysocial.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/stores.md} says of files is so. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class StoresDocsTest {
  private static final Path DOCS = Path.of("../docs/stores.md");
  private static final Path THIS =
      Path.of("src/test/java/io/github/sparkpysocial/store/StoresDocsTest.java");

  @TempDir private Path directory;

  // snippet: files
  static WriteSummary save(List<? extends SocialRecord> posts, String file) {
    try (Quarantine quarantine = Quarantine.toFile(Path.of(file + ".rejected.jsonl"));
        RecordStore store = Places.openStore(PlaceUri.parse(file), StoreOptions.with(quarantine))) {
      return store.write(posts); // inserted, updated, unchanged, deleted, quarantined
    }
  }

  // end

  // snippet: foreign-files
  static StoreOptions surveyOptions(Quarantine quarantine) {
    return StoreOptions.with(quarantine)
        .withNetwork(Network.X)
        .withSeparator(';')
        .withMapping(Map.of("created_at", "posted", "likes", "fav_count", "author_handle", "who"))
        .withDrift(Drift.SET_ASIDE_VALUE);
  }

  // end

  // snippet: directories
  static long countOfNovember(String directory, Quarantine quarantine) {
    Filter november =
        Filter.ALL
            .from(Network.X)
            .between(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-12-01T00:00:00Z"));
    try (RecordStore store =
        Places.openStore(PlaceUri.parse(directory), StoreOptions.with(quarantine))) {
      return store.count(november); // opens the files of these thirty days alone
    }
  }

  // end

  private static String block(String marker) throws IOException {
    Matcher block =
        Pattern.compile("<!-- " + marker + " -->\n```\\w+\n(.*?\n)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCS));
    assertThat(block.find()).as(marker).isTrue();
    return block.group(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"files", "foreign-files", "directories"})
  void theCodeIsThatOfThisTest(String name) throws IOException {
    Matcher code =
        Pattern.compile("// snippet: " + name + "\n(.*?)\n\n *// end", Pattern.DOTALL)
            .matcher(Files.readString(THIS));
    assertThat(code.find()).isTrue();

    assertThat(block("snippet: " + name)).isEqualTo(code.group(1).stripIndent() + "\n");
  }

  private static Post post(String id, String text) {
    return Post.builder(Network.X, id, text)
        .createdAt(Instant.parse("2026-11-01T12:00:00Z"))
        .build();
  }

  @Test
  void everyEndingOfTheTableCanBeWrittenAndRead() throws IOException {
    Matcher ending =
        Pattern.compile("^\\| `\\*(\\.[a-z]+)`", Pattern.MULTILINE).matcher(Files.readString(DOCS));
    int found = 0;
    while (ending.find()) {
      for (String packed : List.of("", ".gz", ".zst")) {
        String file = directory.resolve("posts" + ending.group(1) + packed).toString();
        assertThat(save(List.of(post("1", "a")), file).inserted()).isEqualTo(1);
        assertThat(save(List.of(post("1", "a"), post("2", "b")), file).inserted()).isEqualTo(1);
      }
      found++;
    }
    assertThat(found).isEqualTo(3);
  }

  @Test
  void theArrayLooksAsItIsShown() throws IOException {
    Path file = directory.resolve("posts.json");
    save(List.of(post("1", "hello"), post("2", "world")), file.toString());

    assertThat(Files.readString(file)).isEqualTo(block("array"));
  }

  @Test
  void theForeignTableIsReadAsItIsSaid() throws IOException {
    Path file = Files.writeString(directory.resolve("survey.csv"), block("survey"));
    InMemoryQuarantine quarantine = Quarantine.inMemory();

    try (RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), surveyOptions(quarantine));
        RecordCursor cursor = store.readAll()) {
      Post first = (Post) cursor.next();
      assertThat(first.engagement().likes()).isEqualTo(12);
      assertThat(((Post) cursor.next()).engagement().likes()).isNull();
    }
    assertThat(quarantine.rejected())
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.reason()).contains("'fav_count'"));
  }

  @Test
  void theDirectoryLooksAsItIsShown() throws IOException {
    String posts = directory + "/posts/";
    save(List.of(post("1", "a")), posts + ";by=network,day;format=jsonl.gz");

    for (String line : block("layout").lines().skip(1).toList()) {
      assertThat(Path.of(posts, line.strip())).exists();
    }
    assertThat(countOfNovember(posts, Quarantine.inMemory())).isEqualTo(1);
  }
}
