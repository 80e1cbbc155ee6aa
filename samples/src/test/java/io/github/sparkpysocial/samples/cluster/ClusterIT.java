package io.github.sparkpysocial.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.samples.trend.CommunityHarvest;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.streaming.journal.Journal;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalOptions;
import io.github.sparkpysocial.streaming.journal.JournalPosition;
import io.github.sparkpysocial.streaming.kafka.KafkaSender;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that runs on Spark, unchanged on a cluster of separate processes, of which some are
 * killed on the way: the results are those of one process.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class ClusterIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final int POSTS = 200;
  private static final Community COMMUNITY = Community.builder().posts(POSTS).build();

  private static final int DRIVER_MEGABYTES = 1_024;
  private static final int EXECUTOR_MEGABYTES = 600;

  /** In which parts an executor is killed, at which of the tasks that are told of. */
  private static final Map<String, Integer> KILLED_AT = Map.of("clusters", 8, "windows", 8);

  @TempDir private Path directory;

  @Test
  @Timeout(600)
  void aClusterWithExecutorsKilledGivesTheResultsOfOneProcess() throws Exception {
    try (StandaloneCluster cluster =
            StandaloneCluster.start(
                Files.createDirectory(directory.resolve("spark")), EXECUTOR_MEGABYTES);
        KafkaServer kafka = KafkaServer.started()) {
      Path records = harvested();
      Path journal = recorded(kafka);
      Map<String, String> expected =
          new Pipelines(
                  session(),
                  records,
                  journal,
                  kafka.address(),
                  Files.createDirectory(directory.resolve("local")))
              .run(part -> {});
      cluster.awaitWorkers();

      Process driver =
          submit(
              cluster,
              records.toString(),
              journal.toString(),
              kafka.address(),
              Files.createDirectory(directory.resolve("cluster")).toString());
      Told told = follow(driver, cluster);

      int status = driver.waitFor();
      assertThat(status).as(status == 0 ? "" : cluster.logs()).isZero();
      assertThat(told.executors().values())
          .as("processes of the executors")
          .hasSizeGreaterThan(2)
          .doesNotContain(driver.pid(), ProcessHandle.current().pid());
      assertThat(told.seen()).as("children of the workers").containsAll(told.executors().values());
      assertThat(told.killed()).hasSize(KILLED_AT.size());
      assertThat(told.where().keySet()).as("parts with tasks").isEqualTo(expected.keySet());
      assertThat(told.where().values())
          .allSatisfy(executors -> assertThat(executors).isNotEmpty().doesNotContain("driver"));
      assertThat(told.results().keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (part, result) -> assertThat(told.results().get(part)).as(part).isEqualTo(result));
    }
  }

  /** Runs the job as {@code spark-submit} does, as a driver in a process of its own. */
  private static Process submit(StandaloneCluster cluster, String... args) throws IOException {
    Map<String, String> given = cluster.settings();
    String program = Objects.requireNonNull(given.get("spark.jars")).split(",", 2)[0];
    Map<String, String> settings = new HashMap<>(given);
    settings.putAll(
        Map.of(
            "spark.ui.enabled", "false",
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.session.timeZone", "UTC",
            "spark.sql.shuffle.partitions", "2",
            "spark.default.parallelism", "2",
            "spark.executor.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"));
    List<String> command = new ArrayList<>();
    command.addAll(List.of("org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--class", ClusterJob.class.getName()));
    settings.forEach((name, value) -> command.addAll(List.of("--conf", name + "=" + value)));
    command.add(program);
    command.addAll(List.of(args));
    return cluster.run("driver", DRIVER_MEGABYTES, command);
  }

  /**
   * What the driver told.
   *
   * @param executors the process of each executor that told
   * @param seen all processes that were children of a worker
   * @param killed those that were killed
   * @param where on which executors the tasks of each part ran
   */
  private record Told(
      Map<String, Long> executors,
      Set<Long> seen,
      Set<Long> killed,
      Map<String, Set<String>> where,
      Map<String, String> results) {}

  /** Reads what the driver tells until it ends, and kills an executor now and then. */
  private static Told follow(Process driver, StandaloneCluster cluster) throws Exception {
    Told told =
        new Told(
            new HashMap<>(), new HashSet<>(), new HashSet<>(), new HashMap<>(), new HashMap<>());
    String part = "";
    int tasks = 0;
    try (BufferedReader lines = driver.inputReader(StandardCharsets.UTF_8)) {
      String line;
      while ((line = lines.readLine()) != null) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
          case "executor" -> {
            String[] process = words[1].split(" ", 2);
            told.executors().put(process[0], Long.valueOf(process[1]));
            cluster.executors().forEach(executor -> told.seen().add(executor.pid()));
          }
          case "part" -> {
            part = words[1];
            tasks = 0;
          }
          case "task" -> {
            told.where().computeIfAbsent(part, name -> new TreeSet<>()).add(words[1]);
            Long process = told.executors().get(words[1]);
            if (++tasks >= KILLED_AT.getOrDefault(part, Integer.MAX_VALUE)
                && told.killed().size() < KILLED_AT.size()) {
              tasks = Integer.MIN_VALUE;
              kill(cluster, process, told.killed());
            }
          }
          case "results" ->
              told.results()
                  .putAll(new ObjectMapper().readValue(words[1], new TypeReference<>() {}));
          default -> {}
        }
      }
    }
    told.where().remove("");
    return told;
  }

  /** Kills the executor of a task that has just begun, if it was known at the start, or any. */
  private static void kill(StandaloneCluster cluster, @Nullable Long process, Set<Long> killed) {
    List<ProcessHandle> running = cluster.executors();
    ProcessHandle victim =
        running.stream()
            .filter(executor -> process != null && executor.pid() == process)
            .findFirst()
            .orElse(running.get(0));
    killed.add(victim.pid());
    boolean unused = victim.destroyForcibly();
    victim.onExit().join();
  }

  /** On so little data, making and compiling code costs more than it saves. */
  private static SparkSession session() {
    SparkSession session = SPARK.session().newSession();
    session.conf().set("spark.sql.codegen.wholeStage", false);
    return session;
  }

  private Path harvested() throws InterruptedException {
    Path file = directory.resolve("records.jsonl");
    try (Sandbox sandbox = Sandbox.start(COMMUNITY)) {
      var unused =
          new CommunityHarvest(
                  new CommunityHarvest.Community(
                      List.of(PlaceUri.parse("x:search?q=" + query())),
                      Community.ORGANIZATION,
                      1,
                      List.of(),
                      Long.MAX_VALUE),
                  new SourceOptions(sandbox.environment(), sandbox.clock()),
                  Quarantine.inMemory(),
                  step -> {})
              .into(file);
    }
    return file;
  }

  private static String query() {
    return URLEncoder.encode(COMMUNITY.searchQuery(), StandardCharsets.UTF_8);
  }

  /** Writes the posts into a journal and a topic. */
  private Path recorded(KafkaServer kafka) {
    List<Post> posts = IntStream.range(0, POSTS).mapToObj(COMMUNITY::postAt).toList();
    Path log = directory.resolve("journal");
    try (Journal journal =
        Journal.open(log, JournalOptions.DEFAULT.withSync(JournalOptions.Sync.PROCESS))) {
      posts.forEach(post -> journal.append(JournalEntry.Kind.RECORD, RecordLine.of(post)));
      JournalPosition unused = journal.commit();
    }
    try (KafkaSender sender = KafkaSender.open(kafka.address(), "posts")) {
      sender.send(posts);
    }
    return log;
  }
}
