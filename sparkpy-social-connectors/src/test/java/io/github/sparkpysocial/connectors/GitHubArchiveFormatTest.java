package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.github.GitHubArchiveFormat;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as GH Archive publishes them. */
class GitHubArchiveFormatTest {
  private static final String PUSH_OF_2016 =
      """
      {"id":"3","type":"PushEvent","actor":{"id":7,"login":"ann"},"repo":{"id":9,"name":"o/r"},\
      "payload":{"size":2,"ref":"refs/heads/main","head":"abc","commits":[{"sha":"abb",\
      "message":"Fix it"},{"sha":"abc","message":"Test it"}]},"public":true,\
      "created_at":"2016-01-01T00:00:01Z"}""";
  private static final String PUSH_OF_TODAY =
      """
      {"id":"4","type":"PushEvent","actor":{"id":7,"login":"ann"},"repo":{"id":9,"name":"o/r"},\
      "payload":{"push_id":1,"ref":"refs/heads/main","head":"abd","before":"abc"},"public":true,\
      "created_at":"2026-01-01T00:00:01Z"}""";
  private static final String STAR_OF_2013 =
      """
      {"created_at":"2013-09-20T10:00:06-07:00","payload":{"action":"started"},"public":true,\
      "type":"WatchEvent","url":"https://github.com/o/r","actor":"ben","actor_attributes":\
      {"login":"ben","type":"User","name":"Ben Example"},"repository":{"id":9,"name":"r",\
      "url":"https://github.com/o/r","owner":"o","stargazers":3}}""";
  private static final String PUSH_OF_2012 =
      """
      {"created_at":"2012/03/11 01:02:03 -0800","payload":{"shas":[["ab","x@example.org",\
      "Add a cat","Ben",true]],"size":1,"ref":"refs/heads/master","head":"ab"},"public":true,\
      "type":"PushEvent","url":"https://github.com/o/r/compare/a...b","actor":"ben",\
      "actor_attributes":{"login":"ben"},"repository":{"id":9,"name":"r","owner":"o"}}""";
  private static final String DELETED_COMMENT =
      """
      {"id":"5","type":"IssueCommentEvent","actor":{"id":7,"login":"ann"},"repo":{"id":9,\
      "name":"o/r"},"payload":{"action":"deleted","issue":{"id":11},"comment":{"id":12,\
      "body":"gone","user":{"id":7}}},"public":true,"created_at":"2026-01-01T00:00:02Z"}""";
  private static final String REVIEW =
      """
      {"id":"6","type":"PullRequestReviewCommentEvent","actor":{"id":7,"login":"ann"},"repo":\
      {"id":9,"name":"o/r"},"payload":{"action":"created","pull_request":{"id":20,"number":2},\
      "comment":{"id":21,"body":"Why not @ben?","user":{"id":7,"login":"ann"},\
      "html_url":"https://github.com/o/r/pull/2#21"}},"public":true,\
      "created_at":"2026-01-01T00:00:03Z"}""";
  private static final String NEVER_HEARD_OF =
      """
      {"id":"8","type":"TelepathyEvent","actor":{"id":7,"login":"ann"},"repo":{"id":9,\
      "name":"o/r"},"payload":{"action":"sent"},"public":true,"mood":"good",\
      "created_at":"2026-01-01T00:00:04Z"}""";

  @TempDir Path directory;

  private final Quarantine quarantine = Quarantine.inMemory();
  private long duplicates;

  private List<SocialRecord> read(Path file, String option) {
    try (RecordStore store =
            Places.openStore(PlaceUri.parse(file + option), StoreOptions.with(quarantine));
        RecordCursor records = store.readAll()) {
      List<SocialRecord> all = new ArrayList<>();
      records.forEachRemaining(all::add);
      duplicates = records.duplicates();
      return all;
    }
  }

  private Path archive(String... lines) throws IOException {
    Path file = directory.resolve("2026-01-01-7.json.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  @Test
  void anHourHoldsBothSchemasOnceEachAndATornLineIsSetAside() throws IOException {
    Path hour =
        archive(
            PUSH_OF_2016,
            STAR_OF_2013,
            PUSH_OF_TODAY,
            PUSH_OF_2016,
            STAR_OF_2013,
            PUSH_OF_2012,
            DELETED_COMMENT,
            REVIEW,
            PUSH_OF_TODAY.substring(0, 90));

    List<SocialRecord> records = read(hour, "");

    assertThat(records).hasSize(6);
    assertThat(duplicates).isEqualTo(2);
    assertThat(quarantine.count()).isEqualTo(1);
    Map<String, SocialRecord> byId = new TreeMap<>();
    records.forEach(record -> byId.put(record.id(), record));
    Interaction old = (Interaction) byId.get("event/3");
    assertThat(old.type()).isEqualTo(Interaction.Type.PUSH);
    assertThat(old.count()).isEqualTo(2);
    assertThat(old.text()).isEqualTo("Fix it\nTest it");
    Interaction trimmed = (Interaction) byId.get("event/4");
    assertThat(trimmed.count()).isNull();
    assertThat(trimmed.text()).isNull();
    assertThat(trimmed.url()).isEqualTo("https://github.com/o/r/commit/abd");
    assertThat(records)
        .filteredOn(r -> r instanceof Interaction i && i.type() == Interaction.Type.STAR)
        .singleElement()
        .satisfies(
            record -> {
              Interaction star = (Interaction) record;
              assertThat(star.actor().handle()).isEqualTo("ben");
              assertThat(star.actor().name()).isEqualTo("Ben Example");
              assertThat(star.targetId()).isEqualTo("9");
              assertThat(star.targetName()).isEqualTo("o/r");
              assertThat(star.createdAt()).isEqualTo(Instant.parse("2013-09-20T17:00:06Z"));
              assertThat(star.raw()).isEqualTo(STAR_OF_2013);
            });
    assertThat(records)
        .filteredOn(r -> r instanceof Interaction i && "Add a cat".equals(i.text()))
        .singleElement()
        .satisfies(
            r ->
                assertThat(((Interaction) r).createdAt())
                    .isEqualTo(Instant.parse("2012-03-11T09:02:03Z")));
    assertThat(records)
        .filteredOn(Tombstone.class::isInstance)
        .singleElement()
        .satisfies(
            r -> {
              assertThat(((Tombstone) r).targetKind()).isEqualTo(RecordKind.POST);
              assertThat(r.id()).isEqualTo("issue-comment/12");
            });
    Post review = (Post) byId.get("review-comment/21");
    assertThat(review.inReplyToId()).isEqualTo("pull/20");
    assertThat(review.kind()).isEqualTo(Post.Kind.REPLY);
    assertThat(review.entities().mentions()).hasSize(1);
  }

  @Test
  void theFormatCanBeNamedWhereTheFirstLineDoesNotShowIt() throws IOException {
    Path hour = archive("{\"broken\":true}", PUSH_OF_2016);

    assertThat(read(hour, ";format=gharchive")).hasSize(1);
    assertThat(quarantine.count()).isEqualTo(1);
  }

  @Test
  void unknownTypesAndFieldsAreCountedAndKept() {
    var reading = new GitHubArchiveFormat().read(NEVER_HEARD_OF, Provenance.UNKNOWN);

    assertThat(reading.unknownFields())
        .containsExactlyInAnyOrder("event.type.TelepathyEvent", "mood");
    assertThat(reading.records())
        .singleElement()
        .satisfies(
            record -> {
              Interaction other = (Interaction) record;
              assertThat(other.type()).isEqualTo(Interaction.Type.OTHER);
              assertThat(other.status()).isEqualTo("TelepathyEvent sent");
              assertThat(other.raw()).isEqualTo(NEVER_HEARD_OF);
            });
  }

  /** Thirty events of 2013 from the API, recorded by the simdjson project. */
  @Test
  void recordedEventsAreReadWhole() {
    Path file = Recorded.data("github").resolve("simdjson_github_events.json");

    List<SocialRecord> records = read(file, "");

    assertThat(quarantine.count()).isZero();
    Map<String, Integer> kinds = new TreeMap<>();
    records.forEach(
        record ->
            kinds.merge(
                record instanceof Interaction i ? i.type().name() : record.recordKind().name(),
                1,
                Integer::sum));
    // 13 pushes, 6 stars, 3 forks; 2 comments and 1 issue; 3 creations and 2 wiki pages.
    assertThat(kinds).isEqualTo(Map.of("PUSH", 13, "STAR", 6, "FORK", 3, "OTHER", 5, "POST", 3));
    assertThat(records)
        .filteredOn(r -> r instanceof Interaction i && i.type() == Interaction.Type.PUSH)
        .allSatisfy(
            push -> {
              assertThat(((Interaction) push).count()).isPositive();
              assertThat(((Interaction) push).text()).isNotBlank();
            });
    assertThat(records).extracting(r -> r.key().toString()).doesNotHaveDuplicates();
  }

  /** What the feed brings live and what its saved answers hold are the same records. */
  @Test
  void theLiveFeedAndTheArchiveAgree() throws IOException {
    Community community = Community.builder().seed(8).people(120).posts(10).commits(12_000).build();
    SettableClock clock = SettableClock.at(community.now());
    List<SocialRecord> live;
    try (Sandbox sandbox = Sandbox.builder(community).clock(clock).start();
        RecordSource source =
            Places.openSource(
                PlaceUri.parse("github:sparkling-labs/events"),
                new SourceOptions(sandbox.environment(), clock)
                    .withLimits(Recorded.options(clock, JdkHttpTransport.shared()).limits()))) {
      live = source.records().toList();
      assertThat(sandbox.violations()).isEmpty();
    }

    List<SocialRecord> archived =
        read(archive(live.stream().map(SocialRecord::raw).toArray(String[]::new)), "");

    assertThat(archived).hasSize(300);
    assertThat(archived.stream().map(GitHubArchiveFormatTest::bare))
        .containsExactlyInAnyOrderElementsOf(
            live.stream().map(GitHubArchiveFormatTest::bare).toList());
  }

  private static SocialRecord bare(SocialRecord record) {
    return record instanceof Post post
        ? post.toBuilder().provenance(Provenance.UNKNOWN).build()
        : ((Interaction) record).toBuilder().provenance(Provenance.UNKNOWN).build();
  }
}
