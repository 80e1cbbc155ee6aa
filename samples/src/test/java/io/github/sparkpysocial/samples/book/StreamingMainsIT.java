package io.github.sparkpysocial.samples.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.samples.ProgramProcess;
import io.github.sparkpysocial.streaming.kafka.KafkaSender;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.server.KafkaServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The streaming programs as a reader of the book starts them, and what they print. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class StreamingMainsIT {
  private static final String LINES = "to be\nor not to be\n";

  @TempDir private Path directory;

  private ProgramProcess start(Class<?> program, Object... arguments) throws Exception {
    return ProgramProcess.start(program, directory, Map.of(), arguments);
  }

  @Test
  void theWordsOfASocketArePrintedByBothTwins() throws Exception {
    try (ServerSocket old = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ServerSocket structured = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        ProgramProcess dStreams =
            start(SocketWordCount.class, "127.0.0.1", old.getLocalPort(), "checkpoint");
        ProgramProcess frames =
            start(StructuredWordCount.class, "tcp:127.0.0.1:" + structured.getLocalPort(), "dir")) {
      try (Socket one = accept(old);
          Socket other = accept(structured)) {
        send(one, LINES);
        send(other, LINES);

        dStreams.await("\\(to,2\\)");
        dStreams.await("\\(or,1\\)");
        frames.await("\\| *be *\\| *2 *\\|");
        frames.await("\\| *not *\\| *1 *\\|");

        send(other, "to go\n");
        frames.await("\\| *to *\\| *3 *\\|");
      }
    }
  }

  @Test
  void theTotalsOfASocketOutliveTheirDriver() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      int port = server.getLocalPort();
      try (ProgramProcess killed = start(SocketWordCount.class, "127.0.0.1", port, "checkpoint");
          Socket client = accept(server)) {
        send(client, LINES);
        killed.await("\\(to,2\\)");
      }
      assertThat(directory.resolve("checkpoint/receivedData"))
          .as("what receivers wrote ahead")
          .isDirectoryRecursivelyContaining("glob:**/log-*");

      try (ProgramProcess again = start(SocketWordCount.class, "127.0.0.1", port, "checkpoint");
          Socket client = accept(server)) {
        send(client, "to go\n");
        again.await("\\(to,3\\)");
      }
    }
  }

  @Test
  void livePostsAreOnTheConsole() throws Exception {
    Community community = Community.builder().posts(40).build();
    try (Sandbox sandbox = Sandbox.builder(community).live(20).start();
        ProgramProcess program =
            start(LivePosts.class, "bluesky:jetstream?endpoint=" + sandbox.uri(), "live")) {
      sandbox.awaitStreams(1);
      sandbox.publish(20);

      program.await("\\| *created_at *\\| *author *\\| *text *\\|");
      program.await("\\|20\\d\\d-\\d\\d-\\d\\d [^|]+\\| *[^| ]+ *\\|[^|]+\\|");
    }
  }

  @Test
  void kafkasProducerConsumerAndWordCountPrintWhatIsInTheTopic() throws Exception {
    try (KafkaServer kafka = KafkaServer.started();
        KafkaSender sender = KafkaSender.open(kafka.address(), "words");
        ProgramProcess posts = start(KafkaPosts.class)) {
      sender.send(
          List.of(
              Post.builder(Network.X, "1", "To be").build(),
              Post.builder(Network.X, "2", "or not to be").build()));
      try (ProgramProcess words =
          start(KafkaWordCount.class, kafka.address(), "words", "checkpoint")) {
        posts.endsWith(0);
        assertThat(posts.said().lines().filter(line -> line.matches("\\w+/post/\\S+: \\{.*}")))
            .hasSize(10);

        words.await("\\| *word *\\| *count *\\|");
        words.await("\\| *to *\\| *2 *\\|");
        words.await("\\| *not *\\| *1 *\\|");
      }
    }
  }

  @Test
  void lambdaAndKappaPrintTheirViews() throws Exception {
    try (ProgramProcess lambda = start(LambdaTrends.class)) {
      lambda.endsWith(0);
      assertThat(lambda.said())
          .containsPattern("\\| *window_start *\\| *window_end *\\| *value *\\| *posts *\\|")
          .containsPattern("(\\|2026-\\d\\d-\\d\\d 00:00:00){2}\\| *\\S+ *\\| *\\d+ *\\|");
    }
    try (ProgramProcess kappa = start(KappaTrends.class, "book/posts.jsonl")) {
      kappa.endsWith(0);
      assertThat(kappa.said())
          .containsPattern(
              "\\d+ rows are the same, \\d+ differ, [1-9]\\d* are only in the served version,"
                  + " [1-9]\\d* only in the new one");
    }
  }

  private static Socket accept(ServerSocket server) throws Exception {
    server.setSoTimeout(120_000);
    return server.accept();
  }

  private static void send(Socket client, String text) throws Exception {
    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().flush();
  }
}
