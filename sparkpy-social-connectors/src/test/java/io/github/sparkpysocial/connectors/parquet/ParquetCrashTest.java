package io.github.sparkpysocial.connectors.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A writer is stopped before each of its steps; what it leaves is looked at and gone on with. */
class ParquetCrashTest {
  private static final Limits A_PART_A_BATCH = new Limits(1, 1, 1L << 40, 64);
  private static final Limits MERGING = new Limits(1L << 40, 1L << 40, 1L << 40, 2);
  private static final Limits FOLDING_AT_ONCE = new Limits(1L << 40, 1L << 40, 0, 64);

  /** What the writer does, one durable step of the contract each. */
  private static final List<Consumer<RecordStore>> OPERATIONS =
      List.of(
          store -> store.write(List.of(post("1", "new words"), post("10", "a new post"))),
          store -> store.write(List.of(SampleRecords.deletionOf("2"), post("3", "edited"))),
          store -> store.delete(List.of(key("4"))),
          store -> store.write(List.of(post("11", "another"), post("1", "newer words"))));

  @TempDir Path directory;

  /** Thrown instead of a step, and of all that follow. */
  private static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Syncs nothing, since no power is cut here. */
  private static class QuickSteps extends FileSteps {
    @Override
    void force(FileChannel file) throws IOException {}

    @Override
    void forceDirectoryOf(Path file) {}
  }

  private static final class StoppingSteps extends QuickSteps {
    private int left;

    StoppingSteps(int steps) {
      this.left = steps;
    }

    private void step() {
      if (left == 0) {
        throw new Crash();
      }
      left--;
    }

    @Override
    FileChannel create(Path file) throws IOException {
      step();
      return super.create(file);
    }

    @Override
    void force(FileChannel file) {
      step();
    }

    @Override
    void move(Path from, Path to) throws IOException {
      step();
      super.move(from, to);
    }

    @Override
    void delete(Path file) throws IOException {
      step();
      super.delete(file);
    }
  }

  private static SocialRecord post(String id, String text) {
    return SampleRecords.post(id, text);
  }

  private static RecordKey key(String id) {
    return new RecordKey(Network.X, RecordKind.POST, id);
  }

  private static RecordStore open(Path place, FileSteps steps, Limits limits) {
    return ParquetStore.of(
        PlaceUri.parse(place.toString()),
        place,
        StoreOptions.with(Quarantine.inMemory()),
        steps,
        limits);
  }

  /** Makes a place with three parts. */
  private Path prepared(String name) throws IOException {
    Path template = directory.resolve("template.parquet");
    if (!Files.exists(template)) {
      try (RecordStore store = open(template, new QuickSteps(), A_PART_A_BATCH)) {
        for (int id = 1; id < 7; id += 2) {
          store.write(List.of(post("" + id, "old words"), post("" + (id + 1), "old words")));
        }
      }
    }
    Path place = Files.createDirectory(directory.resolve(name + ".parquet"));
    try (Stream<Path> files = Files.list(template)) {
      for (Path file : files.toList()) {
        Files.copy(file, place.resolve(file.getFileName()));
      }
    }
    return place;
  }

  /** Returns what our reader sees, by key. */
  private static Map<RecordKey, SocialRecord> seen(Path place) {
    Map<RecordKey, SocialRecord> records = new TreeMap<>();
    try (RecordStore store = open(place, new QuickSteps(), Limits.USUAL);
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(
          record ->
              assertThat(records.put(record.key(), record)).as("%s twice", record.key()).isNull());
    }
    return records;
  }

  /** Returns the keys that somebody sees who reads all files that are not hidden. */
  private static Set<String> plainlySeen(Path place) throws IOException {
    Set<String> keys = new TreeSet<>();
    try (Stream<Path> files = Files.list(place)) {
      for (Path file : files.filter(f -> !f.getFileName().toString().matches("[._].*")).toList()) {
        try (PartFile part = PartFile.of(file, Map.of());
            PartRows rows = part.read(null, FilterCompat.NOOP)) {
          Map<String, @Nullable Object> row;
          while ((row = rows.next()) != null) {
            String key = String.valueOf(row.get(TableLayout.KEY));
            assertThat(keys.add(key)).as("%s once in %s", key, place).isTrue();
          }
        }
      }
    }
    return keys;
  }

  private void stopBeforeEachStep(String name, Limits limits) throws IOException {
    List<Map<RecordKey, SocialRecord>> states = new ArrayList<>();
    Path whole = prepared(name + "-whole");
    states.add(seen(whole));
    try (RecordStore store = open(whole, new QuickSteps(), limits)) {
      for (Consumer<RecordStore> operation : OPERATIONS) {
        operation.accept(store);
        states.add(seen(whole));
      }
    }
    Map<RecordKey, SocialRecord> last = states.get(states.size() - 1);
    assertThat(last.keySet())
        .extracting(RecordKey::id)
        .containsExactlyInAnyOrder("1", "10", "11", "3", "5", "6", "post/2");
    assertThat(seen(whole)).isEqualTo(last);

    boolean crashed = true;
    for (int steps = 0; crashed; steps++) {
      Path place = prepared(name + "-" + steps);
      int done = 0;
      RecordStore store = open(place, new StoppingSteps(steps), limits);
      Throwable crash = null;
      for (Consumer<RecordStore> operation : OPERATIONS) {
        crash = crash == null ? catchThrowable(() -> operation.accept(store)) : crash;
        done += crash == null ? 1 : 0;
      }
      Throwable crashOnClose = catchThrowable(store::close);
      crashed = crash != null || crashOnClose != null;

      // Who was told that a batch is there finds it; the one that was cut is there or not.
      assertThat(seen(place)).isIn(states.subList(done, Math.min(done + 2, states.size())));
      plainlySeen(place);

      try (RecordStore again = open(place, new QuickSteps(), limits)) {
        OPERATIONS.forEach(operation -> operation.accept(again));
      }
      assertThat(seen(place)).isEqualTo(last);
      assertThat(plainlySeen(place)).hasSameSizeAs(last.keySet());
      assertThat(place).isDirectoryNotContaining("glob:**/{.,_}*");
      assertThat(steps).as("steps without reaching the end").isLessThan(200);
    }
  }

  @Test
  void aCrashLeavesBatchesWholeAndIsMadeGoodByTheNextWriter() throws IOException {
    stopBeforeEachStep("usual", Limits.USUAL);
  }

  @Test
  void aCrashWhilePartsAreAddedLeavesNoRecordTwice() throws IOException {
    stopBeforeEachStep("parts", A_PART_A_BATCH);
  }

  @Test
  void aCrashWhileDeltasAreMergedLosesNothing() throws IOException {
    stopBeforeEachStep("merging", MERGING);
  }

  @Test
  void aCrashWhileFoldingAtOnceLosesNothing() throws IOException {
    stopBeforeEachStep("folding", FOLDING_AT_ONCE);
  }
}
