package io.github.sparkpysocial.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Fault;
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.sandbox.SandboxExtension;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
