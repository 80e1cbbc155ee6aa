package io.github.sparkpysocial.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.live.FakeNetwork;
import io.github.sparkpysocial.live.TestTiming;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LiveHarvestTest {
  private static final Duration IDLE = Duration.ofMillis(300);

  @TempDir Path directory;
  private final TestTiming timing = new TestTiming();

  private Path file() {
    return directory.resolve("live.jsonl");
  }

  private Path ledgerFile() {
    return directory.resolve("live.jsonl.ledger.json");
  }

  private RecordStore store() {
    return Places.openStore(
        PlaceUri.parse(file().toString()), StoreOptions.with(Quarantine.inMemory()));
  }

  private LiveHarvest.Builder harvest(FakeNetwork network, RecordStore store) {
    return LiveHarvest.builder(network, store).ledger(ledgerFile()).timing(timing);
  }

  private List<Integer> stored() {
    List<Integer> ids = new ArrayList<>();
    try (RecordStore store = store();
        RecordCursor records = store.readAll()) {
      while (records.hasNext()) {
        SocialRecord record = records.next();
        ids.add(Integer.parseInt(record.id()));
      }
    }
    ids.sort(null);
    return ids;
  }

  private LedgerEntry entry() {
    return Ledger.open(ledgerFile()).entries().get(0);
  }

  private static List<Integer> numbers(int from, int to) {
    List<Integer> all = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      all.add(i);
    }
    return all;
  }

  /** Runs a harvest until the script is done and it is idle. */
  private LiveHarvestReport run(FakeNetwork network, Script script) throws Exception {
    CompletableFuture<Void> happening =
        CompletableFuture.runAsync(
            () -> {
              try {
                script.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    try (RecordStore store = store()) {
      LiveHarvestReport report = harvest(network, store).untilIdle(IDLE).build().run();
      happening.get(10, TimeUnit.SECONDS);
      return report;
    }
  }

  private interface Script {
    void run() throws Exception;
  }

  @Test
  void aStreamGoesIntoTheStoreAndItsHolesAreFilled() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();

    LiveHarvestReport report =
        run(
            network,
            () -> {
              network.awaitConnection(1);
              network.happen(5);
              network.happenUnseen(20);
              network.cut();
              network.awaitConnection(2);
              network.happen(5);
              network.send("{broken");
            });

    assertThat(stored()).isEqualTo(numbers(1, 30));
    assertThat(report.inserted()).isEqualTo(30);
    assertThat(report.holes()).isEqualTo(1);
    assertThat(report.filled()).isEqualTo(1);
    assertThat(report.reconnects()).isEqualTo(1);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(Files.readString(directory.resolve("live.jsonl.quarantine.jsonl")))
        .contains("{broken");
    assertThat(entry().holes()).isEmpty();
    assertThat(entry().intervals()).hasSize(1);
  }

  @Test
  void whatHappenedBetweenTwoRunsIsAHoleThatTheNextRunFills() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    run(
        network,
        () -> {
          network.awaitConnection(1);
          network.happen(5);
        });
    network.cut();
    network.happenUnseen(10);
    timing.advance(Duration.ofHours(1));

    LiveHarvestReport report =
        run(
            network,
            () -> {
              network.awaitConnection(2);
              network.happen(1);
            });

    assertThat(stored()).isEqualTo(numbers(1, 16));
    assertThat(report.holes()).isEqualTo(1);
    assertThat(report.holesLeft()).isZero();
    assertThat(network.searched().get(0).reason()).isEqualTo("it was not running");
    assertThat(entry().intervals()).as("the hole is closed").hasSize(1);
    assertThat(entry().holes()).isEmpty();
  }

  @Test
  void aMarkIsKeptSoThatTheNextRunGoesOnWithoutAHole() throws Exception {
    FakeNetwork network = FakeNetwork.withMarks();
    run(
        network,
        () -> {
          network.awaitConnection(1);
          network.happen(5);
        });
    network.happenUnseen(10);
    timing.advance(Duration.ofHours(20));

    LiveHarvestReport report = run(network, () -> network.awaitConnection(2));

    assertThat(network.asked()).containsExactly(null, "5");
    assertThat(stored()).isEqualTo(numbers(1, 15));
    assertThat(report.duplicates()).as("the mark itself comes again").isEqualTo(1);
    assertThat(report.holes()).isZero();
  }

  @Test
  void aHoleThatNothingFillsStaysInTheLedger() throws Exception {
    FakeNetwork network = FakeNetwork.withMarks();
    run(
        network,
        () -> {
          network.awaitConnection(1);
          network.happen(5);
          network.send("loss of 3 posts");
        });
    timing.advance(Duration.ofHours(40)); // longer than the network looks back

    LiveHarvestReport report = run(network, () -> network.awaitConnection(2));

    assertThat(report.holes()).isEqualTo(2);
    assertThat(report.holesLeft()).isEqualTo(2);
    assertThat(entry().holes())
        .extracting(LedgerHole::reason)
        .anySatisfy(reason -> assertThat(reason).contains("it was not running"));
    assertThat(Files.readString(ledgerFile())).contains("\"lastPage\" : \"5\"");
  }

  @Test
  void deletionsAreCarriedOut() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    LiveHarvestReport report =
        run(
            network,
            () -> {
              network.awaitConnection(1);
              network.happen(3);
              network.send("-2");
            });
    assertThat(report.inserted() + report.deleted()).isGreaterThanOrEqualTo(3);
    try (RecordStore store = store();
        RecordCursor records = store.readAll()) {
      List<String> keys = new ArrayList<>();
      records.forEachRemaining(record -> keys.add(record.key().toString()));
      assertThat(keys).contains("x/post/1", "x/post/3").doesNotContain("x/post/2");
    }
  }

  @Test
  void anInterruptKeepsWhatWasTaken() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    CountDownLatch taken = new CountDownLatch(1);
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread worker =
        new Thread(
            () -> {
              try (RecordStore store = store()) {
                harvest(network, store)
                    .batch(5, Duration.ofMillis(1))
                    .progress(
                        report -> {
                          if (report.inserted() >= 5) {
                            taken.countDown();
                          }
                        })
                    .build()
                    .run();
              } catch (InterruptedException | RuntimeException e) {
                outcome.complete(e);
              }
            });
    worker.start();
    network.awaitConnection(1);
    network.happen(7);
    assertThat(taken.await(20, TimeUnit.SECONDS)).isTrue();

    worker.interrupt();

    assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    worker.join(10_000);
    assertThat(stored()).hasSizeBetween(5, 7);
    assertThat(entry().intervals().get(0).newest().id())
        .isEqualTo(String.valueOf(stored().get(stored().size() - 1)));
  }

  @Test
  void aLimitEndsTheRunAndStopDoesToo() throws Exception {
    FakeNetwork network = FakeNetwork.withSearch();
    CompletableFuture<Void> happening =
        CompletableFuture.runAsync(
            () -> {
              try {
                network.awaitConnection(1);
                network.happen(100);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    try (RecordStore store = store()) {
      LiveHarvestReport report = harvest(network, store).limit(10).build().run();
      assertThat(report.inserted()).isEqualTo(10);
      LiveHarvest stopped = harvest(network, store).build();
      stopped.stop();
      assertThat(stopped.run().received()).isZero();
    }
    happening.get(10, TimeUnit.SECONDS);
    assertThatThrownBy(() -> LiveHarvest.builder(network, store()).limit(0))
        .hasMessageContaining("limit must be positive");
    network.refuse(new IOException("unused"));
  }
}
