package io.github.sparkpysocial.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.spi.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a partitioned directory looks, and what of it is read. The contract is proven elsewhere. */
class PartitionedStoreTest {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  @TempDir Path directory;
  private final InMemoryQuarantine quarantine = Quarantine.inMemory();

  private RecordStore open(String options) {
    return Places.openStore(
        PlaceUri.parse(directory + "/posts/" + options), StoreOptions.with(quarantine));
  }

  private List<SocialRecord> read(Filter filter) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = open("");
        RecordCursor cursor = store.read(filter)) {
      cursor.forEachRemaining(records::add);
    }
    return records;
  }

  private static Post post(String id, Instant time) {
    return Post.builder(Network.X, id, "post " + id).createdAt(time).build();
  }

  private static Tombstone deletionOf(String id, Instant time) {
    return new Tombstone(Network.X, id, RecordKind.POST, null, time, Provenance.UNKNOWN, null);
  }

  private List<String> files() throws IOException {
    Path root = directory.resolve("posts");
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .filter(path -> !path.contains(".lock"))
          .sorted()
          .toList();
    }
  }

  @Test
  void partitionsAreNamedAsHiveAndSparkNameThem() throws IOException {
    try (RecordStore store = open("")) {
      store.write(
          List.of(
              post("1", NOON),
              post("2", NOON.plus(Duration.ofHours(12))),
              post("3", Instant.parse("-0001-03-04T00:00:00Z")),
              Post.builder(Network.MASTODON, "4", "timeless").build()));
    }

    assertThat(files())
        .containsExactly(
            "_layout.json",
            "network=mastodon/day=__HIVE_DEFAULT_PARTITION__/part.jsonl",
            "network=x/day=-0001-03-04/part.jsonl",
            "network=x/day=2026-11-01/part.jsonl",
            "network=x/day=2026-11-02/part.jsonl");
    assertThat(directory.resolve("posts/_layout.json"))
        .hasContent("{\"by\":[\"network\",\"day\"],\"format\":\"jsonl\",\"schema\":1}");
    assertThat(read(Filter.ALL)).hasSize(4);
  }

  @Test
  void valuesCannotLeaveTheDirectory() throws IOException {
    List<Post> posts = new ArrayList<>();
    for (String handle : List.of("../../etc", "..", ".", "a/b", "a=b%2F", "é\n", "a.b", "CON:")) {
      Post post = post("id" + posts.size(), NOON);
      posts.add(post.toBuilder().author(new AccountRef(null, handle, null)).build());
    }
    try (RecordStore store = open(";by=author_handle,month;format=csv")) {
      store.write(posts);
      assertThat(store.write(posts).unchanged()).isEqualTo(posts.size());
    }

    assertThat(files())
        .contains(
            "author_handle=%2E.%2F..%2Fetc/month=2026-11/part.csv",
            "author_handle=%2E./month=2026-11/part.csv",
            "author_handle=a%2Fb/month=2026-11/part.csv",
            "author_handle=a%3Db%252F/month=2026-11/part.csv",
            "author_handle=%C3%A9%0A/month=2026-11/part.csv",
            "author_handle=a.b/month=2026-11/part.csv")
        .allMatch(file -> !file.contains("/../"));
    assertThat(read(Filter.ALL)).containsExactlyInAnyOrderElementsOf(posts);
  }

  @Test
  void aRecordWhoseTimeChangesLeavesItsOldPartition() throws IOException {
    Post moved = post("1", NOON.plus(Duration.ofDays(3)));
    try (RecordStore store = open("")) {
      store.write(List.of(post("1", NOON), post("2", NOON)));
      assertThat(store.write(List.of(moved))).isEqualTo(new WriteSummary(0, 1, 0, 0, 0));
      assertThat(store.write(List.of(post("1", NOON), moved, post("1", NOON), moved)))
          .isEqualTo(new WriteSummary(0, 4, 0, 0, 0));
    }

    assertThat(read(Filter.ALL)).containsExactly(post("2", NOON), moved);
    assertThat(Files.readString(directory.resolve("posts/network=x/day=2026-11-01/part.jsonl")))
        .doesNotContain("\"id\":\"1\"");
    assertThat(files()).doesNotContain("_moves");
  }

  @Test
  void aMoveThatWasInterruptedIsEndedByTheNextWriter() throws IOException {
    Post moved = post("1", NOON.minus(Duration.ofDays(3)));
    try (RecordStore store = open("")) {
      store.write(List.of(post("1", NOON), post("2", NOON)));
    }
    Path file = directory.resolve("posts/network=x/day=2026-10-29/part.jsonl");
    Files.createDirectories(file.getParent());
    try (RecordStore half =
        Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine))) {
      half.write(List.of(moved));
    }
    Files.writeString(
        directory.resolve("posts/_moves"),
        Fingerprint.ofKey(moved.key()) + " network=x/day=2026-11-01/part.jsonl\n");
    assertThat(read(Filter.ALL)).hasSize(2);

    try (RecordStore store = open("")) {
      assertThat(store.write(List.of(moved)).unchanged()).isEqualTo(1);
    }

    assertThat(read(Filter.ALL)).containsExactly(moved, post("2", NOON));
    assertThat(files()).doesNotContain("_moves");
  }

  @Test
  void partitionsThatAFilterRulesOutAreNotOpened() throws IOException {
    try (RecordStore store = open("")) {
      store.write(
          List.of(
              post("1", NOON),
              post("2", NOON.plus(Duration.ofDays(1))),
              Post.builder(Network.MASTODON, "3", "elsewhere").createdAt(NOON).build()));
    }
    Files.writeString(
        directory.resolve("posts/network=mastodon/day=2026-11-01/part.jsonl"), "not json\n");
    Files.writeString(directory.resolve("posts/network=x/day=2026-11-02/part.jsonl"), "nor this\n");

    assertThat(read(Filter.ALL.from(Network.X).between(NOON, NOON.plusSeconds(1))))
        .containsExactly(post("1", NOON));
    assertThat(quarantine.count()).isZero();
    assertThat(read(Filter.ALL.between(null, Instant.parse("2026-11-01T12:00:01Z"))))
        .containsExactly(post("1", NOON));
    assertThat(quarantine.count()).isEqualTo(1);
    try (RecordStore store = open("")) {
      assertThat(store.explain(Filter.ALL.from(Network.X), Projection.ALL))
          .contains("2 of the 3 files");
      assertThat(store.capabilities()).contains(StoreCapability.FILTER_PUSHDOWN);
    }
  }

  @Test
  void aTombstoneGoesWhereItsTargetIsAndIsFoundByItsOwnTime() throws IOException {
    Instant later = NOON.plus(Duration.ofDays(30));
    Tombstone gone = deletionOf("1", later);
    try (RecordStore store = open("")) {
      store.write(List.of(post("1", NOON), post("2", NOON)));
      assertThat(store.write(List.of(gone))).isEqualTo(new WriteSummary(1, 0, 0, 1, 0));
      assertThat(store.write(List.of(post("1", later))).unchanged()).isEqualTo(1);
    }

    assertThat(files())
        .containsExactly(
            "_layout.json",
            "network=x/day=2026-11-01/_tombstones",
            "network=x/day=2026-11-01/part.jsonl");
    assertThat(read(Filter.ALL.between(later, null))).containsExactly(gone);
    assertThat(read(Filter.kinds(RecordKind.POST).between(later, null))).isEmpty();
  }

  @Test
  void manyPartitionsAreWrittenWithFewFilesOpen() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      posts.add(post("id" + i, NOON.plus(Duration.ofDays(i % 150))));
    }
    Collections.shuffle(posts, new Random(7));
    try (RecordStore store = open("")) {
      assertThat(store.write(posts.subList(0, 400)).inserted()).isEqualTo(400);
      assertThat(store.write(posts)).isEqualTo(new WriteSummary(200, 0, 400, 0, 0));
    }

    assertThat(read(Filter.ALL)).hasSize(600);
  }

  @Test
  void theLayoutIsKeptAndAnotherIsRefused() {
    try (RecordStore store = open(";by=year;format=jsonl.gz")) {
      store.write(List.of(post("1", NOON)));
    }
    try (RecordStore store = open("")) {
      store.write(List.of(post("2", NOON)));
      assertThat(store.description()).contains("JSON Lines, gzip files by year");
    }

    assertThat(read(Filter.ALL)).hasSize(2);
    assertThatThrownBy(() -> open(";by=day"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is partitioned by year into files of jsonl.gz")
        .hasMessageContaining("new directory");
    assertThatThrownBy(() -> open(";by=text").close())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be partitioned by 'text'");
  }

  @Test
  void aDirectoryOfAnotherVersionIsRefused() throws IOException {
    Files.createDirectories(directory.resolve("posts"));
    Files.writeString(
        directory.resolve("posts/_layout.json"),
        "{\"schema\":99,\"by\":[\"day\"],\"format\":\"jsonl\"}");

    assertThatThrownBy(() -> open(""))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("schema version 99")
        .hasMessageContaining("use a newer sparkpy-social");
  }

  @Test
  void aDirectoryOfOtherToolsIsReadWhole() throws IOException {
    Path root = Files.createDirectories(directory.resolve("posts/2026"));
    Files.writeString(root.resolve("a.csv"), "id,text\n1,a\n");
    Files.writeString(root.resolve("b.json"), "[{\"id\":\"2\",\"text\":\"b\"}]");
    Files.writeString(root.resolve("README.md"), "not data");
    Files.writeString(root.resolve("_SUCCESS.csv"), "not data");

    assertThat(read(Filter.ALL)).extracting(SocialRecord::id).containsExactly("1", "2");
    try (RecordStore store = open("")) {
      assertThat(store.capabilities()).doesNotContain(StoreCapability.WRITE);
      assertThatThrownBy(() -> store.write(List.of(post("3", NOON))))
          .isInstanceOf(UnsupportedCapabilityException.class)
          .hasMessageContaining("does not claim WRITE");
    }
  }

  @Test
  void aSecondWriterIsRefused() {
    try (RecordStore first = open("");
        RecordStore second = open("")) {
      first.write(List.of(post("1", NOON)));

      assertThatThrownBy(() -> second.write(List.of(post("2", NOON))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Another writer has");
    }
  }

  @Test
  void aValueTooLongForANameIsSetAside() {
    Post post = post("1", NOON).toBuilder().source("s".repeat(300)).build();
    try (RecordStore store = open(";by=source")) {
      assertThat(store.write(List.of(post)).quarantined()).isEqualTo(1);
    }

    assertThat(quarantine.rejected())
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.field()).isEqualTo("source"));
  }
}
