package io.github.sparkpysocial.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.PartReader;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link RecordStore} keeps to. Extend it, say how a store is opened, and run it with
 * JUnit 5:
 *
 * <pre>{@code
 * class MyStoreTest extends StoreContract {
 *   @Override
 *   protected RecordStore open(String name, StoreOptions options) {
 *     return Places.openStore(PlaceUri.parse("my://localhost/test::" + name), options);
 *   }
 * }
 * }</pre>
 *
 * <p>A test opens its store once or several times under one name, and no two tests use the same
 * name; so stores need not be emptied between tests, as long as they are when all begin. What a
 * store does not claim in its capabilities, it must refuse by name.
 */
public abstract class StoreContract {
  private final InMemoryQuarantine quarantine = Quarantine.inMemory();

  /** Called by JUnit. */
  protected StoreContract() {}

  /**
   * Opens the store of this name, empty if it was not opened before.
   *
   * @param name letters and digits
   */
  protected abstract RecordStore open(String name, StoreOptions options);

  private RecordStore open(String name) {
    return open(name, StoreOptions.with(quarantine).withBatchSize(3));
  }

  private static List<SocialRecord> all(RecordStore store) {
    return read(store, Filter.ALL);
  }

  private static List<SocialRecord> read(RecordStore store, Filter filter) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordCursor cursor = store.read(filter)) {
      cursor.forEachRemaining(records::add);
    }
    records.sort(Comparator.comparing(SocialRecord::key));
    return records;
  }

  private static WriteSummary summary(long inserted, long updated, long unchanged, long deleted) {
    return new WriteSummary(inserted, updated, unchanged, deleted, 0);
  }

  @Test
  void aStoreClaimsToReadAndWrite() {
    try (RecordStore store = open("claims")) {
      assertThat(store.capabilities()).contains(StoreCapability.READ, StoreCapability.WRITE);
      assertThat(store.description()).isNotBlank();
    }
  }

  @Test
  void whatWasWrittenIsReadBackWhole() {
    Post post = SampleRecords.fullPost("1");
    try (RecordStore store = open("whole")) {
      assertThat(store.write(List.of(post))).isEqualTo(summary(1, 0, 0, 0));
      boolean raw = store.capabilities().contains(StoreCapability.RAW);
      assertThat(all(store)).containsExactly(raw ? post : post.toBuilder().raw(null).build());
    }
    assertThat(quarantine.rejected()).isEmpty();
  }

  @Test
  void recordsAreThereWhenTheStoreIsOpenedAgain() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      posts.add(SampleRecords.post("1" + i, "post number " + i));
    }
    try (RecordStore store = open("again")) {
      store.write(posts);
    }
    try (RecordStore store = open("again")) {
      assertThat(all(store)).isEqualTo(posts);
      assertThat(store.count(Filter.ALL)).isEqualTo(10);
    }
  }

  @Test
  void partsAreTheWholeAndNothingTwice() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      posts.add(SampleRecords.post("part" + i, "post number " + i));
    }
    try (RecordStore store = open("parts")) {
      assumeTrue(store instanceof PartReader, "is read as a whole");
      store.write(posts);
      Set<String> ids = Set.of("part3", "part4", "part59", "none");
      for (Filter filter :
          List.of(Filter.ALL, Filter.kinds(RecordKind.POST), Filter.ALL.withIds(ids))) {
        List<SocialRecord> inParts = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
          try (RecordCursor cursor =
              ((PartReader) store).readPart(filter, Projection.ALL, new PartReader.Part(part, 3))) {
            cursor.forEachRemaining(inParts::add);
          }
        }
        try (RecordCursor whole = store.read(filter)) {
          List<SocialRecord> all = new ArrayList<>();
          whole.forEachRemaining(all::add);
          assertThat(inParts).containsExactlyInAnyOrderElementsOf(all);
          assertThat(all).hasSize(filter.ids().isEmpty() ? 60 : 3);
        }
      }
    }
  }

  @Test
  void writingNothingMakesAnEmptyStore() {
    try (RecordStore store = open("nothing")) {
      assertThat(store.write(List.of())).isEqualTo(WriteSummary.NONE);
      assertThat(all(store)).isEmpty();
      assertThat(store.count(Filter.ALL)).isZero();
    }
  }

  @Test
  void hostileTextsComeBackAsTheyWere() {
    List<Post> posts = new ArrayList<>();
    for (String text : SampleRecords.hostileTexts()) {
      posts.add(SampleRecords.post("hostile" + (100 + posts.size()), text));
    }
    try (RecordStore store = open("hostile")) {
      store.write(posts);
    }
    try (RecordStore store = open("hostile")) {
      assertThat(all(store)).isEqualTo(posts);
      assertThat(store.write(posts)).isEqualTo(summary(0, 0, posts.size(), 0));
    }
    assertThat(quarantine.rejected()).isEmpty();
  }

  @Test
  void theHostileCorpusComesBackOrIsSetAsideWithAReason() {
    try (RecordStore store = open("corpus")) {
      boolean mixed = store.capabilities().contains(StoreCapability.MIXED_KINDS);
      survives("corpus", store, mixed ? HostileCorpus.records() : HostileCorpus.posts());
    }
  }

  @Test
  void theHostileCorpusComesBackFromAStoreOfEachKind() {
    try (RecordStore store = open("corpusclaims")) {
      assumeTrue(
          !store.capabilities().contains(StoreCapability.MIXED_KINDS), "keeps all kinds of record");
    }
    for (RecordKind kind : RecordKind.values()) {
      if (kind != RecordKind.POST) {
        String name = "corpus" + kind.wireName();
        try (RecordStore store = open(name)) {
          survives(
              name,
              store,
              HostileCorpus.records().stream().filter(r -> r.recordKind() == kind).toList());
        }
      }
    }
  }

  /** Writes records, reads them back, and writes them again. */
  private void survives(String name, RecordStore store, List<? extends SocialRecord> records) {
    boolean raw = store.capabilities().contains(StoreCapability.RAW);
    Map<RecordKey, SocialRecord> expected = new HashMap<>();
    for (SocialRecord record : records) {
      SocialRecord stored = HostileCorpus.asStored(record, raw);
      expected.put(stored.key(), stored);
    }
    assertThat(expected).as("keys that stay apart").hasSameSizeAs(records);
    int before = quarantine.rejected().size();

    WriteSummary written = store.write(records);

    int setAside = quarantine.rejected().size() - before;
    assertThat(written.quarantined()).as("set aside by %s", name).isEqualTo(setAside);
    assertThat(written).isEqualTo(new WriteSummary(records.size() - setAside, 0, 0, 0, setAside));
    store.close();
    try (RecordStore again = open(name)) {
      Map<RecordKey, SocialRecord> read = new HashMap<>();
      try (RecordCursor cursor = again.readAll()) {
        cursor.forEachRemaining(
            record ->
                assertThat(read.put(record.key(), record))
                    .as("a second %s", record.key())
                    .isNull());
      }
      int setAsideInAll = quarantine.rejected().size() - before;
      read.forEach(
          (key, record) ->
              assertThat(record).as("%s from %s", key, name).isEqualTo(expected.get(key)));
      assertThat(read).as("all but those set aside").hasSize(records.size() - setAsideInAll);
      assertThat(quarantine.rejected().subList(before, before + setAsideInAll))
          .allMatch(rejected -> !rejected.reason().isBlank() && rejected.raw().length > 0);
      assertThat(again.write(records))
          .isEqualTo(new WriteSummary(0, 0, records.size() - setAside, 0, setAside));
    }
  }

  @Test
  void aSourceThatFailsLeavesWholeRecordsAndAStoreThatGoesOn() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      posts.add(SampleRecords.post("f" + (100 + i), "post number " + i));
    }
    try (RecordStore store = open("failing")) {
      Iterator<Post> failing =
          Stream.concat(
                  posts.subList(0, 11).stream(),
                  Stream.generate(
                      () -> {
                        throw new StoreException("the source is gone");
                      }))
              .iterator();

      assertThatThrownBy(() -> store.write(failing)).hasMessageContaining("the source is gone");

      List<SocialRecord> left = all(store);
      assertThat(left).hasSizeLessThanOrEqualTo(11).isEqualTo(posts.subList(0, left.size()));
      assertThat(store.write(posts))
          .isEqualTo(summary(posts.size() - left.size(), 0, left.size(), 0));
      assertThat(all(store)).isEqualTo(posts);
    }
  }

  @Test
  void hostileIdsAreToldApart() {
    List<Post> posts = new ArrayList<>();
    for (String id :
        List.of("a", "A", "a ", " a", "á", "a\u0301", "a/b", "a.b", "$a", "a\nb", "0", "00")) {
      posts.add(SampleRecords.post(id, "the id is the difference"));
    }
    posts.sort(Comparator.comparing(SocialRecord::key));
    try (RecordStore store = open("ids")) {
      assertThat(store.write(posts)).isEqualTo(summary(posts.size(), 0, 0, 0));
      assertThat(all(store)).isEqualTo(posts);
    }
  }

  @Test
  void halfACharacterIsReplacedTheSameWayEverywhere() {
    Post broken = SampleRecords.post("1", "half \uD83D of an emoji");
    try (RecordStore store = open("half")) {
      store.write(List.of(broken));
      assertThat(all(store)).containsExactly(SampleRecords.post("1", "half \uFFFD of an emoji"));
      assertThat(store.write(List.of(broken))).isEqualTo(summary(0, 0, 1, 0));
    }
  }

  @Test
  void writingTwiceChangesNothing() {
    List<Post> posts = List.of(SampleRecords.fullPost("1"), SampleRecords.post("2", "two"));
    try (RecordStore store = open("twice")) {
      assertThat(store.write(posts)).isEqualTo(summary(2, 0, 0, 0));
      assertThat(store.write(posts)).isEqualTo(summary(0, 0, 2, 0));
    }
    try (RecordStore store = open("twice")) {
      assertThat(store.write(posts)).isEqualTo(summary(0, 0, 2, 0));
      assertThat(all(store)).hasSize(2);
    }
  }

  @Test
  void aRecordTwiceInOneBatchIsKeptOnce() {
    Post first = SampleRecords.post("1", "first version");
    Post second = SampleRecords.post("1", "second version");
    try (RecordStore store = open("batch")) {
      assertThat(store.write(List.of(first, first, second))).isEqualTo(summary(1, 1, 1, 0));
      assertThat(all(store)).containsExactly(second);
    }
  }

  @Test
  void provenanceAloneIsNoChange() {
    Post first =
        SampleRecords.post("1", "same").toBuilder()
            .provenance(new Provenance("x:search?q=a", Instant.EPOCH, "one"))
            .build();
    Post later =
        first.toBuilder()
            .provenance(new Provenance("x:search?q=b", Instant.EPOCH.plusSeconds(9), "two"))
            .build();
    try (RecordStore store = open("provenance")) {
      store.write(List.of(first));
      assertThat(store.write(List.of(later))).isEqualTo(summary(0, 0, 1, 0));
      assertThat(all(store)).containsExactly(first);
    }
  }

  @Test
  void aChangedRecordReplacesTheOldOne() {
    Post old = SampleRecords.post("1", "old words");
    Post edited = SampleRecords.post("1", "new words");
    Post other = SampleRecords.post("2", "other");
    try (RecordStore store = open("changed")) {
      store.write(List.of(old, other));
      assertThat(store.write(List.of(edited))).isEqualTo(summary(0, 1, 0, 0));
      assertThat(all(store)).containsExactly(edited, other);
    }
    try (RecordStore store = open("changed")) {
      assertThat(all(store)).containsExactly(edited, other);
      assertThat(store.write(List.of(old))).isEqualTo(summary(0, 1, 0, 0));
      assertThat(all(store)).containsExactly(old, other);
    }
  }

  @Test
  void aTombstoneRemovesItsTargetAndKeepsItAway() {
    Post post = SampleRecords.post("1", "soon gone");
    Post other = SampleRecords.post("2", "stays");
    Tombstone tombstone = SampleRecords.deletionOf("1");
    try (RecordStore store = open("deleted")) {
      store.write(List.of(post, other));
      assertThat(store.write(List.of(tombstone))).isEqualTo(summary(1, 0, 0, 1));
      assertThat(all(store)).containsExactly(other, tombstone);
      assertThat(store.write(List.of(post))).isEqualTo(summary(0, 0, 1, 0));
    }
    try (RecordStore store = open("deleted")) {
      assertThat(all(store)).containsExactly(other, tombstone);
      assertThat(store.write(List.of(post, tombstone))).isEqualTo(summary(0, 0, 2, 0));
      assertThat(store.count(Filter.kinds(RecordKind.POST))).isEqualTo(1);
    }
  }

  @Test
  void aTombstoneThatComesFirstKeepsItsTargetAway() {
    Post post = SampleRecords.post("1", "deleted before it came");
    Tombstone tombstone = SampleRecords.deletionOf("1");
    try (RecordStore store = open("first")) {
      assertThat(store.write(List.of(tombstone, post))).isEqualTo(summary(1, 0, 1, 0));
      assertThat(all(store)).containsExactly(tombstone);
    }
    try (RecordStore store = open("first")) {
      assertThat(store.write(List.of(post))).isEqualTo(summary(0, 0, 1, 0));
      assertThat(all(store)).containsExactly(tombstone);
    }
  }

  @Test
  void deletingByKeyRemovesTheRecord() {
    Post one = SampleRecords.post("1", "one");
    Post two = SampleRecords.post("2", "two");
    try (RecordStore store = open("bykey")) {
      store.write(List.of(one, two));
      RecordKey unknown = new RecordKey(Network.X, RecordKind.POST, "3");
      assertThat(store.delete(List.of(one.key(), unknown))).isEqualTo(1);
      assertThat(store.delete(one.key())).isFalse();
      assertThat(all(store)).containsExactly(two);
      assertThat(store.write(List.of(one))).isEqualTo(summary(1, 0, 0, 0));
      assertThat(all(store)).containsExactly(one, two);
    }
  }

  @Test
  void deletingATombstoneLetsItsTargetComeBack() {
    Post post = SampleRecords.post("1", "restored");
    Tombstone tombstone = SampleRecords.deletionOf("1");
    try (RecordStore store = open("restored")) {
      store.write(List.of(post, tombstone));
      assertThat(store.delete(tombstone.key())).isTrue();
      assertThat(all(store)).isEmpty();
      assertThat(store.write(List.of(post))).isEqualTo(summary(1, 0, 0, 0));
      assertThat(all(store)).containsExactly(post);
    }
  }

  @Test
  void networksAndKindsAreToldApart() {
    Post onX = SampleRecords.post("1", "on X");
    Post onMastodon = Post.builder(Network.MASTODON, "1", "on Mastodon").build();
    try (RecordStore store = open("filters")) {
      assertThat(store.write(List.of(onX, onMastodon))).isEqualTo(summary(2, 0, 0, 0));
      assertThat(read(store, Filter.ALL.from(Network.X))).containsExactly(onX);
      assertThat(read(store, Filter.ALL.from(Network.BLUESKY))).isEmpty();
      assertThat(read(store, Filter.kinds(RecordKind.EVENT))).isEmpty();
      assertThat(read(store, Filter.kinds(RecordKind.POST).from(Network.MASTODON)))
          .containsExactly(onMastodon);
      assertThat(store.count(Filter.ALL.from(Network.X, Network.MASTODON))).isEqualTo(2);
    }
  }

  @Test
  void idsAndTimesAreToldApart() {
    Instant noon = Instant.parse("2026-11-01T12:00:00Z");
    Post first = SampleRecords.post("1", "at noon").toBuilder().createdAt(noon).build();
    Post second =
        SampleRecords.post("2", "an hour later").toBuilder()
            .createdAt(noon.plusSeconds(3_600))
            .build();
    Post early =
        SampleRecords.post("3", "the year before").toBuilder()
            .createdAt(Instant.parse("2025-11-01T12:00:00Z"))
            .build();
    Post timeless = SampleRecords.post("4", "at no time").toBuilder().createdAt(null).build();
    try (RecordStore store = open("spans")) {
      store.write(List.of(first, second, early, timeless));
      assertThat(read(store, Filter.ALL.withIds(List.of("2", "4", "5"))))
          .containsExactly(second, timeless);
      assertThat(read(store, Filter.ALL.between(noon, null))).containsExactly(first, second);
      assertThat(read(store, Filter.ALL.between(noon, noon.plusSeconds(3_600))))
          .containsExactly(first);
      assertThat(read(store, Filter.ALL.between(null, noon))).containsExactly(early);
      assertThat(store.count(Filter.ALL.between(noon, null).withIds(List.of("1", "3"))))
          .isEqualTo(1);
    }
  }

  @Test
  void columnsThatAreNotWantedAreUnknown() {
    try (RecordStore store = open("projected")) {
      assumeTrue(
          store.capabilities().contains(StoreCapability.MIXED_KINDS), "keeps one kind of record");
      List<SocialRecord> records = SampleRecords.ofEachKind();
      store.write(records);
      Projection projection = Projection.of("text", "author_handle", "hashtags", "created_at");
      List<SocialRecord> expected = new ArrayList<>();
      records.forEach(record -> expected.add(projection.apply(record)));
      List<SocialRecord> read = new ArrayList<>();
      try (RecordCursor cursor = store.read(Filter.ALL, projection)) {
        cursor.forEachRemaining(read::add);
      }
      assertThat(read).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void allKindsFitIntoOneStoreThatClaimsSo() {
    try (RecordStore store = open("kinds")) {
      assumeTrue(
          store.capabilities().contains(StoreCapability.MIXED_KINDS), "keeps one kind of record");
      List<SocialRecord> records = new ArrayList<>(SampleRecords.ofEachKind());
      records.sort(Comparator.comparing(SocialRecord::key));
      assertThat(store.write(records)).isEqualTo(summary(records.size(), 0, 0, 0));
      assertThat(all(store)).isEqualTo(records);
      assertThat(read(store, Filter.kinds(RecordKind.EVENT, RecordKind.GROUP))).hasSize(2);
      assertThat(store.write(records)).isEqualTo(summary(0, 0, records.size(), 0));
    }
  }

  @Test
  void aSecondKindIsRefusedByAStoreOfOneKind() {
    try (RecordStore store = open("onekind")) {
      assumeTrue(
          !store.capabilities().contains(StoreCapability.MIXED_KINDS), "keeps all kinds of record");
      Post post = SampleRecords.post("1", "the kind of this store");
      store.write(List.of(post));
      List<SocialRecord> mixed = SampleRecords.ofEachKind();
      assertThatThrownBy(() -> store.write(mixed))
          .isInstanceOf(UnsupportedCapabilityException.class)
          .hasMessageContaining("MIXED_KINDS")
          .hasMessageContaining("post");
      assertThat(all(store)).containsExactly(post);
    }
  }

  @Test
  void eachKindAloneIsReadBackWhole() {
    for (SocialRecord record : SampleRecords.ofEachKind()) {
      String name = "alone" + record.recordKind().wireName();
      try (RecordStore store = open(name)) {
        store.write(List.of(record));
      }
      try (RecordStore store = open(name)) {
        assertThat(all(store)).containsExactly(record);
        assertThat(store.write(List.of(record))).isEqualTo(summary(0, 0, 1, 0));
      }
    }
  }

  @Test
  void rawJsonIsLeftOutOnRequest() {
    StoreOptions options = StoreOptions.with(quarantine).withoutRaw();
    Post post = SampleRecords.fullPost("1");
    try (RecordStore store = open("noraw", options)) {
      store.write(List.of(post));
      assertThat(all(store)).containsExactly(post.toBuilder().raw(null).build());
      assertThat(store.write(List.of(post))).isEqualTo(summary(0, 0, 1, 0));
    }
  }

  @Test
  void aCursorEndsAndCanBeClosedEarlyAndTwice() {
    try (RecordStore store = open("cursor")) {
      store.write(
          List.of(
              SampleRecords.post("1", "a"),
              SampleRecords.post("2", "b"),
              SampleRecords.post("3", "c")));
      RecordCursor early = store.readAll();
      early.next();
      early.close();
      early.close();
      try (RecordCursor cursor = store.readAll()) {
        cursor.forEachRemaining(record -> {});
        assertThat(cursor.hasNext()).isFalse();
        assertThatThrownBy(cursor::next).isInstanceOf(NoSuchElementException.class);
        assertThat(cursor.quarantined()).isZero();
        assertThat(cursor.duplicates()).isZero();
        assertThat(cursor.unknownFields()).isEmpty();
      }
    }
  }

  @Test
  void aStoreCanBeClosedTwice() {
    RecordStore store = open("closed");
    store.write(List.of(SampleRecords.post("1", "a")));
    store.close();
    store.close();
  }
}
