package io.github.sparkpysocial.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import io.github.sparkpysocial.testkit.server.CassandraServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A writer that dies between any two statements, and two that write the same at the same time. */
class CassandraCrashTest {
  private static final CassandraServer SERVER = CassandraServer.shared();
  private static final Instant LATER = Instant.parse("2026-11-07T09:30:00Z");
  private static final StoreOptions OPTIONS = StoreOptions.with(Quarantine.inMemory());

  private static RecordStore open(String table, UnaryOperator<CassandraRequests.Sender> around) {
    return CassandraStore.open(PlaceUri.parse(SERVER.uri("crash", table)), OPTIONS, null, around);
  }

  private static RecordStore open(String table) {
    return open(table, UnaryOperator.identity());
  }

  /** Sends so many statements and no more; of the last, the answer may be lost. */
  private static UnaryOperator<CassandraRequests.Sender> dyingAfter(
      int sent, boolean lastAnswerIsLost, AtomicInteger counter) {
    return sender ->
        statement -> {
          int number = counter.getAndIncrement();
          if (number < sent) {
            return sender.apply(statement);
          }
          CompletableFuture<AsyncResultSet> lost = new CompletableFuture<>();
          if (number == sent && lastAnswerIsLost) {
            sender
                .apply(statement)
                .whenComplete(
                    (answer, error) ->
                        lost.completeExceptionally(new DriverTimeoutException("lost")));
          } else {
            lost.completeExceptionally(new DriverTimeoutException("never sent"));
          }
          return lost;
        };
  }

  private static Post moved(String id) {
    return SampleRecords.post(id, "has another time").toBuilder().createdAt(LATER).build();
  }

  private static List<SocialRecord> before(String run) {
    return List.of(
        SampleRecords.post(run + "moves", "old"),
        SampleRecords.post(run + "changes", "old"),
        SampleRecords.post(run + "goes", "old"),
        SampleRecords.post(run + "stays", "old"));
  }

  private static List<SocialRecord> batch(String run) {
    return List.of(
        moved(run + "moves"),
        SampleRecords.post(run + "changes", "new"),
        SampleRecords.deletionOf(run + "goes"),
        SampleRecords.deletionOf(run + "never-came"),
        SampleRecords.post(run + "never-came", "too late"),
        SampleRecords.post(run + "comes", "new"));
  }

  private static Set<SocialRecord> after(String run) {
    return Set.of(
        moved(run + "moves"),
        SampleRecords.post(run + "changes", "new"),
        SampleRecords.deletionOf(run + "goes"),
        SampleRecords.deletionOf(run + "never-came"),
        SampleRecords.post(run + "comes", "new"),
        SampleRecords.post(run + "stays", "old"));
  }

  private static List<SocialRecord> read(RecordStore store, Filter filter) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordCursor cursor = store.read(filter)) {
      cursor.forEachRemaining(records::add);
    }
    return records;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whereverTheWriterDiesNothingIsThereByHalf(boolean lastAnswerIsLost) {
    String table = lastAnswerIsLost ? "answers" : "statements";
    AtomicInteger all = new AtomicInteger();
    try (RecordStore store = open(table)) {
      store.write(before("whole-"));
    }
    try (RecordStore store = open(table, dyingAfter(Integer.MAX_VALUE, false, all))) {
      store.write(batch("whole-"));
    }
    assertThat(all).hasValueGreaterThan(25);

    for (int sent = 0; sent < all.get(); sent++) {
      String run = "run" + sent + "-";
      try (RecordStore healthy = open(table)) {
        healthy.write(before(run));
        try (RecordStore dying =
            open(table, dyingAfter(sent, lastAnswerIsLost, new AtomicInteger()))) {
          assertThatThrownBy(() -> dying.write(batch(run))).isInstanceOf(StoreException.class);
        }

        List<SocialRecord> left =
            read(healthy, Filter.ALL).stream()
                .filter(record -> record.id().startsWith(run))
                .toList();
        requireWhole(run, left);
        Set<String> ids = left.stream().map(SocialRecord::id).collect(Collectors.toSet());
        assertThat(read(healthy, Filter.ALL.withIds(ids)))
            .as("by id, after %s statements", sent)
            .containsExactlyInAnyOrderElementsOf(left);

        healthy.write(batch(run));
        assertThat(
                read(healthy, Filter.ALL).stream().filter(one -> one.id().startsWith(run)).toList())
            .as("written again, after %s statements", sent)
            .containsExactlyInAnyOrderElementsOf(after(run));
        assertThat(healthy.write(batch(run)).unchanged()).isEqualTo(6);
      }
    }
  }

  /** Each key once, in its old or its new version; no record beside its tombstone. */
  private static void requireWhole(String run, List<SocialRecord> left) {
    Map<RecordKey, SocialRecord> byKey = new HashMap<>();
    for (SocialRecord record : left) {
      assertThat(byKey.put(record.key(), record)).as("twice: %s", record.key()).isNull();
      assertThat(Stream.concat(before(run).stream(), after(run).stream()).toList())
          .contains(record);
    }
    for (SocialRecord record : left) {
      if (record instanceof Tombstone tombstone) {
        assertThat(byKey).doesNotContainKey(tombstone.target());
      }
    }
    for (SocialRecord record : before(run)) {
      RecordKey tombstone = SampleRecords.deletionOf(record.id()).key();
      assertThat(byKey.containsKey(record.key()) || byKey.containsKey(tombstone))
          .as("%s was there", record.key())
          .isTrue();
    }
  }

  @Test
  void twoWritersOfTheSameKeysLeaveEachKeyOnceAndWhole() {
    List<SocialRecord> ones = new ArrayList<>();
    List<SocialRecord> others = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ones.add(SampleRecords.fullPost("" + i));
      others.add(moved("" + i));
      (i % 2 == 0 ? ones : others).add(SampleRecords.post("same-time-" + i, "short"));
      (i % 2 == 0 ? others : ones).add(SampleRecords.fullPost("same-time-" + i));
      ones.add(SampleRecords.post("deleted-" + i, "not for long"));
      others.add(SampleRecords.deletionOf("deleted-" + i));
    }
    StoreOptions small = OPTIONS.withBatchSize(7);
    PlaceUri uri = PlaceUri.parse(SERVER.uri("crash", "writers"));
    try (RecordStore one = CassandraStore.open(uri, small, null);
        RecordStore other = CassandraStore.open(uri, small, null)) {
      for (int round = 0; round < 3; round++) {
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> one.write(ones));
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> other.write(others));
        CompletableFuture.allOf(first, second).join();

        List<SocialRecord> left = read(one, Filter.ALL);
        assertThat(left).extracting(SocialRecord::key).doesNotHaveDuplicates().hasSize(180);
        assertThat(Stream.concat(ones.stream(), others.stream()).toList()).containsAll(left);
        assertThat(left)
            .filteredOn(record -> record.id().startsWith("deleted-"))
            .hasSize(60)
            .allMatch(Tombstone.class::isInstance);
        Set<String> ids = left.stream().map(SocialRecord::id).collect(Collectors.toSet());
        assertThat(read(other, Filter.ALL.withIds(ids))).containsExactlyInAnyOrderElementsOf(left);
      }
    }
  }
}
