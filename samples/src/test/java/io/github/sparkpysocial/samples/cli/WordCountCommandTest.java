package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordCountCommandTest {
  @TempDir Path directory;

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content);
  }

  private Path write(String name, String content) throws IOException {
    return write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void countsLinesCharactersAndLongWords() throws IOException {
    Path file = write("a.txt", "Spark spark, SPARK!\r\nto be sure; größer größer 😀\n\nend\n");

    Ran ran = sparkpy("wordcount", "--json", file).endsWith(0);

    JsonNode json = ran.json();
    assertThat(json.get("lines").asLong()).isEqualTo(4);
    assertThat(json.get("characters").asLong()).isEqualTo(19 + 27 + 3);
    assertThat(json.get("top").toString())
        .isEqualTo(
            "[{\"word\":\"spark\",\"count\":3},{\"word\":\"größer\",\"count\":2},"
                + "{\"word\":\"sure\",\"count\":1}]");
    assertThat(ran.outLines()).hasSize(1);
  }

  @Test
  void showsTwentyWordsAtMostEqualsByTheAlphabet() throws IOException {
    StringBuilder text = new StringBuilder();
    for (char c = 'z'; c >= 'a'; c--) {
      text.append("word").append(c).append(' ');
    }

    JsonNode top =
        sparkpy("wordcount", "--json", write("b.txt", text.toString())).json().get("top");

    assertThat(top).hasSize(20);
    assertThat(top.get(0).get("word").asText()).isEqualTo("worda");
    assertThat(top.get(19).get("word").asText()).isEqualTo("wordt");
  }

  @Test
  void speaksToPeopleWithoutJson() throws IOException {
    Ran ran = sparkpy("wordcount", write("c.txt", "hello hello")).endsWith(0);

    assertThat(ran.out()).contains("lines       1").contains("2  hello").doesNotContain("{");
  }

  @Test
  void readsGzipAndTheStandardInput() throws IOException {
    Path file = directory.resolve("d.txt.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("packed\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(sparkpy("wordcount", "--json", file).json().get("lines").asLong()).isEqualTo(1);
    assertThat(
            sparkpy(
                    new ByteArrayInputStream("a\nb".getBytes(StandardCharsets.UTF_8)),
                    "wordcount",
                    "--json",
                    "-")
                .json()
                .get("lines")
                .asLong())
        .isEqualTo(2);
  }

  @Test
  void anEmptyFileHasNoLines() throws IOException {
    JsonNode json = sparkpy("wordcount", "--json", write("e.txt", "")).endsWith(0).json();

    assertThat(json.get("lines").asLong()).isZero();
    assertThat(json.get("top")).isEmpty();
  }

  @Test
  void aLineThatIsNotUtf8IsSetAsideAndTheRestCounted() throws IOException {
    Path file = write("f.txt", new byte[] {'g', 'o', 'o', 'd', '\n', (byte) 0xff, '\n', 'b'});
    Path quarantine = directory.resolve("q.jsonl");

    Ran ran = sparkpy("wordcount", "--json", file, "--quarantine", quarantine).endsWith(3);

    assertThat(ran.err()).contains(quarantine.toString());
    assertThat(ran.json().get("lines").asLong()).isEqualTo(3);
    JsonNode setAside = Ran.parse(Files.readString(quarantine));
    assertThat(setAside.get("line").asLong()).isEqualTo(2);
    assertThat(setAside.get("raw_base64").asText()).isEqualTo("/w==");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    Ran ran = sparkpy("wordcount", directory.resolve("none.txt")).endsWith(1);

    assertThat(ran.err()).contains("none.txt does not exist").doesNotContain("Exception");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDirectoryIsNoFile() {
    assertThat(sparkpy("wordcount", directory).endsWith(1).err()).contains("is a directory");
  }
}
