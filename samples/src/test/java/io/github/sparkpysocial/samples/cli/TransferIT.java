package io.github.sparkpysocial.samples.cli;

import static io.github.sparkpysocial.samples.cli.Ran.sparkpy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.server.MongoServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command between files and a MongoDB server, over the wire. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class TransferIT {
  private static final MongoServer MONGO = MongoServer.inMemory();
  private static String database;
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    database = MONGO.uri("social", "");
  }

  @AfterAll
  static void stop() {
    MONGO.close();
  }

  @Test
  void recordsGoRoundThroughTheDatabaseAndComeBackTheSame() {
    Path lines = directory.resolve("posts.jsonl");
    long posts = write(lines, Community.builder().posts(300).build());
    Path table = directory.resolve("posts.csv.gz");

    JsonNode in = transfer(lines, database + "posts");
    JsonNode again = transfer(lines, database + "posts");
    JsonNode out = transfer(database + "posts", table);
    JsonNode back = transfer(table, directory.resolve("back.jsonl"));

    assertThat(in.get("written").asLong()).isEqualTo(posts);
    assertThat(again.get("written").asLong()).isZero();
    assertThat(again.get("unchanged").asLong()).isEqualTo(posts);
    assertThat(out.get("written").asLong()).isEqualTo(posts);
    assertThat(back.get("written").asLong()).isEqualTo(posts);
    assertThat(Stream.of(in, again, out, back))
        .allMatch(report -> report.get("verified").asBoolean())
        .allMatch(report -> report.get("quarantined").asLong() == 0);
  }

  @Test
  void onlyWhatIsWantedIsMoved() {
    Path lines = directory.resolve("posts.jsonl");
    Community community = Community.builder().posts(300).build();
    long posts = write(lines, community);
    List<Instant> times = community.posts().map(Post::createdAt).sorted().toList();
    Instant middle = times.get(times.size() / 2);

    JsonNode later =
        sparkpy(
                "transfer",
                lines,
                directory.resolve("later.csv"),
                "--kind",
                "post",
                "--network",
                "x",
                "--since",
                middle,
                "--no-raw",
                "--verify",
                "--json")
            .endsWith(0)
            .json();
    JsonNode none =
        sparkpy(
                "transfer",
                lines,
                directory.resolve("none.jsonl"),
                "--kind",
                "account,event",
                "--json")
            .endsWith(0)
            .json();

    assertThat(later.get("written").asLong())
        .isEqualTo(times.stream().filter(time -> !time.isBefore(middle)).count())
        .isLessThan(posts);
    assertThat(later.get("verified").asBoolean()).isTrue();
    assertThat(later.get("verification").get("sourceChecksum"))
        .isEqualTo(later.get("verification").get("targetChecksum"));
    assertThat(none.get("read").asLong()).isZero();
    assertThat(sparkpy("transfer", lines, "x.jsonl", "--kind", "tweet").endsWith(2).err())
        .contains("known are post, account");
  }

  @Test
  void theWayIsExplainedAndNothingMoved() {
    Path lines = directory.resolve("posts.jsonl");
    write(lines, Community.builder().posts(100).build());

    Ran ran = sparkpy("transfer", lines, database + "unmoved", "--explain").endsWith(0);

    assertThat(ran.outLines().get(0)).contains("read JSON Lines file " + lines);
    assertThat(ran.outLines().get(1)).contains("write MongoDB collection").contains("by key");
    assertThat(ran.out()).contains("record by record (cost 1.00)");
    assertThat(
            transfer(database + "unmoved", directory.resolve("empty.jsonl")).get("read").asLong())
        .isZero();
  }

  private static JsonNode transfer(Object from, Object to) {
    return sparkpy("transfer", from, to, "--verify", "--json").endsWith(0).json();
  }

  private static long write(Path file, Community community) {
    try (Quarantine quarantine = Quarantine.inMemory();
        RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine));
        Stream<Post> posts = community.posts()) {
      return store.write(posts.iterator()).inserted();
    }
  }
}
