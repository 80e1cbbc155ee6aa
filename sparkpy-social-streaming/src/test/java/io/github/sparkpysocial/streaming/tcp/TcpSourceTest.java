package io.github.sparkpysocial.streaming.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.live.LiveConnection;
import io.github.sparkpysocial.live.LiveEvent;
import io.github.sparkpysocial.live.LiveStream;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the fields before the tests
class TcpSourceTest {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void linesAreTextsOrRecordsAndGarbageIsTold() throws Exception {
    Post sent =
        Post.builder(Network.X, "7", "A record")
            .createdAt(Instant.parse("2026-11-01T12:00:00Z"))
            .build();
    List<SocialRecord> records = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    try (LiveStream stream = LiveStream.open(Places.openLive(place("?maxLine=200"), options()));
        Socket client = server.accept()) {
      send(client, "Hello #Spark\r\n\n".getBytes(StandardCharsets.UTF_8));
      send(client, new byte[] {(byte) 0xff, (byte) 0xfe, 'x', '\n'});
      send(client, new byte[] {0, 1, 2, '\n'});
      send(client, ("y".repeat(100_000) + "\n").getBytes(StandardCharsets.UTF_8));
      send(client, RecordLine.of(sent));
      send(client, "\n{\"record\":\"post\",\"broken\n".getBytes(StandardCharsets.UTF_8));
      send(client, "Ça va?\nhalf a line".getBytes(StandardCharsets.UTF_8));
      client.shutdownOutput();

      LiveEvent event;
      do {
        event = stream.next(Duration.ofSeconds(30));
        if (event instanceof LiveEvent.Records some) {
          records.addAll(some.records());
          rejected.addAll(some.rejected());
        }
      } while (event != null && !(event instanceof LiveEvent.Disconnected));
    }

    assertThat(records).hasSize(3).element(1).isEqualTo(sent);
    assertThat(records)
        .extracting(one -> ((Post) one).text(), one -> one.network().name())
        .contains(tuple("Hello #Spark", "tcp"), tuple("Ça va?", "tcp"));
    assertThat(((Post) records.get(0)).entities().hashtags()).hasSize(1);
    assertThat(rejected)
        .extracting(Rejected::reason)
        .startsWith(
            "the line is no UTF-8",
            "the line has control characters",
            "the line has more than 200 bytes")
        .hasSize(4);
    assertThat(rejected.get(0).raw()).containsExactly(0xff, 0xfe, 'x');
    assertThat(rejected.get(2).raw()).hasSize(200);
  }

  @Test
  void readingALineAgainGivesTheSamePost() throws Exception {
    try (var source = Places.openLive(place(""), options());
        LiveConnection connection = source.connect(null);
        Socket client = server.accept()) {
      send(client, "One\nTwo\n".getBytes(StandardCharsets.UTF_8));
      var one = Objects.requireNonNull(connection.read());
      var two = Objects.requireNonNull(connection.read());

      assertThat(source.decode(one)).isEqualTo(source.decode(one));
      assertThat(source.decode(one).records().get(0).id())
          .isNotEqualTo(source.decode(two).records().get(0).id());
    }
  }

  @Test
  void sparkReadsASocketThroughTheJournal(@TempDir Path directory) throws Exception {
    SparkSession spark = SPARK.session();
    StreamingQuery query =
        spark
            .readStream()
            .format("social")
            .option("journal", directory.resolve("journal").toString())
            .load(place("").toString())
            .writeStream()
            .format("memory")
            .queryName("lines")
            .option("checkpointLocation", directory.resolve("checkpoint").toString())
            .start();
    try (Socket client = server.accept()) {
      send(client, "to be\n\0\nor not to be\n".getBytes(StandardCharsets.UTF_8));
      long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
      while (spark.table("lines").count() < 2 && System.nanoTime() < deadline) {
        query.processAllAvailable();
      }
    } finally {
      query.stop();
    }

    List<Row> lines = spark.table("lines").select("text").collectAsList();
    assertThat(lines)
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("to be", "or not to be");
    assertThat(
            spark
                .read()
                .format("social")
                .option("rows", "events")
                .load("journal:" + directory.resolve("journal"))
                .where("event = 'rejected'")
                .count())
        .isEqualTo(1);
  }

  @Test
  void whatIsNoSocketIsRefused() {
    for (String wrong : List.of("tcp:host", "tcp:host:1?x=y", "tcp:a:b:1")) {
      assertThatThrownBy(() -> Places.openLive(PlaceUri.parse(wrong), options()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("A socket is named like tcp:HOST:PORT");
    }
    assertThatThrownBy(() -> Places.openLive(PlaceUri.parse("tcp:h:70000"), options()))
        .hasMessage("A port is from 1 to 65535, was 70000");
    assertThatThrownBy(() -> Places.openLive(PlaceUri.parse("tcp:h:7?maxLine=0"), options()))
        .hasMessage("maxLine is from 1 to 4194304 bytes, was '0'");
  }

  private PlaceUri place(String parameters) {
    return PlaceUri.parse("tcp:127.0.0.1:" + server.getLocalPort() + parameters);
  }

  private static SourceOptions options() {
    return SourceOptions.fromEnvironment();
  }

  private static void send(Socket client, byte[] bytes) throws IOException {
    OutputStream out = client.getOutputStream();
    out.write(bytes);
    out.flush();
  }
}
