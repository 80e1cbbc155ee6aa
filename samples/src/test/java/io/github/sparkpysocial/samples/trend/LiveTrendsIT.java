package io.github.sparkpysocial.samples.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.samples.ProgramProcess;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.streaming.source.StreamRecorder;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.text.TextEntities;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The live trend tracker over a stream whose counts and whose surge are known. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class LiveTrendsIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  private static final SparkSession spark = SPARK.session();
  private static final Duration WINDOW = Duration.ofMinutes(10);
  private static final Instant START = Instant.parse("2026-11-15T12:00:00Z");

  @TempDir private Path directory;

  @Test
  void thePageHasCountsPostsAndTheSurgeWithItsEvidence() throws Exception {
    List<Post> posts = new ArrayList<>();
    for (int window = 0; window < 9; window++) {
      say(posts, window, 2, "quiet #spark");
    }
    say(posts, 7, 9, "is it down? #outage");
    say(posts, 12, 1, "a day later"); // all windows before it are complete now

    try (LiveTrends live =
        LiveTrends.start(spark, stream(posts), WINDOW, directory.resolve("checkpoints"), 0)) {
      live.catchUp();

      String page = page(live.uri());
      assertThat(page)
          .contains("data-fact=\"posts\" data-value=\"28\"")
          .contains("data-name=\"#spark\" data-value=\"18\"")
          .contains("data-name=\"#outage\" data-value=\"9\"")
          .contains("https://x.example/status/27", "a day later");
      assertThat(alert(live.uri()))
          .contains("#outage: 9 posts, usual are 0")
          .contains("is it down?")
          .contains("https://x.example/status/");
    }
  }

  /** As a person starts it without arguments: it follows the sandbox, where posts keep coming. */
  @Test
  void theProgramShowsThePostsOfAPlaceOnItsPage() throws Exception {
    Community community = Community.builder().posts(60).build();
    try (Sandbox sandbox = Sandbox.builder(community).live(40).start();
        ProgramProcess program =
            ProgramProcess.start(
                LiveTrends.class,
                directory,
                Map.of(),
                "bluesky:jetstream?endpoint=" + sandbox.uri(),
                "live",
                0)) {
      URI page = URI.create(program.await("Look at (\\S+); stop with Ctrl-C"));
      sandbox.awaitStreams(1);
      sandbox.publish(40);

      while (!page(page).matches("(?s).*data-fact=\"posts\" data-value=\"[1-9].*")) {
        assertThat(program.isAlive()).as(program.said()).isTrue();
      }
      assertThat(page(page)).contains("#");
    }
  }

  private static void say(List<Post> posts, int window, int times, String text) {
    for (int i = 0; i < times; i++) {
      String id = String.valueOf(posts.size());
      posts.add(
          Post.builder(Network.X, id, text)
              .author(new AccountRef("7", "ana", null))
              .createdAt(START.plus(WINDOW.multipliedBy(window)).plusSeconds(i))
              .entities(TextEntities.extract(text))
              .url("https://x.example/status/" + id)
              .build());
    }
  }

  /** Writes posts into a journal and returns the stream of it. */
  private Dataset<Row> stream(List<Post> posts) throws InterruptedException {
    PlaceUri file = PlaceUri.parse(directory.resolve("posts.jsonl").toString());
    try (RecordStore store = Places.openStore(file, StoreOptions.with(Quarantine.inMemory()))) {
      store.write(posts);
    }
    Path journal = directory.resolve("journal");
    try (StreamRecorder recorder =
        StreamRecorder.of(file, journal, SourceOptions.fromEnvironment())
            .speed(Double.POSITIVE_INFINITY)
            .start()) {
      assertThat(recorder.awaitEnd(Duration.ofMinutes(1))).isTrue();
    }
    return spark.readStream().format("social").option("kind", "post").load("journal:" + journal);
  }

  private static String page(URI uri) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Returns the first alert that a browser is told. */
  private static String alert(URI uri) throws IOException {
    URLConnection events = uri.resolve("/events").toURL().openConnection();
    events.setReadTimeout(60_000);
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(events.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (!line.contains("usual are")) {
        line = lines.readLine();
      }
      return line;
    }
  }
}
