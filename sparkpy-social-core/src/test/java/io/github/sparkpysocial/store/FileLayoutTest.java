package io.github.sparkpysocial.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How files are laid out: separators, guards, arrays, packing, and columns of other versions. */
class FileLayoutTest {
  @TempDir Path directory;
  private final InMemoryQuarantine quarantine = Quarantine.inMemory();

  private RecordStore open(Object place) {
    return open(place, StoreOptions.with(quarantine));
  }

  private static RecordStore open(Object place, StoreOptions options) {
    return Places.openStore(PlaceUri.parse(place.toString()), options);
  }

  private void write(Object place, SocialRecord... records) {
    try (RecordStore store = open(place)) {
      store.write(List.of(records));
    }
  }

  private List<SocialRecord> all(Object place) {
    return all(place, StoreOptions.with(quarantine));
  }

  private static List<SocialRecord> all(Object place, StoreOptions options) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = open(place, options);
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
    }
    return records;
  }

  private static Post post(String id, String text) {
    return Post.builder(Network.X, id, text).build();
  }

  @ParameterizedTest
  @CsvSource({"tab, '\t'", "semicolon, ;", "pipe, |", "'~', ~"})
  void aNewFileHasTheSeparatorOfItsUriAndKeepsIt(String name, String separator) throws IOException {
    Path file = directory.resolve("posts.csv");
    Post first = post("1", "a,b;c|d\te~f");
    Post second = post("2", "more");
    write(file + ";separator=" + name, first);
    write(file, second);
    try (RecordStore store = open(file, StoreOptions.with(quarantine).withSeparator(','))) {
      store.write(List.of(first, second));
    }

    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .allMatch(line -> line.contains(separator + "\"x\"") || line.contains("d" + separator));
    assertThat(all(file)).containsExactly(first, second);
  }

  @Test
  void whatCannotSeparateIsRefused() {
    for (String separator : List.of("5", "a", "-", "\"", "é", "two")) {
      assertThatThrownBy(() -> open(directory.resolve("a.csv") + ";separator=" + separator))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("tab");
    }
  }

  private static List<Post> formulas() {
    List<Post> posts = new ArrayList<>();
    for (String begin :
        List.of("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "a", "")) {
      for (String guard : List.of("", "'", "''", "' ", "'''")) {
        posts.add(post("id" + posts.size(), guard + begin + "1+1"));
      }
    }
    posts.add(post("=id", "'"));
    return posts;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyTextComesBackWhetherItWasGuardedOrNot(boolean guarded) {
    StoreOptions options = StoreOptions.with(quarantine);
    Path file = directory.resolve("formulas.csv");
    try (RecordStore store = open(file, guarded ? options.withFormulaGuard() : options)) {
      store.write(formulas());
    }

    assertThat(all(file, options)).containsExactlyElementsOf(formulas());
    assertThat(all(file, options.withFormulaGuard())).containsExactlyElementsOf(formulas());
    try (RecordStore store = open(file, options)) {
      assertThat(store.write(formulas()).unchanged()).isEqualTo(formulas().size());
    }
  }

  @Test
  void noGuardedCellBeginsAsAFormulaAndNumbersAreLeftAlone() throws IOException {
    Path file = directory.resolve("guarded.csv");
    Post south =
        post("1", "=HYPERLINK(\"http://a.example\")").toBuilder()
            .place(Place.at(new GeoPoint(-33.5, -70.25)))
            .build();
    try (RecordStore store = open(file, StoreOptions.with(quarantine).withFormulaGuard())) {
      store.write(List.of(south));
    }

    assertThat(Files.readAllLines(file).get(1))
        .contains("\"'=HYPERLINK(\"\"http://a.example\"\")\"", ",-33.5,-70.25,");
    assertThat(all(file)).containsExactly(south);
  }

  @Test
  void aNulIsSetAsideWhenItIsWritten() {
    Path file = directory.resolve("nul.csv");
    try (RecordStore store = open(file)) {
      WriteSummary summary = store.write(List.of(post("1", "a\0b"), post("2", "fine")));
      assertThat(summary).isEqualTo(new WriteSummary(1, 0, 0, 0, 1));
    }

    assertThat(all(file)).containsExactly(post("2", "fine"));
    assertThat(quarantine.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.field()).isEqualTo("text");
              assertThat(rejected.reason()).contains("NUL", ".jsonl");
              assertThat(new String(rejected.raw(), StandardCharsets.UTF_8))
                  .contains("\"text\":\"a\\u0000b\"");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"posts.json", "posts.json.gz", "posts.json.zst"})
  void aJsonFileIsAnArrayThatAnyToolCanOpenAfterEachBatch(String name) throws IOException {
    Path file = directory.resolve(name);
    Tombstone gone =
        new Tombstone(Network.X, "1", RecordKind.POST, null, null, Provenance.UNKNOWN, null);
    try (RecordStore store = open(file)) {
      store.write(List.of(post("1", "a")));
      assertThat(array(file)).hasSize(1);
      store.write(List.of(post("2", "b"), post("3", "c\u2028]")));
      assertThat(array(file)).hasSize(3);
      assertThat(text(file)).startsWith("[\n{\"record\":").endsWith("}\n]\n").hasLineCount(5);
      store.write(List.of(gone));
    }
    assertThat(array(file)).hasSize(3);
    try (RecordStore store = open(file)) {
      store.delete(List.of(post("2", "b").key(), post("3", "c").key(), gone.key()));
      assertThat(text(file)).isEqualTo("[\n]\n");
      store.write(List.of(post("4", "d")));
    }
    assertThat(array(file).get(0).get("text").asText()).isEqualTo("d");
    assertThat(quarantine.count()).isZero();
  }

  private static JsonNode array(Path file) throws IOException {
    JsonNode array = new ObjectMapper().readTree(text(file));
    assertThat(array.isArray()).isTrue();
    return array;
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream unpacked =
            file.toString().endsWith(".gz")
                ? new GZIPInputStream(in)
                : file.toString().endsWith(".zst") ? new ZstdInputStream(in) : in) {
      return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aJsonFileOfLinesStaysOne() throws IOException {
    Path lines = directory.resolve("posts.jsonl");
    write(lines, post("1", "a"));
    Path file = Files.move(lines, directory.resolve("posts.json"));
    write(file, post("2", "b"));

    assertThat(Files.readAllLines(file)).hasSize(2).allMatch(line -> line.endsWith("}"));
    assertThat(all(file)).containsExactly(post("1", "a"), post("2", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[%s]", " [ %s,\n%s ] ", "[\n%s\n]", "\uFEFF[%s]\n\n"})
  void anArrayOfOursThatSomebodyReformattedIsContinued(String layout) throws IOException {
    String pretty =
        "{ \"record\": \"post\",\n \"network\": \"x\", \"id\": \"%s\", \"text\": \"[}\" }";
    String content = layout.formatted(pretty.formatted("1"), pretty.formatted("2"));
    Path file = Files.writeString(directory.resolve("pretty.json"), content);
    write(file, post("3", "c"));

    assertThat(array(file).get(0).get("text").asText()).isEqualTo("[}");
    assertThat(all(file)).endsWith(post("3", "c")).startsWith(post("1", "[}"));
    assertThat(quarantine.count()).isZero();
  }

  @Test
  void aReaderOfAnArraySeesItAsItWas() {
    Path file = directory.resolve("posts.json");
    try (RecordStore store = open(file)) {
      store.write(List.of(post("1", "a")));
      try (RecordCursor cursor = store.readAll()) {
        store.write(List.of(post("2", "b")));
        assertThat(cursor.next()).isEqualTo(post("1", "a"));
        assertThat(cursor.hasNext()).isFalse();
        assertThat(cursor.quarantined()).isZero();
      }
    }
  }

  @Test
  void columnsThatAnOlderVersionDidNotHaveAreAddedByTheFirstWrite() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("old.csv"),
            """
            record;network;id;text;target_kind
            "post";"x";"1";"a;
            '=b";
            "tombstone";"x";"9";;"post"
            "bad"
            """);

    assertThat(all(file)).hasSize(2).contains(post("1", "a;\n'=b"));
    write(file, post("2", "c"));

    assertThat(Files.readString(file))
        .startsWith("record;network;id;kind;text;language;")
        .contains(";target_kind;deleted_at\n")
        .endsWith("\n");
    assertThat(all(file)).hasSize(3).contains(post("1", "a;\n'=b"), post("2", "c"));
  }

  @Test
  void columnsThatANewerVersionHasAreReadAndNotWritten() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("new.csv"),
            "record,network,id,text,mood\n\"post\",\"x\",\"1\",\"a\",\"glad\"\n");

    try (RecordStore store = open(file);
        RecordCursor cursor = store.readAll()) {
      assertThat(cursor.next().raw()).contains("\"mood\":\"glad\"");
      assertThat(cursor.unknownFields()).isEqualTo(Map.of("mood", 1L));
    }
    assertThatThrownBy(() -> write(file, post("2", "b")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("new.csv has columns that this version does not write for a post")
        .hasMessageContaining("mood")
        .hasMessageContaining("transfer it to a new file");
    assertThat(Files.readString(file)).endsWith("\"glad\"\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s\n", "[\n%s\n]\n"})
  void aJsonRecordOfANewerVersionIsReadAndNothingIsWrittenBesideIt(String layout)
      throws IOException {
    String newer =
        "{\"record\":\"post\",\"network\":\"x\",\"id\":\"1\",\"schema\":99,\"text\":\"a\","
            + "\"mood\":[\"glad\"]}";
    Path file = Files.writeString(directory.resolve("newer.json"), layout.formatted(newer));

    try (RecordStore store = open(file);
        RecordCursor cursor = store.readAll()) {
      assertThat(cursor.next().raw()).isEqualTo(newer);
      assertThat(cursor.unknownFields()).isEqualTo(Map.of("mood", 1L, "schema", 1L));
    }
    assertThatThrownBy(() -> write(file, post("2", "b")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer.json has schema version 99")
        .hasMessageContaining("use a newer sparkpy-social");
    assertThat(Files.readString(file)).isEqualTo(layout.formatted(newer));
  }

  @Test
  void aJsonRecordMaySayThatItIsOfThisVersion() throws IOException {
    String line =
        "{\"record\":\"post\",\"schema\":1,\"network\":\"x\",\"id\":\"1\",\"text\":\"a\"}\n";
    Path file = Files.writeString(directory.resolve("same.jsonl"), line);
    write(file, post("2", "b"));

    assertThat(all(file)).containsExactly(post("1", "a"), post("2", "b"));
  }

  @Test
  void aDamagedMemberDoesNotHideThatSomethingFollows() throws IOException {
    Path file = directory.resolve("posts.jsonl.gz");
    write(file, post("1", "a"));
    byte[] first = Files.readAllBytes(file);
    write(file, post("2", "b"));
    byte[] both = Files.readAllBytes(file);
    both[first.length] = 0;
    Files.write(file, both);

    assertThat(all(file)).containsExactly(post("1", "a"));
    assertThat(quarantine.rejected())
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.reason()).contains("damaged"));
  }

  @Test
  void aFileThatIsNotZstdSaysSo() throws IOException {
    Path file = Files.writeString(directory.resolve("plain.jsonl.zst"), "{\"id\":1}");

    assertThatThrownBy(() -> all(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ends in .zst but is not zstd-compressed");
  }

  @Test
  void withoutZstdItsArtifactIsNamed() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("zstd-jni"))
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                FileWritingTest.OtherWriter.class.getName(),
                directory.resolve("posts.jsonl.zst").toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isEqualTo(3);
    assertThat(output).contains("need com.github.luben:zstd-jni on the class path");
  }
}
