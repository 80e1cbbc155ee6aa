package io.github.sparkpysocial.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource.Order;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/harvest.md} says of the ledger is so. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class HarvestDocsTest {
  private static final Path DOCS = Path.of("../docs/harvest.md");

  @TempDir private Path directory;

  // snippet: complete
  static boolean isComplete(Path ledger, String source, String store, Instant from, Instant to) {
    return Ledger.open(ledger)
        .find(source, store)
        .map(entry -> entry.isComplete(from, to))
        .orElse(false);
  }

  // end

  private static String block(String marker) throws IOException {
    Matcher block =
        Pattern.compile("<!-- " + marker + " -->\n```\\w+\n(.*?\n)```", Pattern.DOTALL)
            .matcher(Files.readString(DOCS));
    assertThat(block.find()).as(marker).isTrue();
    return block.group(1);
  }

  private Path example() throws IOException {
    return Files.writeString(directory.resolve("posts.jsonl.ledger.json"), block("ledger"));
  }

  @Test
  void theExampleIsALedgerCharacterByCharacter() throws IOException {
    Path file = example();
    Ledger ledger = Ledger.open(file);

    ledger.entries().forEach(ledger::commit);

    assertThat(file).hasContent(block("ledger"));
  }

  @Test
  void theExampleSaysWhatTheTextSays() throws IOException {
    Path file = example();
    String source = "x:search?q=spark";

    assertThat(isComplete(file, source, "posts.jsonl", day(12), day(14))).isTrue();
    assertThat(isComplete(file, source, "posts.jsonl", day(14), day(16))).isFalse();
    assertThat(isComplete(file, source, "other.jsonl", day(12), day(14))).isFalse();
    assertThat(Ledger.open(file).entries().get(0).holes())
        .singleElement()
        .matches(LedgerHole::isOpen);
  }

  private static Instant day(int day) {
    return Instant.parse("2026-11-" + day + "T00:00:00Z");
  }

  @Test
  void everyFieldIsInTheTableAndEveryFieldOfTheTableIsWritten() throws IOException {
    Instant time = day(12);
    Position position = new Position("1", time);
    LedgerEntry everything =
        new LedgerEntry(
            "x:a",
            "b",
            Order.NEWEST_FIRST,
            List.of(new Interval(position, position)),
            List.of(
                new LedgerHole(
                    position,
                    position,
                    time,
                    time,
                    "c",
                    new LedgerHole.Next(position, position, "d", time))),
            time,
            time,
            "e",
            1L,
            "f");
    Path file = directory.resolve("all.ledger.json");
    Ledger.open(file).commit(everything);
    Set<String> written = new TreeSet<>();
    collect(new ObjectMapper().readTree(file.toFile()), written);

    Set<String> documented = new TreeSet<>();
    String table =
        Files.readString(DOCS).split("\\| field \\| means \\|", 2)[1].split("\n\n", 2)[0];
    Matcher name = Pattern.compile("`([a-zA-Z]+)`").matcher(table);
    while (name.find()) {
      documented.add(name.group(1));
    }
    documented.removeAll(Set.of("beginning", "UNORDERED"));

    assertThat(documented).isEqualTo(written);
  }

  private static void collect(JsonNode node, Set<String> names) {
    node.properties().forEach(field -> names.add(field.getKey()));
    node.forEach(child -> collect(child, names));
  }

  @Test
  void theCodeIsThatOfThisTest() throws IOException {
    Matcher code =
        Pattern.compile("// snippet: complete\n(.*?)\n\n *// end", Pattern.DOTALL)
            .matcher(
                Files.readString(
                    Path.of("src/test/java/io/github/sparkpysocial/harvest/HarvestDocsTest.java")));
    assertThat(code.find()).isTrue();

    assertThat(block("snippet: complete")).isEqualTo(code.group(1).stripIndent() + "\n");
  }
}
