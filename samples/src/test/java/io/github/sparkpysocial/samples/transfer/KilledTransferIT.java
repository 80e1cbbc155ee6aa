package io.github.sparkpysocial.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.samples.transfer.TestPlaces.Kind;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.transfer.Transfer;
import io.github.sparkpysocial.transfer.TransferReport;
import io.github.sparkpysocial.transfer.Verification;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills transfers with SIGKILL at any moment, in processes of their own, and lets the next one go
 * on. What is in the target then is what the source holds, and no record twice. The property {@code
 * sparkpy.kills} says how often a transfer to each place is killed.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class KilledTransferIT {
  private static final int KILLS = Integer.getInteger("sparkpy.kills", 3);
  private static final int POSTS = 8_000;
  private static final int RECORDS_A_REPORT = 1_000;

  @TempDir private static Path directory;
  private static PlaceUri source;

  @BeforeAll
  static void writeTheSource() {
    source = PlaceUri.parse(directory.resolve("source.jsonl").toString());
    try (RecordStore store = open(source, Quarantine.inMemory());
        Stream<Post> posts = Community.builder().posts(POSTS).build().posts()) {
      store.write(posts.iterator());
    }
  }

  private static RecordStore open(PlaceUri place, Quarantine quarantine) {
    return Places.openStore(place, StoreOptions.with(quarantine));
  }

  static List<Kind> places() {
    return TestPlaces.all();
  }

  @ParameterizedTest
  @MethodSource("places")
  void theNextTransferGoesOnAndNothingIsThereTwice(Kind kind) throws Exception {
    String uri = kind.uri(directory, "killed");
    PlaceUri target = PlaceUri.parse(uri);
    Random chance = new Random(kind.name().hashCode());

    int killed = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int reports = chance.nextInt(POSTS / RECORDS_A_REPORT - 2);
      long nanos = (long) (chance.nextDouble() * TimeUnit.MILLISECONDS.toNanos(60));
      killed += killAfter(uri, reports, nanos) ? 1 : 0;
    }
    assertThat(killed).as("killed before the end").isPositive();
    String done = Objects.requireNonNull(run(uri), "the last transfer came to its end");

    assertThat(done).startsWith(TransferProcess.DONE);
    assertThat(keysOf(target)).isEqualTo(keysOf(source)).hasSizeGreaterThan(POSTS / 2);
    TransferReport again =
        Transfer.builder(source, target)
            .options(StoreOptions.with(Quarantine.inMemory()))
            .verify()
            .build()
            .run();
    Verification verification = Objects.requireNonNull(again.verification());
    assertThat(verification.holds()).as("%s", verification).isTrue();
    assertThat(verification.targetChecksum()).isEqualTo(verification.sourceChecksum());
    assertThat(again.written()).as("rewritten though nothing was missing").isZero();
  }

  /** Returns the keys, each of which is there once and in one version. */
  private static Set<RecordKey> keysOf(PlaceUri place) {
    Set<RecordKey> keys = new HashSet<>();
    InMemoryQuarantine quarantine = Quarantine.inMemory();
    try (RecordStore store = open(place, quarantine);
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(
          record -> assertThat(keys.add(record.key())).as("once: %s", record.key()).isTrue());
      assertThat(cursor.duplicates()).isZero();
      assertThat(store.count(Filter.ALL)).isEqualTo(keys.size());
    }
    assertThat(quarantine.rejected()).isEmpty();
    return keys;
  }

  /**
   * Runs a transfer and kills it so long after it has said so often how far it is; returns whether
   * it was killed before it came to its end.
   */
  private static boolean killAfter(String target, int reports, long nanos) throws Exception {
    Process process = start(target);
    try (BufferedReader out = output(process)) {
      String line = out.readLine();
      assertThat(line).isEqualTo(TransferProcess.STARTED);
      for (int report = 0; report < reports && line != null; report++) {
        line = out.readLine();
      }
      if (line != null && !process.waitFor(nanos, TimeUnit.NANOSECONDS)) {
        process.destroyForcibly(); // SIGKILL
      }
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as("done, or killed by signal 9").isIn(0, 128 + 9);
      return process.exitValue() != 0;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Runs a transfer to its end; returns the last that it said. */
  private static @Nullable String run(String target) throws Exception {
    Process process = start(target);
    try (BufferedReader out = output(process)) {
      String last = null;
      String line;
      while ((line = out.readLine()) != null) {
        last = line;
      }
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as("exit code after %s", last).isZero();
      return last;
    } finally {
      process.destroyForcibly();
    }
  }

  private static BufferedReader output(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static Process start(String target) throws Exception {
    return new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                classPath(),
                TransferProcess.class.getName(),
                source.toString(),
                target))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Returns the class path without Spark itself, so that a process starts quickly. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.replace(File.separatorChar, '/').contains("/org/apache/spark/"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
