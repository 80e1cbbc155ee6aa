package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on a live stream of the sandbox, cut in the middle. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class LiveHarvestIT {
  private static final Community COMMUNITY = Community.builder().posts(300).build();
  private static final int HELD_BACK = 200;

  @TempDir private Path directory;

  @Test
  void keepsEveryPostOfAStreamThatWasCut() throws Exception {
    try (Sandbox sandbox = Sandbox.builder(COMMUNITY).live(HELD_BACK).start()) {
      Path file = directory.resolve("live.jsonl");
      CompletableFuture<Void> world =
          CompletableFuture.runAsync(
              () -> {
                happen(sandbox, HELD_BACK / 2);
                awaitContent(file); // so that the stream knows where it was
                sandbox.disconnectStreams();
                happen(sandbox, HELD_BACK - HELD_BACK / 2);
              });

      JsonNode json =
          sparkpy(
                  "harvest",
                  "bluesky:jetstream?endpoint=" + sandbox.uri(),
                  file,
                  "--until-idle",
                  "4s",
                  "--json")
              .endsWith(0)
              .json();
      world.get(30, TimeUnit.SECONDS);

      assertThat(ids(file)).containsAll(happened());
      assertThat(json.get("reconnects").asLong()).isEqualTo(1);
      assertThat(json.get("quarantined").asLong()).isZero();
      assertThat(sandbox.violations()).isEmpty();
    }
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
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (file.toFile().length() == 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Nothing was kept in twenty seconds");
      }
      Thread.onSpinWait();
    }
  }

  /** Returns the ids of what happened while the stream was followed, and stayed. */
  private static Set<String> happened() {
    int all = COMMUNITY.writtenPosts();
    int first =
        COMMUNITY.writtenBefore(
            Network.BLUESKY, Objects.requireNonNull(COMMUNITY.postAt(all - HELD_BACK).createdAt()));
    return IntStream.range(first, COMMUNITY.writtenPosts(Network.BLUESKY))
        .mapToObj(index -> COMMUNITY.postAt(Network.BLUESKY, index))
        .filter(post -> post.kind() != Post.Kind.REPOST && !COMMUNITY.isDeleted(post.id()))
        .map(post -> post.id())
        .collect(Collectors.toSet());
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
