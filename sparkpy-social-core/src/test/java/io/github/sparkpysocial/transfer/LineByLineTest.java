package io.github.sparkpysocial.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RandomRecords;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.spi.TransferPath;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From JSON Lines to files: line by line must do what record by record does. */
class LineByLineTest {
  @TempDir Path directory;

  private static StoreOptions options(Quarantine quarantine) {
    return StoreOptions.with(quarantine).withBatchSize(7);
  }

  private RecordStore open(String name, StoreOptions options) {
    return Places.openStore(PlaceUri.parse(directory.resolve(name).toString()), options);
  }

  private TransferPath.Moved move(
      String from, String to, StoreOptions options, Function<Plan, TransferPath.Route> choice) {
    try (RecordStore source = open(from, options);
        RecordStore target = open(to, options)) {
      Plan plan = Plan.of(new TransferPath.Task(source, target, Filter.ALL, options));
      return choice.apply(plan).run(read -> {});
    }
  }

  private static TransferPath.Route lines(Plan plan) {
    assertThat(plan.route().name()).isEqualTo("line by line");
    return plan.route();
  }

  private static TransferPath.Route records(Plan plan) {
    return plan.others().get(plan.others().size() - 1);
  }

  private static Tombstone gone(SocialRecord post) {
    return new Tombstone(
        post.network(), post.id(), RecordKind.POST, null, null, Provenance.UNKNOWN, null);
  }

  /** Records, old versions, deletions, lines that others have spelled, and broken ones. */
  private void posts(String name) throws IOException {
    Random random = new Random(23);
    List<SocialRecord> records = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Post post = (Post) RandomRecords.record(RecordKind.POST, random);
      records.add(
          Post.builder(Network.X, "id" + random.nextInt(150), post.text())
              .entities(post.entities())
              .createdAt(post.createdAt())
              .place(post.place())
              .raw(post.raw())
              .build());
    }
    records.add(gone(records.get(3)));
    records.add(gone(records.get(150)));
    StringBuilder lines = new StringBuilder();
    for (SocialRecord record : records) {
      try (RecordStore one = open("one.jsonl", options(Quarantine.inMemory()))) {
        one.write(List.of(record));
      }
      lines.append(Files.readString(directory.resolve("one.jsonl")));
      Files.delete(directory.resolve("one.jsonl"));
      if (random.nextInt(9) == 0) {
        lines.append("{\"record\":\"post\",\"network\":\"x\",\"id\":\"half\n");
      }
      if (random.nextInt(9) == 0) {
        lines.append(
            "{\"record\": \"post\", \"network\": \"x\", \"kind\": \"original\", \"new\": 1,"
                + " \"text\": \"spaced\", \"id\": \"other"
                + random.nextInt(5)
                + "\"}\n");
      }
    }
    Files.writeString(directory.resolve(name), lines, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {".jsonl", ".json", ".csv", ".jsonl.gz", ".csv.zst"})
  void theFileIsTheSame(String ending) throws IOException {
    posts("posts.jsonl");
    InMemoryQuarantine byLine = Quarantine.inMemory();
    InMemoryQuarantine byRecord = Quarantine.inMemory();

    TransferPath.Moved lines =
        move("posts.jsonl", "lines" + ending, options(byLine), LineByLineTest::lines);
    TransferPath.Moved records =
        move("posts.jsonl", "records" + ending, options(byRecord), LineByLineTest::records);

    assertThat(lines).isEqualTo(records);
    assertThat(lines.summary().inserted()).isGreaterThan(80);
    assertThat(lines.unknownFields()).containsKey("new");
    assertThat(byLine.rejected()).hasSameSizeAs(byRecord.rejected()).isNotEmpty();
    assertThat(directory.resolve("lines" + ending))
        .hasSameBinaryContentAs(directory.resolve("records" + ending));
    assertThat(
            move("posts.jsonl", "lines" + ending, options(byLine), LineByLineTest::lines)
                .summary()
                .inserted())
        .isZero();
  }

  @Test
  void severalFilesAreOne() throws IOException {
    posts("a1.jsonl");
    posts("a2.jsonl");

    TransferPath.Moved lines =
        move("a*.jsonl", "l.jsonl", options(Quarantine.inMemory()), LineByLineTest::lines);
    move("a*.jsonl", "r.jsonl", options(Quarantine.inMemory()), LineByLineTest::records);

    assertThat(lines.read()).isPositive();
    assertThat(directory.resolve("l.jsonl")).hasSameBinaryContentAs(directory.resolve("r.jsonl"));
  }

  @Test
  void aTableRefusesAnotherKindAndKeepsWhatIsWritten() throws IOException {
    Random random = new Random(1);
    StoreOptions options = options(Quarantine.inMemory());
    try (RecordStore store = open("mixed.jsonl", options)) {
      for (int i = 0; i < 10; i++) {
        store.write(List.of(RandomRecords.record(RecordKind.POST, random)));
      }
      store.write(List.of(RandomRecords.record(RecordKind.ACCOUNT, random)));
    }

    assertThatThrownBy(() -> move("mixed.jsonl", "posts.csv", options, LineByLineTest::lines))
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("MIXED_KINDS");
    try (RecordStore table = open("posts.csv", options)) {
      assertThat(table.count(Filter.ALL)).isBetween(1L, 10L);
    }
  }

  @Test
  void filesOfOtherToolsAndChoicesGoByRecord() throws IOException {
    Files.writeString(directory.resolve("other.jsonl"), "{\"id\":\"1\",\"text\":\"t\"}\n");
    posts("ours.jsonl");
    StoreOptions options = options(Quarantine.inMemory());
    try (RecordStore other = open("other.jsonl", options);
        RecordStore ours = open("ours.jsonl", options);
        RecordStore target = open("to.jsonl", options)) {
      assertThat(Plan.of(new TransferPath.Task(other, target, Filter.ALL, options)).others())
          .isEmpty();
      assertThat(
              Plan.of(new TransferPath.Task(ours, target, Filter.kinds(RecordKind.POST), options))
                  .others())
          .isEmpty();
      assertThat(
              Plan.of(new TransferPath.Task(ours, target, Filter.ALL, options.withoutRaw()))
                  .others())
          .isEmpty();
    }
  }
}
