package io.github.sparkpysocial.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Drift;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/transfer.md} shows is so. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class TransferDocsTest {
  @TempDir private Path directory;

  private static TransferReport transfer(String from, String to, Quarantine quarantine) {
    // snippet: transfer
    TransferReport report =
        Transfer.builder(PlaceUri.parse(from), PlaceUri.parse(to))
            .options(StoreOptions.with(quarantine).withDrift(Drift.SET_ASIDE_VALUE))
            .filter(Filter.kinds(RecordKind.POST))
            .verify()
            .build()
            .run();
    // end
    return report;
  }

  private static String block(String marker) throws IOException {
    Matcher block =
        Pattern.compile("<!-- " + marker + " -->\n```\\w*\n(.*?\n)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../docs/transfer.md")));
    assertThat(block.find()).as(marker).isTrue();
    return block.group(1);
  }

  private Path posts() {
    Path file = directory.resolve("posts.jsonl");
    try (RecordStore store =
        Places.openStore(
            PlaceUri.parse(file.toString()), StoreOptions.with(Quarantine.inMemory()))) {
      store.write(List.of(Post.builder(Network.X, "1", "one").build()));
    }
    return file;
  }

  @Test
  void theSnippetIsCodeThatRuns() throws IOException {
    String source =
        Files.readString(
            Path.of("src/test/java/io/github/sparkpysocial/transfer/TransferDocsTest.java"));
    String code =
        source.substring(source.indexOf("// snippet: transfer\n"), source.indexOf("    // end\n"));

    assertThat(block("snippet: transfer"))
        .isEqualTo(code.substring(code.indexOf('\n') + 1).replaceAll("(?m)^    ", ""));
    assertThat(
            transfer(
                    posts().toString(),
                    directory.resolve("posts.csv").toString(),
                    Quarantine.inMemory())
                .verified())
        .isTrue();
  }

  @Test
  void theWayIsExplainedInTheseWords() throws IOException {
    List<String> steps =
        Transfer.builder(
                PlaceUri.parse(posts().toString()),
                PlaceUri.parse(directory.resolve("posts.jsonl.gz").toString()))
            .build()
            .explain();

    assertThat(String.join("\n", steps).replace(directory + "/", "") + "\n")
        .isEqualTo(block("explain"));
  }
}
