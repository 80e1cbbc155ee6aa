package io.github.sparkpysocial.streaming.dstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.streaming.Milliseconds;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("deprecation") // the older API is what it is for
class SocialReceiverTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final Queue<String> RECEIVED = new ConcurrentLinkedQueue<>();

  @Test
  void eachRecordIsReceivedAndARestartGoesOn(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("posts.jsonl");
    write(file, 0, 1_200);

    receive(file, directory.resolve("journal"), 1_200);
    assertThat(RECEIVED).hasSize(1_200).doesNotHaveDuplicates();
    write(file, 1_200, 1_300);
    receive(file, directory.resolve("journal"), 1_300);

    assertThat(RECEIVED)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 1_300).mapToObj(Integer::toString).toList());
    assertThat(Files.readString(directory.resolve("journal/received"))).matches("\\d+ \\d+ \\d+");
  }

  @Test
  void aPlaceWithASecretIsRefused(@TempDir Path directory) {
    JavaStreamingContext context = context();
    try {
      PlaceUri place = PlaceUri.parse("mastodon:host/stream/public?access_token=hush-hush");
      assertThatThrownBy(
              () ->
                  SocialReceiver.records(
                      context, place, directory, StorageLevel.MEMORY_AND_DISK_SER()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("hush")
          .hasMessageEndingWith("set it in the environment");
    } finally {
      context.stop(false);
    }
  }

  private static void receive(Path file, Path journal, int wanted) throws Exception {
    JavaStreamingContext context = context();
    try {
      SocialReceiver.records(
              context,
              PlaceUri.parse("replay:" + file),
              journal,
              StorageLevel.MEMORY_AND_DISK_SER())
          .map(record -> record.id())
          .foreachRDD(rdd -> RECEIVED.addAll(rdd.collect()));
      context.start();
      long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (RECEIVED.size() < wanted && System.nanoTime() < deadline) {
        assertThat(context.awaitTerminationOrTimeout(50)).isFalse();
      }
    } finally {
      context.stop(false, true);
    }
  }

  private static JavaStreamingContext context() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(SPARK.session().sparkContext());
    return new JavaStreamingContext(spark, Milliseconds.apply(100));
  }

  private static void write(Path file, int from, int to) throws Exception {
    try (Quarantine quarantine = Quarantine.inMemory();
        RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine))) {
      List<Post> posts =
          IntStream.range(from, to)
              .mapToObj(
                  i ->
                      Post.builder(Network.X, Integer.toString(i), "Post " + i)
                          .createdAt(Instant.parse("2026-11-01T12:00:00Z").plusSeconds(i))
                          .build())
              .toList();
      store.write(posts);
    }
  }
}
