package io.github.sparkpysocial.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.store.RecordLine;
import io.github.sparkpysocial.streaming.journal.Journal;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalOptions;
import io.github.sparkpysocial.streaming.journal.JournalPosition;
import io.github.sparkpysocial.testkit.SharedSparkSession;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Alerts of a driver that is killed again and again: none is lost, none comes twice. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class KilledAlertsIT {
  @RegisterExtension static final SharedSparkSession SPARK = new SharedSparkSession();

  /** A property sets more, for a longer look. */
  private static final int KILLS = Integer.getInteger("sparkpy.kills", 2);

  private static final int POSTS = 600;
  private static final long LONGEST_LIFE_MILLIS = 1_500;

  @TempDir private Path directory;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // with many kills
  void theFileHasTheAlertsOfABatchOverTheJournalEachOnce() throws Exception {
    List<Post> posts = posts();
    Path file = directory.resolve("alerts.jsonl");
    Path log = directory.resolve("log");
    String[] args = {"journal:" + log, directory.toString(), "alerts:" + file};
    Random random = new Random(13);
    int part = posts.size() / (KILLS + 1);
    try (Journal journal = Journal.open(log, JournalOptions.DEFAULT)) {
      for (int life = 0; life < KILLS; life++) {
        append(journal, posts.subList(life * part, (life + 1) * part));
        try (StreamProcess process = StreamProcess.start(args)) {
          if (life == 0 || random.nextBoolean()) { // else it may be killed before its first batch
            process.await("a batch", () -> process.batches() > 0);
          }
          boolean unused = process.hasEnded(random.nextLong(LONGEST_LIFE_MILLIS));
        }
      }
      append(journal, posts.subList(KILLS * part, posts.size()));
      List<String> expected =
          StreamProcess.alerts(SPARK.session().read().format("social").load("journal:" + log))
              .select("id")
              .collectAsList()
              .stream()
              .map(row -> row.getString(0))
              .toList();
      try (StreamProcess process = StreamProcess.start(args)) {
        process.await("every alert in the file", () -> ids(file).size() >= expected.size());
      }

      assertThat(ids(file)).hasSizeGreaterThan(10).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  /** In the order of their times, and one much later, so that the watermark passes all of them. */
  private static List<Post> posts() {
    Community community = Community.builder().posts(POSTS).build();
    List<Post> posts =
        IntStream.range(0, POSTS)
            .mapToObj(community::postAt)
            .sorted(Comparator.comparing(post -> Objects.requireNonNull(post.createdAt())))
            .collect(Collectors.toCollection(ArrayList::new));
    Post last = posts.get(POSTS - 1);
    posts.add(
        Post.builder(last.network(), "last", "The last one")
            .createdAt(Objects.requireNonNull(last.createdAt()).plus(Duration.ofDays(30)))
            .author(last.author())
            .build());
    return posts;
  }

  private static void append(Journal journal, List<Post> posts) {
    posts.forEach(post -> journal.append(JournalEntry.Kind.RECORD, RecordLine.of(post)));
    JournalPosition unused = journal.commit();
  }

  private static List<String> ids(Path file) {
    try {
      List<String> ids = new ArrayList<>();
      if (Files.exists(file)) {
        String whole = Files.readString(file);
        for (String line : whole.substring(0, whole.lastIndexOf('\n') + 1).lines().toList()) {
          ids.add(new ObjectMapper().readTree(line).get("id").asText());
        }
      }
      return ids;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
