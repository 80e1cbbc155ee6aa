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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A writer that is killed leaves the first bytes of what it was writing, over what was there. Each
 * test makes all these files, one for each number of bytes, and opens them.
 */
class FileCrashTest {
  private static final List<Post> DURABLE = List.of(post("1", "a \"1\"\nb"), post("2", "é, ; [}"));
  private static final List<Post> TORN = List.of(post("3", "c\n\"\"d"), post("4", "]\n[{"));
  private static final List<Post> ALL =
      List.of(DURABLE.get(0), DURABLE.get(1), TORN.get(0), TORN.get(1));

  @TempDir(factory = Memory.class)
  Path directory;

  /** Thousands of files are made durable here; where memory can hold them, no disk is asked to. */
  static final class Memory implements TempDirFactory {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
        throws IOException {
      return Files.isWritable(SHARED_MEMORY)
          ? Files.createTempDirectory(SHARED_MEMORY, "crash")
          : Files.createTempDirectory("crash");
    }
  }

  private static Post post(String id, String text) {
    return Post.builder(Network.X, id, text).build();
  }

  private static RecordStore open(Path file, Quarantine quarantine) {
    return Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine));
  }

  private byte[] written(String name, List<List<Post>> batches) throws IOException {
    Path file = directory.resolve(batches.size() + "-" + name);
    try (RecordStore store = open(file, Quarantine.inMemory())) {
      batches.forEach(store::write);
    }
    return Files.readAllBytes(file);
  }

  private static List<SocialRecord> all(Path file, Quarantine quarantine) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = open(file, quarantine);
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
    }
    return records;
  }

  /** Returns what is in a file when {@code count} bytes of the last write are. */
  private static byte[] torn(byte[] before, byte[] after, int from, int count) {
    byte[] torn = Arrays.copyOf(before, Math.max(before.length, from + count));
    System.arraycopy(after, from, torn, from, count);
    return torn;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jsonl",
        "a.json",
        "a.csv",
        "a.jsonl.gz",
        "a.json.gz",
        "a.csv.gz",
        "a.jsonl.zst",
        "a.json.zst",
        "a.csv.zst"
      })
  void noByteOfABatchIsTheOneToBeKilledAt(String name) throws IOException {
    byte[] before = written(name, List.of(DURABLE));
    byte[] after = written(name, List.of(DURABLE, TORN));
    int from = Arrays.mismatch(before, after);
    assertThat(from).as("appended in place").isGreaterThan(before.length - 30);

    for (int count = 0; count <= after.length - from; count++) {
      Path file = Files.write(directory.resolve(name), torn(before, after, from, count));

      assertThat(all(file, Quarantine.inMemory()))
          .as("read when cut at %s", count)
          .containsAll(DURABLE)
          .isSubsetOf(ALL);
      InMemoryQuarantine quarantine = Quarantine.inMemory();
      try (RecordStore store = open(file, quarantine)) {
        WriteSummary summary = store.write(ALL);
        assertThat(summary.inserted() + summary.unchanged()).as("cut at %s", count).isEqualTo(4);
        assertThat(summary.unchanged()).as("cut at %s", count).isGreaterThanOrEqualTo(2);
      }
      assertThat(all(file, quarantine)).as("cut at %s", count).containsExactlyElementsOf(ALL);
      assertThat(quarantine.count()).as("cut at %s", count).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"b.jsonl", "b.json", "b.csv", "b.csv.gz", "b.json.zst"})
  void theFirstBatchMayBeTornToo(String name) throws IOException {
    byte[] after = written(name, List.of(DURABLE));

    for (int count = 0; count < after.length; count++) {
      Path file = Files.write(directory.resolve(name), Arrays.copyOf(after, count));

      assertThat(all(file, Quarantine.inMemory())).as("cut at %s", count).isSubsetOf(DURABLE);
      try (RecordStore store = open(file, Quarantine.inMemory())) {
        store.write(DURABLE);
      }
      InMemoryQuarantine quarantine = Quarantine.inMemory();
      assertThat(all(file, quarantine)).as("cut at %s", count).containsExactlyElementsOf(DURABLE);
      assertThat(quarantine.count()).as("cut at %s", count).isZero();
    }
  }
}
