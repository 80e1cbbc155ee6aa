package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Limits;
import io.github.sparkpysocial.testkit.sandbox.RecordedRequest;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes share one token's quota by a directory, against a server in real time. */
class SharedBudgetTest {
  private static final int PROCESSES = 8;
  private static final int REQUESTS = 5;
  private static final int LIMIT = 16;

  @TempDir Path directory;

  /** Reads the same page a number of times, as another program would, and says what it got. */
  static final class Harvester {
    public static void main(String[] args) throws InterruptedException {
      SourceOptions options =
          new SourceOptions(Map.of(Sandbox.VARIABLE, args[0]), Clock.systemUTC())
              .withLimits(RateLimits.sharedBy(Path.of(args[1]), Timing.system()));
      RecordSource source = Places.openSource(PlaceUri.parse(args[2]), options);
      System.out.println("ready");
      int pages = 0;
      for (int i = 0; i < Integer.parseInt(args[3]); i++) {
        pages += source.fetch(PageRequest.FIRST).records().isEmpty() ? 0 : 1;
      }
      System.out.println(pages);
    }
  }

  private Process harvester(Sandbox sandbox, String uri) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            Harvester.class.getName(),
            sandbox.uri().toString(),
            directory.toString(),
            uri,
            Integer.toString(REQUESTS));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  @Test
  @Timeout(120)
  void eightProcessesWithOneTokenBreakNoLimit() throws Exception {
    Community community = Community.builder().posts(50).seed(7).build();
    try (Sandbox sandbox =
        Sandbox.builder(community)
            .limits(Limits.ofTheNetworks().withGitHub(1, LIMIT).withWindows(Duration.ofSeconds(2)))
            .start()) {
      String uri = "github:" + community.repositories().get(0).fullName() + "/stargazers";
      List<Process> processes = new ArrayList<>();
      int pages = 0;
      try {
        for (int i = 0; i < PROCESSES; i++) {
          processes.add(harvester(sandbox, uri));
        }
        for (Process process : processes) {
          try (BufferedReader out =
              new BufferedReader(
                  new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("ready");
            pages += Integer.parseInt(out.readLine());
          }
          assertThat(process.waitFor()).isZero();
        }
      } finally {
        processes.forEach(Process::destroyForcibly);
      }

      List<RecordedRequest> requests = sandbox.requests();
      System.out.printf(
          "shared budget: %d processes, %d requests, %d pages, %d violations, %.1f s for %d per"
              + " window of 2 s%n",
          PROCESSES,
          requests.size(),
          pages,
          sandbox.violations().size(),
          Duration.between(requests.get(0).at(), requests.get(requests.size() - 1).at()).toMillis()
              / 1000.0,
          LIMIT);
      assertThat(sandbox.violations()).isEmpty();
      assertThat(pages).isEqualTo(PROCESSES * REQUESTS);
      assertThat(requests)
          .hasSizeGreaterThanOrEqualTo(PROCESSES * REQUESTS)
          .allMatch(request -> request.status() == 200);
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).doesNotContain(Sandbox.TOKEN + "\"");
      }
    }
  }
}
