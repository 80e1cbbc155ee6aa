package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtractCommandTest {
  @TempDir Path directory;

  @Test
  void writesALineForEachLineInOrder() {
    String input =
        """
        {"id":"1","text":"😀 #spark by @apache, $AAPL http://example.com"}

        {"text":"nothing"}
        """;

    Ran ran = sparkpy(stream(input), "extract", "-").endsWith(0);

    assertThat(ran.outLines())
        .containsExactly(
            "{\"hashtags\":[{\"text\":\"spark\",\"start\":2,\"end\":8}],"
                + "\"mentions\":[{\"text\":\"apache\",\"start\":12,\"end\":19}],"
                + "\"urls\":[{\"text\":\"http://example.com\",\"start\":27,\"end\":45}],"
                + "\"cashtags\":[{\"text\":\"AAPL\",\"start\":21,\"end\":26}]}",
            "{\"hashtags\":[],\"mentions\":[],\"urls\":[],\"cashtags\":[]}");
  }

  @Test
  void setsAsideWhatHasNoTextAndKeepsTheRest() throws IOException {
    Path quarantine = directory.resolve("q.jsonl");
    String input =
        "{\"text\":\"#a\"}\n{\"text\":\n[]\n{\"text\":1}\n{\"other\":\"#b\"}\n{\"text\":\"x\"} {}\n"
            + "{\"text\":\"#c\"}";

    Ran ran =
        sparkpy(stream(input), "extract", "-", "--json", "--quarantine", quarantine).endsWith(3);

    assertThat(ran.outLines()).hasSize(3);
    assertThat(ran.outLines().get(1)).contains("\"text\":\"c\"");
    assertThat(ran.json().get("read").asLong()).isEqualTo(7);
    assertThat(ran.json().get("written").asLong()).isEqualTo(2);
    assertThat(ran.err()).contains("5 items were set aside in " + quarantine);
    List<String> lines = Files.readAllLines(quarantine);
    assertThat(lines)
        .extracting(line -> Ran.parse(line).get("line").asInt())
        .containsExactly(2, 3, 4, 5, 6);
    assertThat(Ran.parse(lines.get(0)).get("reason").asText()).startsWith("broken JSON");
  }

  @Test
  void findsWhatTheConformanceCasesOfTwitterTextExpect() throws IOException {
    Path cases = Path.of(System.getProperty("sparkpy.data", ""), "twitter-text", "extract.json");
    assumeTrue(Files.exists(cases), "not run: no real test data at " + cases);
    Map<String, String> sections =
        Map.of(
            "hashtags", "hashtags", "mentions", "mentions", "urls", "urls", "cashtags", "cashtags");
    ObjectMapper mapper = new ObjectMapper();
    JsonNode tests = mapper.readTree(cases.toFile()).get("tests");
    StringBuilder input = new StringBuilder();
    List<String> expected = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    sections.forEach(
        (section, kind) -> {
          for (JsonNode test : tests.get(section)) {
            input.append(mapper.createObjectNode().put("text", test.get("text").asText()));
            input.append('\n');
            expected.add(test.get("description").asText() + " " + test.get("expected"));
            kinds.add(kind);
          }
        });

    Ran ran = sparkpy(stream(input.toString()), "extract", "-").endsWith(0);

    List<String> actual = new ArrayList<>();
    List<String> lines = ran.outLines();
    for (int i = 0; i < lines.size(); i++) {
      List<String> found = new ArrayList<>();
      Ran.parse(lines.get(i)).get(kinds.get(i)).forEach(e -> found.add(e.get("text").asText()));
      String description = expected.get(i).substring(0, expected.get(i).indexOf(" ["));
      actual.add(description + " " + mapper.valueToTree(found));
    }
    assertThat(actual).hasSize(187).containsExactlyElementsOf(expected);
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
