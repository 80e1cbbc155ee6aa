package io.github.sparkpysocial.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferTest {
  @TempDir Path directory;
  private final InMemoryQuarantine quarantine = Quarantine.inMemory();

  private PlaceUri place(String name) {
    return PlaceUri.parse(directory.resolve(name).toString());
  }

  private StoreOptions options() {
    return StoreOptions.with(quarantine).withBatchSize(10);
  }

  private PlaceUri posts(String name, int count) {
    List<SocialRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(post(i));
    }
    write(name, records);
    return place(name);
  }

  private static Post post(int i) {
    return Post.builder(Network.X, "id" + i, "text, \"" + i + "\"\n")
        .raw("{\"n\":" + i + "}")
        .build();
  }

  private void write(String name, List<? extends SocialRecord> records) {
    try (RecordStore store = Places.openStore(place(name), options())) {
      store.write(records);
    }
  }

  @Test
  void recordsMoveThroughAllFileFormatsAndComeBackTheSame() {
    List<String> way = List.of("a.jsonl", "b.csv", "c.jsonl.gz", "d.csv.gz", "e.jsonl");
    posts(way.get(0), 25);

    for (int i = 1; i < way.size(); i++) {
      TransferReport report =
          Transfer.builder(place(way.get(i - 1)), place(way.get(i)))
              .options(options())
              .verify()
              .build()
              .run();
      assertThat(report.read()).isEqualTo(25);
      assertThat(report.written()).isEqualTo(25);
      assertThat(report.quarantined()).isZero();
      assertThat(report.verified()).isTrue();
    }

    assertThat(directory.resolve("e.jsonl")).hasSameTextualContentAs(directory.resolve("a.jsonl"));
  }

  @Test
  void aSecondRunMovesOnlyWhatIsMissing() {
    PlaceUri from = posts("from.jsonl", 25);
    posts("to.csv", 10);
    Transfer transfer = Transfer.builder(from, place("to.csv")).options(options()).build();

    TransferReport first = transfer.run();
    TransferReport second = transfer.run();

    assertThat(first.written()).isEqualTo(15);
    assertThat(first.unchanged()).isEqualTo(10);
    assertThat(first.verified()).isNull();
    assertThat(second.written()).isZero();
    assertThat(second.unchanged()).isEqualTo(25);
  }

  @Test
  void progressIsToldAfterEachThousand() {
    List<Transfer.Progress> told = new ArrayList<>();

    Transfer.builder(posts("from.jsonl", 2_500), place("to.jsonl"))
        .options(options())
        .listener(told::add)
        .build()
        .run();

    assertThat(told).extracting(Transfer.Progress::read).containsExactly(1_000L, 2_000L);
    assertThat(told).allMatch(progress -> progress.recordsPerSecond() > 0);
    assertThat(told).extracting(Transfer.Progress::fraction).isSorted();
    assertThat(told).allMatch(progress -> progress.fraction() > 0.2 && progress.fraction() <= 1);
  }

  @Test
  void theTimeLeftFollowsFromWhatIsDone() {
    Transfer.Progress quarter = new Transfer.Progress(1_000, 0.25, 0, Duration.ofSeconds(10));
    Transfer.Progress unknown = new Transfer.Progress(1_000, Double.NaN, 0, Duration.ofSeconds(10));

    assertThat(quarter.recordsPerSecond()).isEqualTo(100);
    assertThat(quarter.left()).isEqualTo(Duration.ofSeconds(30));
    assertThat(unknown.left()).isNull();
  }

  @Test
  void deletionsTravel() {
    write(
        "from.jsonl",
        List.of(
            post(1),
            new Tombstone(
                Network.X, "id0", RecordKind.POST, null, null, Provenance.UNKNOWN, null)));
    posts("to.csv", 1);

    TransferReport report =
        Transfer.builder(place("from.jsonl"), place("to.csv"))
            .options(options())
            .verify()
            .build()
            .run();

    assertThat(report.written()).isEqualTo(2);
    assertThat(report.deleted()).isEqualTo(1);
    assertThat(report.verified()).isTrue();
  }

  @Test
  void whatCannotBeReadIsSetAsideOnceAndTheRestVerified() throws IOException {
    PlaceUri from = posts("from.jsonl", 5);
    Files.writeString(directory.resolve("from.jsonl"), "broken\n", StandardOpenOption.APPEND);

    TransferReport report =
        Transfer.builder(from, place("to.jsonl")).options(options()).verify().build().run();

    assertThat(report.read()).isEqualTo(5);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(quarantine.count()).isEqualTo(1);
    assertThat(report.verified()).isTrue();
  }

  @Test
  void oneKindCanBeMovedIntoATable() {
    write("from.jsonl", List.of(post(1), Account.builder(Network.X, "7").build()));

    assertThatThrownBy(
            () ->
                Transfer.builder(place("from.jsonl"), place("to.csv"))
                    .options(options())
                    .build()
                    .run())
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("filter by kind");
    TransferReport report =
        Transfer.builder(place("from.jsonl"), place("accounts.csv"))
            .options(options())
            .filter(Filter.kinds(RecordKind.ACCOUNT))
            .verify()
            .build()
            .run();

    assertThat(report.written()).isEqualTo(1);
    assertThat(report.verified()).isTrue();
  }

  @Test
  void theStepsAreExplainedWithoutMovingAnything() {
    PlaceUri from = posts("from.csv.gz", 3);

    List<String> steps =
        Transfer.builder(from, place("to.jsonl")).options(options()).verify().build().explain();

    assertThat(steps).hasSize(4);
    assertThat(steps.get(0)).contains("read CSV, gzip file").contains("each key once");
    assertThat(steps.get(1)).contains("write JSON Lines file").contains("batches of 10");
    assertThat(steps.get(2)).contains("compare");
    assertThat(steps.get(3))
        .isEqualTo("record by record (cost 1.00); no shorter way serves these two places");
    assertThat(directory.resolve("to.jsonl")).doesNotExist();
  }

  @Test
  void aTransferNeedsTwoPlacesThatExist() {
    assertThatThrownBy(() -> Transfer.builder(place("a.csv"), place("a.csv")).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two places");
    assertThatThrownBy(() -> Transfer.builder(place("missing.csv"), place("b.csv")).build().run())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("There is no file");
    assertThat(directory.resolve("b.csv")).doesNotExist();
  }

  @Test
  void aTargetThatIsOnlyReadIsRefused() throws IOException {
    Files.writeString(directory.resolve("table.csv"), "id,text\n1,a\n");

    assertThatThrownBy(
            () -> Transfer.builder(posts("a.jsonl", 1), place("table.csv")).build().run())
        .isInstanceOf(UnsupportedCapabilityException.class)
        .hasMessageContaining("WRITE");
  }
}
