package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams by the command: a recording, and a live stream that is cut. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class StreamIT {
  private static final Instant START = Instant.parse("2026-11-01T12:00:00Z");
  private static final Community COMMUNITY = Community.builder().posts(300).build();
  private static final int HELD_BACK = 200;

  @TempDir private Path directory;

  @Test
  void countsARecordingKeepsItAndGoesOnFromItsCheckpoint() throws Exception {
    Path file = directory.resolve("posts.jsonl");
    write(file);
    Files.writeString(file, "{\"record\":\"post\",\"netw\n", StandardOpenOption.APPEND);
    Path kept = directory.resolve("kept.jsonl");
    Object[] command = {
      "stream",
      file,
      "--window",
      "60s",
      "--sink",
      kept,
      "--counts",
      "jdbc:sqlite:" + directory.resolve("counts.db") + "::counts",
      "--checkpoint",
      directory.resolve("checkpoint"),
      "--metrics",
      directory.resolve("metrics.jsonl"),
      "--quarantine",
      directory.resolve("quarantine.jsonl"),
      "--horizon",
      "30s",
      "--alert",
      "hashtag:spark > 20",
      "--alert",
      "hashtag:java > 1",
      "--alerts",
      directory.resolve("alerts.jsonl"),
      "--json"
    };

    JsonNode json = sparkpy(command).endsWith(3).json();

    assertThat(json.get("in").asLong()).isEqualTo(121);
    assertThat(json.get("out").asLong()).isEqualTo(121);
    assertThat(json.get("counted").asLong()).isEqualTo(120);
    assertThat(json.get("implausible").asLong()).isEqualTo(1);
    assertThat(json.get("rejected").asLong()).isEqualTo(1);
    assertThat(json.get("late").asLong()).isZero();
    assertThat(json.get("holes").asLong()).isZero();
    assertThat(json.get("windows")).hasSize(2);
    assertThat(json.get("windows").get(0).get("top").get("spark").asLong()).isEqualTo(60);
    assertThat(ids(kept)).hasSize(121);
    assertThat(directory.resolve("metrics.jsonl")).content().contains("\"numInputRows\"");
    assertThat(directory.resolve("quarantine.jsonl")).isNotEmptyFile();

    assertThat(json.get("alerts").asLong()).isEqualTo(1);
    List<String> alerts = Files.readAllLines(directory.resolve("alerts.jsonl"));
    JsonNode alert = new ObjectMapper().readTree(alerts.get(0));
    assertThat(alerts).hasSize(1);
    assertThat(alert.get("rule").asText()).isEqualTo("hashtag:spark > 20");
    assertThat(alert.get("value").asText()).isEqualTo("spark");
    assertThat(alert.get("at").asText()).isEqualTo("2026-11-01T12:00:20Z");
    assertThat(alert.get("evidence").findValuesAsText("id")).contains("20");

    JsonNode again = sparkpy(command).endsWith(0).json();

    assertThat(again.get("in").asLong()).isZero();
    assertThat(again.get("alerts").asLong()).isZero();
    assertThat(directory.resolve("alerts.jsonl")).content().hasLineCount(1);
    assertThat(ids(kept)).hasSize(121);

    command[3] = "120s";
    assertThat(sparkpy(command).endsWith(1).err())
        .contains("is of a query whose --slide is PT1M, not PT2M, and whose --window is PT1M");
  }

  @Test
  void keepsEveryPostOfAStreamThatWasCut() throws Exception {
    try (Sandbox sandbox = Sandbox.builder(COMMUNITY).live(HELD_BACK).start()) {
      Path kept = directory.resolve("kept.jsonl");
      CompletableFuture<Void> world =
          CompletableFuture.runAsync(
              () -> {
                happen(sandbox, HELD_BACK / 2);
                awaitContent(kept); // so that the stream knows where it was
                sandbox.disconnectStreams();
                happen(sandbox, HELD_BACK - HELD_BACK / 2);
              });

      JsonNode json =
          sparkpy(
                  "stream",
                  "bluesky:jetstream?endpoint=" + sandbox.uri(),
                  "--sink",
                  kept,
                  "--until-idle",
                  "4s",
                  "--json")
              .endsWith(0)
              .json();
      world.get(30, TimeUnit.SECONDS);

      assertThat(ids(kept)).containsAll(happened());
      assertThat(json.get("reconnects").asLong()).isEqualTo(1);
      assertThat(json.get("counted").asLong()).isPositive();
      assertThat(sandbox.violations()).isEmpty();
    }
  }

  @Test
  void wrongUseIsToldWhatToDo() {
    assertThat(sparkpy("stream").endsWith(2).err()).contains("SOURCE");
    assertThat(sparkpy("stream", "x.jsonl", "--speed", "0").endsWith(2).err())
        .contains("--speed must be positive, was 0.0");
    assertThat(sparkpy("stream", "x.jsonl", "--alert", "spark > 20").endsWith(2).err())
        .contains("'spark > 20' is no alert; write 'posts > 100 in 5m'");
    assertThat(sparkpy("stream", "x.jsonl", "--alert", "posts >= 0").endsWith(2).err())
        .contains("'posts >= 0' is always so");
    assertThat(
            sparkpy("stream", "x.jsonl", "--alert-webhook", "SPARKPY_NO_SUCH_HOOK")
                .endsWith(2)
                .err())
        .contains("SPARKPY_NO_SUCH_HOOK");
    assertThat(sparkpy("stream", directory.resolve("none.jsonl")).endsWith(1).err())
        .contains("none.jsonl");
  }

  private static void happen(Sandbox sandbox, int posts) {
    try {
      sandbox.awaitStreams(1);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    sandbox.publish(posts);
  }

  private static void awaitContent(Path file) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (file.toFile().length() == 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Nothing was kept in a minute");
      }
      Thread.onSpinWait();
    }
  }

  private static Set<String> happened() {
    int all = COMMUNITY.writtenPosts();
    int first =
        COMMUNITY.writtenBefore(
            Network.BLUESKY, Objects.requireNonNull(COMMUNITY.postAt(all - HELD_BACK).createdAt()));
    return IntStream.range(first, COMMUNITY.writtenPosts(Network.BLUESKY))
        .mapToObj(index -> COMMUNITY.postAt(Network.BLUESKY, index))
        .filter(post -> post.kind() != Post.Kind.REPOST && !COMMUNITY.isDeleted(post.id()))
        .map(Post::id)
        .collect(Collectors.toSet());
  }

  /** Writes two minutes of posts, a second apart, and one from the future. */
  private static void write(Path file) {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      posts.add(post(Integer.toString(i), START.plusSeconds(i)));
    }
    posts.add(50, post("future", Instant.parse("2999-01-01T00:00:00Z")));
    try (Quarantine quarantine = Quarantine.inMemory();
        RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine))) {
      store.write(posts);
    }
  }

  private static Post post(String id, Instant at) {
    return Post.builder(Network.X, id, "About #spark")
        .createdAt(at)
        .author(new AccountRef("ada", null, null))
        .entities(
            new Entities(
                List.of(new Entities.Hashtag("Spark", 6, 12)), List.of(), List.of(), List.of()))
        .build();
  }

  private static Set<String> ids(Path file) {
    Set<String> ids = new TreeSet<>();
    try (Quarantine quarantine = Quarantine.inMemory();
        RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine));
        RecordCursor posts = store.read(Filter.kinds(RecordKind.POST))) {
      posts.forEachRemaining(post -> assertThat(ids.add(post.id())).isTrue());
    }
    return ids;
  }
}
