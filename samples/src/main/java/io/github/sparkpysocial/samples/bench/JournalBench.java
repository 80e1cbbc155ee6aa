package io.github.sparkpysocial.samples.bench;

import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.streaming.journal.Journal;
import io.github.sparkpysocial.streaming.journal.JournalCursor;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalOptions;
import io.github.sparkpysocial.streaming.journal.JournalReader;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures writing a journal against appending the same bytes to one file, with as many forces to
 * the disk: the price of lengths, checksums, times, segments and of telling readers.
 */
public final class JournalBench {
  /** What the ratio is against. */
  public static final String BASELINE = "FileChannel, the same bytes, as many forces";

  private static final int DIFFERENT = 10_000;

  private final Path directory;
  private final Consumer<String> listener;

  /**
   * Makes a benchmark.
   *
   * @param directory where its files go
   * @param listener hears what is done
   */
  public JournalBench(Path directory, Consumer<String> listener) {
    this.directory = directory;
    this.listener = listener;
  }

  /**
   * Measures.
   *
   * @param posts how many entries there are; they repeat after 10,000
   * @param batch how many entries are committed together
   * @param sync what a commit survives
   * @param rounds how often each is run, by turns; the median counts
   */
  public Map<String, @Nullable Object> ratio(
      int posts, int batch, JournalOptions.Sync sync, int rounds) throws IOException {
    byte[][] entries = entries(Math.min(posts, DIFFERENT));
    List<Double> ours = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    List<Double> reads = new ArrayList<>();
    for (int round = -1; round < rounds; round++) { // the first warms up
      double bareSeconds = seconds(() -> append(entries, posts, batch, sync));
      double journalSeconds = seconds(() -> write(entries, posts, batch, sync));
      double readSeconds = seconds(this::read);
      listener.accept(
          "round " + round + ": journal " + journalSeconds + " s, bare " + bareSeconds + " s");
      if (round >= 0) {
        ours.add(journalSeconds);
        bare.add(bareSeconds);
        reads.add(readSeconds);
      }
    }
    clear();
    double bytes = 0;
    for (int i = 0; i < posts; i++) {
      bytes += entries[i % entries.length].length;
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("name", "journal");
    result.put("baseline", BASELINE);
    result.put("ratio", median(bare) / median(ours));
    result.put("runs", rounds);
    result.put("posts", posts);
    result.put("batch", batch);
    result.put("sync", sync.name());
    result.put("megabytes", bytes / 1e6);
    result.put("journalMegabytesPerSecond", bytes / 1e6 / median(ours));
    result.put("bareMegabytesPerSecond", bytes / 1e6 / median(bare));
    result.put("readMegabytesPerSecond", bytes / 1e6 / median(reads));
    return result;
  }

  private static byte[][] entries(int posts) {
    Community community = Community.builder().posts(posts).build();
    byte[][] entries = new byte[posts][];
    for (int i = 0; i < posts; i++) {
      entries[i] = RecordLine.of(community.postAt(i));
    }
    return entries;
  }

  private void append(byte[][] entries, int posts, int batch, JournalOptions.Sync sync)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    try (FileChannel file =
        FileChannel.open(
            directory.resolve("bare"),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (int i = 0; i < posts; i++) {
        buffer.put(entries[i % entries.length]);
        boolean full = buffer.remaining() < 1 << 16;
        if (full || i % batch == batch - 1 || i == posts - 1) {
          buffer.flip();
          while (buffer.hasRemaining()) {
            int unused = file.write(buffer);
          }
          buffer.clear();
          if (sync == JournalOptions.Sync.DISK) {
            file.force(false);
          }
        }
      }
    }
  }

  private void write(byte[][] entries, int posts, int batch, JournalOptions.Sync sync)
      throws IOException {
    clear();
    try (Journal journal =
        Journal.open(directory.resolve("journal"), JournalOptions.DEFAULT.withSync(sync))) {
      for (int i = 0; i < posts; i++) {
        journal.append(JournalEntry.Kind.RECORD, entries[i % entries.length]);
        if (i % batch == batch - 1) {
          journal.commit();
        }
      }
    }
  }

  private void read() {
    try (JournalCursor cursor = JournalReader.of(directory.resolve("journal")).readAll()) {
      cursor.forEachRemaining(entry -> {});
    }
  }

  private void clear() throws IOException {
    Path journal = directory.resolve("journal");
    if (Files.isDirectory(journal)) {
      try (Stream<Path> files = Files.list(journal)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static double seconds(Task task) throws IOException {
    long start = System.nanoTime();
    task.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  /** What is measured. */
  private interface Task {
    void run() throws IOException;
  }
}
