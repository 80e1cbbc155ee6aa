package io.github.sparkpysocial.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {
  @TempDir Path directory;

  @Test
  void theFileIsMadeWhenTheFirstThingIsSetAside() {
    Path file = directory.resolve("quarantine.jsonl");
    try (Quarantine quarantine = Quarantine.toFile(file)) {
      assertThat(quarantine.count()).isZero();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void eachThingIsALineWithItsPlaceAndBytes() throws IOException {
    Path file = directory.resolve("quarantine.jsonl");
    byte[] text = "{\"a\": \"é\n\"".getBytes(StandardCharsets.UTF_8);
    byte[] noText = {'a', (byte) 0xE9, 'b'};
    try (Quarantine quarantine = Quarantine.toFile(file)) {
      quarantine.setAside(new Rejected("a.jsonl", 17, "id", "is missing", text));
      quarantine.setAside(new Rejected("mongodb://h/d::c", 0, null, "is broken", noText));
      assertThat(quarantine.count()).isEqualTo(2);
    }

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    JsonNode first = new ObjectMapper().readTree(lines.get(0));
    assertThat(first.get("place").asText()).isEqualTo("a.jsonl");
    assertThat(first.get("line").asLong()).isEqualTo(17);
    assertThat(first.get("field").asText()).isEqualTo("id");
    assertThat(first.get("reason").asText()).isEqualTo("is missing");
    assertThat(first.get("raw").asText()).isEqualTo("{\"a\": \"é\n\"");
    JsonNode second = new ObjectMapper().readTree(lines.get(1));
    assertThat(second.has("line")).isFalse();
    assertThat(second.get("raw_base64").binaryValue()).isEqualTo(noText);
  }

  @Test
  void aLaterRunAddsToTheFile() throws IOException {
    Path file = directory.resolve("quarantine.jsonl");
    for (int run = 0; run < 2; run++) {
      try (Quarantine quarantine = Quarantine.toFile(file)) {
        quarantine.setAside(new Rejected("a", run, null, "reason", new byte[0]));
      }
    }
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aFileThatCannotBeWrittenIsNamed() {
    Path file = directory.resolve("missing/quarantine.jsonl");
    try (Quarantine quarantine = Quarantine.toFile(file)) {
      assertThatThrownBy(
              () -> quarantine.setAside(new Rejected("a", 1, null, "reason", new byte[0])))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("directory that exists");
    }
  }
}
