package io.github.sparkpysocial.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Chaos;
import io.github.sparkpysocial.testkit.sandbox.ChaosRule;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.Recorder;
import io.github.sparkpysocial.testkit.sandbox.Recording;
import io.github.sparkpysocial.testkit.sandbox.RecordingServer;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.sandbox.SandboxExtension;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code of {@code docs/testkit.md}: what stands between {@code // tag: NAME} and {@code // end}
 * is shown there, and run by {@link SnippetsTest}.
 */
class Snippets {

  // tag: wait
  private final Community community = Community.builder().seed(42).posts(200).build();
  private final SettableClock clock = SettableClock.at(community.now());

  @RegisterExtension
  final SandboxExtension sandbox =
      SandboxExtension.perTest(Sandbox.builder(community).clock(clock)).failOnViolations();

  @Test
  void waitsAsLongAsXSaysAndNoLonger() throws Exception {
    sandbox.sandbox().next("/2/tweets/search", Fault.rateLimited(Duration.ofSeconds(90)));

    int status = new MyClient(sandbox.uri(), clock::sleep).search("spark");

    assertThat(status).isEqualTo(200);
    assertThat(clock.instant()).isEqualTo(community.now().plusSeconds(90));
  }

  // end

  // tag: client
  /** The code under test: it asks, and waits when it is told to. */
  record MyClient(URI server, Sleeper sleeper) {
    interface Sleeper {
      void sleep(Duration duration) throws InterruptedException;
    }

    int search(String query) throws IOException, InterruptedException {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve("/2/tweets/search/recent?query=" + query))
              .header("Authorization", "Bearer sandbox")
              .build();
      HttpClient http = HttpClient.newHttpClient();
      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      while (answer.statusCode() == 429) {
        long seconds = answer.headers().firstValueAsLong("retry-after").orElse(60);
        sleeper.sleep(Duration.ofSeconds(seconds));
        answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      }
      return answer.statusCode();
    }
  }

  // end

  // tag: stream
  @Test
  void connectsAgainAfterALimitAndAfterACut() throws Exception {
    try (Sandbox sandbox = Sandbox.builder(community).clock(clock).start()) {
      sandbox.next("/2/tweets/sample/stream", Fault.rateLimited(Duration.ofSeconds(60)));
      MyStream stream = MyStream.open(sandbox.uri(), clock::sleep);
      sandbox.awaitStreams(1); // a minute of the clock later it is on
      sandbox.disconnectStreams();
      sandbox.awaitStreams(1); // and here again
      sandbox.sendToStreams("{\"data\":{\"id\":\"42\"}}\r\n");

      assertThat(stream.lines().take()).contains("42");
      assertThat(sandbox.violations()).isEmpty();
    }
  }

  // end

  // tag: streamclient
  /** The stream client under test: it connects again until its thread is interrupted. */
  record MyStream(URI server, MyClient.Sleeper sleeper, BlockingQueue<String> lines) {
    static MyStream open(URI server, MyClient.Sleeper sleeper) {
      MyStream stream = new MyStream(server, sleeper, new LinkedBlockingQueue<>());
      Thread thread = new Thread(stream::read);
      thread.setDaemon(true);
      thread.start();
      return stream;
    }

    private void read() {
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve("/2/tweets/sample/stream"))
              .header("Authorization", "Bearer sandbox")
              .build();
      HttpClient http = HttpClient.newHttpClient();
      try {
        for (int failures = 0; failures < 10; ) {
          try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofLines());
            if (answer.statusCode() == 429) {
              sleeper.sleep(Duration.ofSeconds(60));
            } else {
              answer.body().filter(line -> !line.isBlank()).forEach(lines::add);
            }
          } catch (IOException | UncheckedIOException e) {
            failures++; // and connect again
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  // end

  @Test
  void aServerInTrouble() throws Exception {
    // tag: chaos
    Chaos chaos =
        Chaos.seeded(
            42,
            ChaosRule.on("/2/", Fault.status(503)).withProbability(0.1),
            ChaosRule.on("/2/", Fault.rateLimited(Duration.ofSeconds(30))).withEvery(20),
            ChaosRule.on("/gql-ext", Fault.truncateBody()).withSkip(3).withTimes(2));
    try (Sandbox sandbox = Sandbox.builder(community).clock(clock).chaos(chaos).start()) {
      int status = new MyClient(sandbox.uri(), clock::sleep).search("spark");
      assertThat(status).isEqualTo(200);
    }
    // end
  }

  @Test
  void answersAreRecordedAndPlayedBack(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("answers.json");
    // tag: recording
    try (Sandbox live = Sandbox.start(community)) { // or the network itself
      Recorder recorder = Recorder.around(JdkHttpTransport.shared()).hiding(Secret.of("sandbox"));
      recorder.send(
          io.github.sparkpysocial.http.HttpRequest.get(live.uri().resolve("/orgs/none/repos")));
      recorder.save(file);
    }
    try (RecordingServer played = Sandbox.replay(Recording.load(file))) {
      var answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(played.uri().resolve("/orgs/none/repos")).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(played.unmatched()).isEmpty();
    }
    // end
  }

  @Test
  void everythingIsKnown() {
    // tag: truth
    Community community = Community.builder().seed(42).posts(2_000).people(600).build();

    String id = community.posts().findFirst().orElseThrow().id();
    assertThat(community.topics()).contains(community.topicOf(id));
    assertThat(community.topAuthors(10)).hasSize(10);
    assertThat(community.deletedPostIds()).doesNotContain(id);
    // end
  }

  @Test
  void aClientThatDoesNotCountIsFoundOut() throws Exception {
    // tag: limits
    Limits limits = Limits.ofTheNetworks().withXSearch(2);
    try (Sandbox sandbox =
        Sandbox.builder(Community.builder().posts(50).build()).limits(limits).start()) {
      MyClient hasty = new MyClient(sandbox.uri(), duration -> {});
      assertThat(hasty.search("spark")).isEqualTo(200);
      assertThat(hasty.search("spark")).isEqualTo(200);
      assertThat(sandbox.violations()).isEmpty(); // a third request would be one
    }
    // end
  }
}
