package io.github.sparkpysocial.samples.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.streaming.Durations;
import org.apache.spark.streaming.Milliseconds;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The book's streaming programs, each with what it is expected to say. */
@SuppressWarnings({"NullAway.Init", "deprecation"}) // JUnit sets the field; DStreams are the book's
class StreamingProgramsIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final SparkSession spark = SPARK.session();
  private static final String LINES = "to be\nor not  to be\n";
  private static final Map<String, Integer> TOTAL = new ConcurrentHashMap<>();
  private static final Map<String, Integer> WINDOW = new ConcurrentHashMap<>();
  private static final Queue<Long> COUNTED = new ConcurrentLinkedQueue<>();
  private static final Queue<String> PROBLEMS = new ConcurrentLinkedQueue<>();

  @TempDir private Path directory;

  @Test
  void theSocketWordCountCountsAndGoesOnFromItsCheckpoint() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      JavaStreamingContext first = context(server.getLocalPort());
      try {
        first.start();
        try (Socket client = server.accept()) {
          send(client, LINES);
          send(client, "\0garbage\n" + "x".repeat(50_000) + "\n");
          await(first, () -> TOTAL.getOrDefault("to", 0) == 2 && PROBLEMS.size() == 2);
          await(first, () -> WINDOW.getOrDefault("be", 0) == 2 && COUNTED.contains(2L));
        }
      } finally {
        first.stop(false, true);
      }
      assertThat(TOTAL).isEqualTo(Map.of("to", 2, "be", 2, "or", 1, "not", 1));
      assertThat(WINDOW).isEqualTo(TOTAL);
      assertThat(PROBLEMS)
          .containsExactly("the line has control characters", "the line has more than 10000 bytes");
      TOTAL.clear();

      JavaStreamingContext second = context(server.getLocalPort());
      try {
        second.start();
        try (Socket client = server.accept()) {
          send(client, "to go\n");
          await(second, () -> TOTAL.getOrDefault("to", 0) == 3);
        }
      } finally {
        second.stop(false, true);
      }
      assertThat(TOTAL).containsEntry("be", 2).containsEntry("go", 1);
    }
  }

  private JavaStreamingContext context(int port) {
    String checkpoint = directory.resolve("checkpoint").toString();
    return JavaStreamingContext.getOrCreate(
        checkpoint,
        () -> {
          JavaStreamingContext fresh =
              new JavaStreamingContext(
                  JavaSparkContext.fromSparkContext(spark.sparkContext()), Milliseconds.apply(200));
          fresh.checkpoint(checkpoint);
          SocketWordCount.Counts counts =
              SocketWordCount.count(
                  fresh, "127.0.0.1", port, Durations.minutes(5), Milliseconds.apply(200));
          counts.total().foreachRDD(rdd -> rdd.collect().forEach(n -> TOTAL.put(n._1(), n._2())));
          counts.window().foreachRDD(rdd -> rdd.collect().forEach(n -> WINDOW.put(n._1(), n._2())));
          counts.lines().foreachRDD(rdd -> COUNTED.addAll(rdd.collect()));
          counts.problems().foreachRDD(rdd -> PROBLEMS.addAll(rdd.collect()));
          return fresh;
        });
  }

  @Test
  void theStructuredWordCountSaysTheSame() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      StreamingQuery query =
          StructuredWordCount.count(
                  spark, "tcp:127.0.0.1:" + server.getLocalPort(), directory.resolve("journal"))
              .writeStream()
              .outputMode("complete")
              .format("memory")
              .queryName("words")
              .start();
      try (Socket client = server.accept()) {
        send(client, LINES);
        await(query, () -> spark.table("words").count() == 4);
      } finally {
        query.stop();
      }
    }

    assertThat(spark.table("words").collectAsList())
        .extracting(row -> row.getString(0), row -> row.getLong(1))
        .containsExactlyInAnyOrder(
            tuple("to", 2L), tuple("be", 2L), tuple("or", 1L), tuple("not", 1L));
  }

  @Test
  void livePostsAreShownAsTheyHappen() throws Exception {
    Community community = Community.builder().posts(40).build();
    try (Sandbox sandbox = Sandbox.builder(community).live(20).start()) {
      StreamingQuery query =
          LivePosts.follow(
                  spark,
                  "bluesky:jetstream?endpoint=" + sandbox.uri(),
                  directory.resolve("journal"))
              .writeStream()
              .format("memory")
              .queryName("live")
              .start();
      try {
        sandbox.awaitStreams(1);
        sandbox.publish(20);
        await(query, () -> spark.table("live").count() > 0);
      } finally {
        query.stop();
      }
    }

    List<Row> shown = spark.table("live").collectAsList();
    assertThat(shown).allMatch(row -> !row.isNullAt(0) && !row.isNullAt(1) && !row.isNullAt(2));
    assertThat(spark.table("live").columns()).containsExactly("created_at", "author", "text");
  }

  @Test
  void wordsAreCountedThroughKafka() throws Exception {
    try (KafkaServer kafka = KafkaServer.started()) {
      KafkaPosts.send(
          kafka.address(),
          "words",
          List.of(
              Post.builder(Network.X, "1", "To be").build(),
              Post.builder(Network.X, "2", "or not to be").build()));
      assertThat(KafkaPosts.receive(kafka.address(), "words"))
          .extracting(message -> message.key())
          .containsExactlyInAnyOrder("x/post/1", "x/post/2");
      StreamingQuery query =
          KafkaWordCount.count(spark, kafka.address(), "words")
              .writeStream()
              .outputMode("complete")
              .format("memory")
              .queryName("kafka_words")
              .start();
      try {
        query.processAllAvailable();
      } finally {
        query.stop();
      }
    }

    assertThat(spark.table("kafka_words").collectAsList())
        .extracting(row -> row.getString(0), row -> row.getLong(1))
        .containsExactlyInAnyOrder(
            tuple("to", 2L), tuple("be", 2L), tuple("or", 1L), tuple("not", 1L));
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().flush();
  }

  private static void await(JavaStreamingContext context, BooleanSupplier there)
      throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!there.getAsBoolean() && System.nanoTime() < deadline) {
      assertThat(context.awaitTerminationOrTimeout(50)).isFalse();
    }
    assertThat(there.getAsBoolean()).isTrue();
  }

  private static void await(StreamingQuery query, BooleanSupplier there) throws Exception {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!there.getAsBoolean() && System.nanoTime() < deadline) {
      query.processAllAvailable();
    }
    assertThat(there.getAsBoolean()).isTrue();
  }
}
