package io.github.sparkpysocial.samples.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.harvest.Interval;
import io.github.sparkpysocial.harvest.Ledger;
import io.github.sparkpysocial.harvest.LedgerEntry;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills harvests with SIGKILL, in processes of their own, and lets the next one go on, until the
 * listing is complete. What is in the store then is what one run without a stop brings, and no
 * record twice.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class KilledHarvestIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_PROCESSES = 60;
  private static final int KILLS = 4;
  private static final Pattern NEEDED =
      Pattern.compile(
          "classes/?$|sparkpy-social|/slf4j|/log4j|/jackson|/jspecify|/twitter-text|/github-api"
              + "|/twitter4j|/commons-(io|lang3)");
  private static final Community COMMUNITY =
      Community.builder().posts(800).people(1_100).commits(900).events(400).build();
  private static final Sandbox SANDBOX = Sandbox.start(COMMUNITY);

  @TempDir private Path directory;

  @AfterAll
  static void stop() {
    SANDBOX.close();
  }

  /** The listings, of all networks and orders; add one here and it is killed, too. */
  static Stream<String> listings() {
    String repository = COMMUNITY.repositories().get(0).fullName();
    String group = String.valueOf(COMMUNITY.groups().get(0).handle());
    return Stream.of(
            "x:search?q=spark+OR+data+OR+the", // newest first
            "mastodon:mastodon.social/public", // newest first
            "bluesky:search?q=the", // newest first
            "github:" + repository + "/commits", // newest first
            "github:" + repository + "/stargazers", // oldest first
            "meetup:" + group + "/events", // without an order
            "meetup:" + group + "/members")
        .map(uri -> uri + (uri.contains("?") ? "&" : "?") + "endpoint=" + SANDBOX.uri());
  }

  /** What to do with a process at a step. */
  private enum Fate {
    GO_ON,
    KILL,
    /** Lets it go on and kills it on its way to the next step. */
    GO_ON_AND_KILL
  }

  @ParameterizedTest
  @MethodSource("listings")
  void killedAfterEverySinglePage(String listing) throws Exception {
    Place whole = new Place("whole");
    int pages = runWithoutAStop(listing, whole);

    Place killed = new Place("killed");
    int processes = 0;
    int noted = 0;
    boolean complete = false;
    while (!complete) {
      Outcome outcome =
          run(
              listing,
              killed,
              (step, number) -> step.equals(HarvestProcess.NOTED) ? Fate.KILL : Fate.GO_ON);
      complete = outcome.complete();
      noted += outcome.pages();
      assertThat(++processes).isLessThan(MOST_PROCESSES);
      if (!complete) {
        assertThat(outcome.pages()).isEqualTo(1);
        complete = isComplete(killed);
      }
    }

    assertThat(noted).as("pages").isBetween(pages, pages + 1).isGreaterThanOrEqualTo(3);
    assertThatBothAreTheSame(killed, whole);
  }

  @ParameterizedTest
  @MethodSource("listings")
  void killedAnywhere(String listing) throws Exception {
    Place whole = new Place("whole");
    runWithoutAStop(listing, whole);

    Place killed = new Place("killed");
    Random chance = new Random(listing.replaceAll("endpoint=.*", "").hashCode());
    for (int kills = 0; kills < KILLS; kills++) {
      int last = 1 + chance.nextInt(4); // a page has three steps: answered, written, noted
      Fate fate = chance.nextBoolean() ? Fate.KILL : Fate.GO_ON_AND_KILL;
      run(listing, killed, (step, number) -> number < last ? Fate.GO_ON : fate);
    }
    assertThat(run(listing, killed, (step, number) -> Fate.GO_ON).complete()).isTrue();

    assertThatBothAreTheSame(killed, whole);
  }

  /** A store with its ledger. */
  private final class Place {
    private final Path store;
    private final Path ledger;

    Place(String name) {
      store = directory.resolve(name + ".jsonl");
      ledger = directory.resolve(name + ".ledger.json");
    }

    LedgerEntry entry() {
      return Ledger.open(ledger).entries().get(0);
    }

    /** Returns the records by their key, without what tells when they were fetched. */
    Map<String, JsonNode> records() throws IOException {
      Map<String, JsonNode> records = new TreeMap<>();
      for (String line : Files.readAllLines(store)) {
        ObjectNode record = (ObjectNode) JSON.readTree(line);
        record.remove(List.of("fetched_at", "tool"));
        String key = record.path("record").asText() + '/' + record.path("id").asText();
        assertThat(records.put(key, record)).as("a second line of %s", key).isNull();
      }
      return records;
    }
  }

  private static boolean isComplete(Place place) {
    return Files.exists(place.ledger) && place.entry().isComplete();
  }

  private static void assertThatBothAreTheSame(Place killed, Place whole) throws IOException {
    assertThat(killed.records()).isEqualTo(whole.records()).hasSizeGreaterThan(100);
    assertThat(killed.entry().isComplete()).isTrue();
    assertThat(killed.entry().holes()).isEmpty();
    assertThat(killed.entry().intervals())
        .extracting(Interval::newest, Interval::oldest)
        .isEqualTo(
            whole.entry().intervals().stream().map(i -> tuple(i.newest(), i.oldest())).toList());
    assertThat(SANDBOX.violations()).isEmpty();
  }

  /** Runs a harvest here to its end; returns how many pages it had. */
  private static int runWithoutAStop(String listing, Place place) throws InterruptedException {
    AtomicInteger pages = new AtomicInteger();
    try (RecordSource source =
            Places.openSource(PlaceUri.parse(listing), SourceOptions.fromEnvironment());
        RecordStore store =
            Places.openStore(
                PlaceUri.parse(place.store.toString()), StoreOptions.with(Quarantine.inMemory()))) {
      boolean complete =
          Harvest.builder(source, store)
              .ledger(place.ledger)
              .listener(page -> pages.incrementAndGet())
              .build()
              .run()
              .complete();
      assertThat(complete).isTrue();
    }
    return pages.get();
  }

  /**
   * How a process ended.
   *
   * @param complete whether it came to its end; else it was killed
   * @param pages how many pages it had noted
   */
  private record Outcome(boolean complete, int pages) {}

  /** Runs a harvest in a process until it ends or is killed. */
  private static Outcome run(String listing, Place place, BiFunction<String, Integer, Fate> fates)
      throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "-XX:+UseSerialGC",
                    "-Xmx256m",
                    "-cp",
                    classPath(),
                    HarvestProcess.class.getName(),
                    listing,
                    place.store.toString(),
                    place.ledger.toString(),
                    place.store + ".quarantine.jsonl"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int pages = 0;
    try (BufferedReader out =
            new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        Writer in =
            new BufferedWriter(
                new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8))) {
      List<String> steps = new ArrayList<>();
      String step;
      while ((step = out.readLine()) != null) {
        steps.add(step);
        pages += step.equals(HarvestProcess.NOTED) ? 1 : 0;
        Fate fate =
            step.equals(HarvestProcess.COMPLETE) ? Fate.GO_ON : fates.apply(step, steps.size());
        if (fate == Fate.KILL) {
          kill(process);
          return new Outcome(false, pages);
        }
        in.write("go on\n");
        in.flush();
        if (fate == Fate.GO_ON_AND_KILL) {
          kill(process);
          return new Outcome(false, pages);
        }
      }
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as("exit code after %s", steps).isZero();
      assertThat(steps).endsWith(HarvestProcess.COMPLETE);
      return new Outcome(true, pages);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void kill(Process process) throws InterruptedException {
    process.destroyForcibly(); // SIGKILL
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as("killed by signal 9").isEqualTo(128 + 9);
  }

  /** Returns what a harvest needs, without Spark, so that a process starts quickly. */
  private static String classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> NEEDED.matcher(entry.replace(File.separatorChar, '/')).find())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
