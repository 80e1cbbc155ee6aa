package io.github.sparkpysocial.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.RecordSchema.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/schema.md} the same as the code. */
class DataDictionaryTest {
  private static final Path DICTIONARY = Path.of("../docs/schema.md");

  @Test
  void theWrittenDictionaryHasTheColumnsOfTheCode() throws IOException {
    String written = Files.readString(DICTIONARY);

    assertThat(written).contains("version " + RecordSchema.VERSION);
    for (RecordKind kind : RecordKind.values()) {
      assertThat(written)
          .as("the table of %s in %s; it should read as shown", kind.wireName(), DICTIONARY)
          .contains(table(kind));
    }
  }

  @Test
  void everyColumnIsExplained() {
    for (RecordKind kind : RecordKind.values()) {
      for (Column column : RecordSchema.of(kind).columns()) {
        assertThat(column.description()).endsWith(".");
        assertThat(column.name()).matches("[a-z][a-z_]*");
      }
      assertThat(RecordSchema.of(kind).columns())
          .extracting(Column::name)
          .startsWith("record", "network", "id")
          .endsWith("source_uri", "fetched_at", "tool", "raw")
          .doesNotHaveDuplicates();
    }
  }

  private static String table(RecordKind kind) {
    StringBuilder table = new StringBuilder();
    table.append("## ").append(kind.wireName()).append("\n\n");
    table.append("| column | type | required | meaning |\n|---|---|---|---|\n");
    for (Column column : RecordSchema.of(kind).columns()) {
      row(column.name(), column, table);
      for (Column field : column.fields()) {
        row(column.name() + "[]." + field.name(), field, table);
      }
    }
    return table.toString();
  }

  private static void row(String name, Column column, StringBuilder table) {
    table
        .append("| `")
        .append(name)
        .append("` | ")
        .append(column.type().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .append(" | ")
        .append(column.required() ? "yes" : "")
        .append(" | ")
        .append(column.description())
        .append(" |\n");
  }
}
