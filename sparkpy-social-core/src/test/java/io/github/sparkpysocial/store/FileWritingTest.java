package io.github.sparkpysocial.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.internal.SipHash;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How files look, and what is left of them after crashes. The contract is proven elsewhere. */
class FileWritingTest {
  @TempDir Path directory;
  private final InMemoryQuarantine quarantine = Quarantine.inMemory();

  private RecordStore open(Path file) {
    return Places.openStore(
        PlaceUri.parse(file.toString()), StoreOptions.with(quarantine).withBatchSize(10));
  }

  private List<SocialRecord> all(Path file) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = open(file);
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
    }
    return records;
  }

  private static Post post(String id, String text) {
    return Post.builder(Network.X, id, text).build();
  }

  private static List<Post> posts(int count) {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      posts.add(post("id" + i, "post \"number\"\n" + i));
    }
    return posts;
  }

  private static Tombstone deletionOf(String id) {
    return new Tombstone(Network.X, id, RecordKind.POST, null, null, Provenance.UNKNOWN, null);
  }

  @Test
  void aJsonLineBeginsWithRecordNetworkAndId() throws IOException {
    Path file = directory.resolve("posts.jsonl");
    try (RecordStore store = open(file)) {
      store.write(List.of(post("1", "a\u2028b"), deletionOf("9")));
    }

    assertThat(Files.readAllLines(file))
        .containsExactly(
            "{\"record\":\"post\",\"network\":\"x\",\"id\":\"1\",\"kind\":\"original\","
                + "\"text\":\"a\\u2028b\"}",
            "{\"record\":\"tombstone\",\"network\":\"x\",\"id\":\"9\",\"target_kind\":\"post\"}");
  }

  @Test
  void aCsvFileHasTheColumnsOfItsKindAndOfTombstones() throws IOException {
    Path file = directory.resolve("posts.csv");
    try (RecordStore store = open(file)) {
      store.write(List.of(post("1", "a, \"b\""), deletionOf("9")));
    }

    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0))
        .startsWith("record,network,id,kind,text,language,created_at,")
        .endsWith(",raw,target_kind,deleted_at");
    assertThat(lines.get(1)).startsWith("\"post\",\"x\",\"1\",\"original\",\"a, \"\"b\"\"\",,,");
    assertThat(lines.get(2)).startsWith("\"tombstone\",\"x\",\"9\",,,").endsWith(",\"post\",");
    assertThat(lines).hasSize(3);
  }

  @Test
  void deletedAndReplacedVersionsLeaveTheFileWhenItIsClosed() throws IOException {
    Path file = directory.resolve("posts.jsonl");
    try (RecordStore store = open(file)) {
      store.write(List.of(post("1", "secret words"), post("2", "old words"), post("3", "stays")));
      store.write(List.of(deletionOf("1"), post("2", "new words")));
    }

    assertThat(Files.readString(file))
        .contains("new words", "stays", "tombstone")
        .doesNotContain("secret words", "old words");
    assertThat(all(file)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"posts.jsonl", "posts.csv"})
  void aTornEndIsCutOffAndSetAsideWhereverItIsTorn(String name) throws IOException {
    Path whole = directory.resolve(name);
    try (RecordStore store = open(whole)) {
      store.write(posts(3));
    }
    byte[] bytes = Files.readAllBytes(whole);
    long twoPosts;
    Path two = directory.resolve("two-" + name);
    try (RecordStore store = open(two)) {
      store.write(posts(2));
    }
    twoPosts = Files.size(two);

    for (long cut = twoPosts + 1; cut < bytes.length - 1; cut++) {
      Path torn = directory.resolve("torn-" + cut + "-" + name);
      Files.write(torn, bytes);
      try (FileChannel channel = FileChannel.open(torn, StandardOpenOption.WRITE)) {
        channel.truncate(cut);
      }
      InMemoryQuarantine own = Quarantine.inMemory();
      try (RecordStore store =
          Places.openStore(PlaceUri.parse(torn.toString()), StoreOptions.with(own))) {
        WriteSummary summary = store.write(posts(4));
        boolean complete = own.count() == 0;
        assertThat(summary.inserted()).as("cut at %s", cut).isEqualTo(complete ? 1 : 2);
        assertThat(summary.updated()).as("cut at %s", cut).isZero();
      }
      assertThat(all(torn)).as("cut at %s", cut).isEqualTo(posts(4));
    }
    assertThat(quarantine.count()).isZero();
  }

  @Test
  void aTornGzipMemberIsReplaced() throws IOException {
    Path file = directory.resolve("posts.jsonl.gz");
    try (RecordStore store = open(file)) {
      store.write(posts(10));
      store.write(posts(20));
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 20));

    try (RecordStore store = open(file)) {
      store.write(posts(25));
    }

    assertThat(quarantine.rejected())
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.reason()).contains("left by half"));
    assertThat(all(file)).containsExactlyInAnyOrderElementsOf(posts(25));
    assertThat(quarantine.count()).isEqualTo(1);
  }

  @Test
  void badLinesSurviveARewrite() throws IOException {
    Path file = directory.resolve("posts.jsonl");
    try (RecordStore store = open(file)) {
      store.write(posts(2));
    }
    Files.writeString(file, "not json\n", StandardOpenOption.APPEND);
    try (RecordStore store = open(file)) {
      store.write(List.of(post("id0", "changed")));
    }

    assertThat(Files.readString(file)).contains("not json\n").contains("changed");
  }

  @Test
  void aBrokenVersionTakesNothingFromAGoodOne() throws IOException {
    Path file = directory.resolve("posts.jsonl");
    try (RecordStore store = open(file)) {
      store.write(List.of(post("1", "good"), post("2", "b")));
    }
    String good = Files.readString(file);
    String broken = good.lines().toList().get(0).replace("good", "bad\\x");
    for (String lines : List.of(broken + '\n' + good, good + broken + '\n')) {
      Files.writeString(file, lines);

      try (RecordStore store = open(file)) {
        assertThat(store.write(List.of(post("2", "c"))).updated()).isEqualTo(1);
      }

      assertThat(Files.readString(file)).contains(broken, "good", "\"c\"").doesNotContain("\"b\"");
      assertThat(all(file)).containsExactlyInAnyOrder(post("1", "good"), post("2", "c"));
    }
  }

  @Test
  void theKeyOfTheHashChangesNothing() throws IOException {
    List<List<String>> files = new ArrayList<>();
    for (SipHash hash : List.of(new SipHash(0, 0), new SipHash(7, -7), SipHash.withRandomKey())) {
      Path file = directory.resolve("hashed-" + files.size() + ".jsonl");
      for (int run = 0; run < 3; run++) {
        List<SocialRecord> batch = new ArrayList<>(posts(40));
        batch.add(post("id3", "run " + run));
        batch.add(deletionOf("id5"));
        try (FileWriter writer = writer(file, hash)) {
          WriteSummary summary = writer.write(batch);
          // post 3 comes as it was and as it is now; post 5 is deleted once
          assertThat(summary)
              .isEqualTo(
                  run == 0 ? new WriteSummary(41, 1, 0, 1, 0) : new WriteSummary(0, 2, 40, 0, 0));
        }
      }
      files.add(Files.readAllLines(file));
    }

    assertThat(files.get(0)).hasSize(40).isEqualTo(files.get(1)).isEqualTo(files.get(2));
  }

  private FileWriter writer(Path file, SipHash hash) {
    StoreOptions options = StoreOptions.with(quarantine);
    return FileWriter.open(
        file,
        FileType.of("posts.jsonl", "posts.jsonl"),
        options,
        () ->
            new DataFile(file, FileType.of("posts.jsonl", "posts.jsonl"), options, null, List.of()),
        hash);
  }

  @Test
  void aSecondWriterIsRefusedUntilTheFirstIsDone() {
    Path file = directory.resolve("posts.jsonl");
    try (RecordStore first = open(file)) {
      first.write(posts(1));
      try (RecordStore second = open(file)) {
        assertThatThrownBy(() -> second.write(posts(1)))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("Another writer has " + file + " open");
        assertThat(second.count(Filter.ALL)).isEqualTo(1);
      }
      first.write(posts(2));
    }
    try (RecordStore second = open(file)) {
      assertThat(second.write(posts(3)).inserted()).isEqualTo(1);
    }
  }

  @Test
  void aSecondWriterInAnotherProcessIsRefused() throws Exception {
    Path file = directory.resolve("posts.jsonl");
    try (RecordStore first = open(file)) {
      first.write(posts(1));
      Process other =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherWriter.class.getName(),
                  file.toString())
              .redirectErrorStream(true)
              .start();
      String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(other.waitFor()).as(output).isEqualTo(3);
      assertThat(output).contains("Another writer has");
    }
  }

  /** Tries to write, as another process. */
  static final class OtherWriter {
    private OtherWriter() {}

    public static void main(String[] arguments) {
      try (RecordStore store =
          Places.openStore(
              PlaceUri.parse(arguments[0]), StoreOptions.with(Quarantine.inMemory()))) {
        store.write(posts(2));
      } catch (StoreException e) {
        System.out.println(e.getMessage());
        System.exit(3);
      }
    }
  }

  @Test
  void aDirectoryThatIsNotThereIsNamed() {
    Path file = directory.resolve("missing/posts.jsonl");

    assertThatThrownBy(
            () -> {
              try (RecordStore store = open(file)) {
                store.write(posts(1));
              }
            })
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no directory")
        .hasMessageContaining("make it first");
  }

  @Test
  void aFileOfAnotherToolIsReadOnly() throws IOException {
    Path file = Files.writeString(directory.resolve("table.csv"), "id,text\n1,a\n");

    try (RecordStore store = open(file)) {
      assertThat(store.capabilities()).doesNotContain(StoreCapability.WRITE);
      assertThatThrownBy(() -> store.write(posts(1)))
          .isInstanceOf(UnsupportedCapabilityException.class)
          .hasMessageContaining("another tool")
          .hasMessageContaining("WRITE");
    }
    assertThat(Files.readString(file)).isEqualTo("id,text\n1,a\n");
  }

  @Test
  void aReaderSeesTheFileAsItWasWhenItBegan() {
    Path file = directory.resolve("posts.jsonl");
    try (RecordStore store = open(file)) {
      store.write(posts(5));
      try (RecordCursor cursor = store.readAll()) {
        store.write(posts(8));
        List<SocialRecord> seen = new ArrayList<>();
        cursor.forEachRemaining(seen::add);
        assertThat(seen).hasSize(5);
      }
      assertThat(store.count(Filter.ALL)).isEqualTo(8);
    }
  }

  @Test
  void manyUpdatesDoNotLetTheFileGrowForEver() throws IOException {
    Path file = directory.resolve("posts.jsonl");
    long once;
    try (RecordStore store = open(file)) {
      store.write(posts(10));
      once = Files.size(file);
      for (int round = 0; round < 1_100; round++) {
        List<Post> changed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
          changed.add(post("id" + i, "round " + round));
        }
        store.write(changed);
      }
      assertThat(Files.size(file)).isLessThan(once * 500);
    }
    assertThat(Files.size(file)).isLessThan(once * 2);
    assertThat(all(file)).hasSize(10);
  }
}
