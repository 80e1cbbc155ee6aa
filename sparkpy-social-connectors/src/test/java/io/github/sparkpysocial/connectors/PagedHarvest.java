package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.harvest.Harvest;
import io.github.sparkpysocial.harvest.HarvestReport;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Harvests one page a run, as if the process were stopped after each. */
public final class PagedHarvest {
  private final Path directory;
  private final SettableClock clock;
  private final Quarantine quarantine = Quarantine.inMemory();

  public PagedHarvest(Path directory, SettableClock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** Returns options whose waits pass in the time of the clock. */
  public SourceOptions options(Map<String, String> environment) {
    Timing timing =
        new Timing() {
          @Override
          public Instant now() {
            return clock.instant();
          }

          @Override
          public void sleep(Duration duration) throws InterruptedException {
            clock.sleep(duration);
          }
        };
    return new SourceOptions(environment, clock).withLimits(RateLimits.create(timing));
  }

  /** Returns what could not be read. */
  public Quarantine quarantine() {
    return quarantine;
  }

  /** Runs until all is there, a page each time, and returns what the store has then. */
  public List<SocialRecord> run(String place, SourceOptions options, int page)
      throws InterruptedException {
    Path file = directory.resolve(Integer.toHexString(place.hashCode()) + ".jsonl");
    HarvestReport report;
    int runs = 0;
    do {
      try (RecordSource source = Places.openSource(PlaceUri.parse(place), options);
          RecordStore store =
              Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine))) {
        report =
            Harvest.builder(source, store)
                .ledger(directory.resolve("ledger.json"))
                .quarantine(quarantine)
                .clock(clock)
                .limit(page)
                .build()
                .run();
        assertThat(report.unknownFields()).isEmpty();
      }
      assertThat(++runs).isLessThan(500);
    } while (!report.complete());
    try (RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine));
        RecordCursor records = store.read(Filter.ALL)) {
      List<SocialRecord> all = new ArrayList<>();
      records.forEachRemaining(all::add);
      assertThat(records.duplicates()).isZero();
      return all;
    }
  }
}
