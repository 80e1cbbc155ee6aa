package io.github.sparkpysocial.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.spi.TransferPath;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
  @TempDir Path directory;

  /** A way that is as long as it says. */
  private record Way(String name, double cost) implements TransferPath.Route {
    @Override
    public List<String> steps() {
      return List.of("one step: " + name);
    }

    @Override
    public TransferPath.Moved run(LongConsumer progress) {
      return new TransferPath.Moved(0, WriteSummary.NONE);
    }
  }

  private Plan plan(TransferPath... paths) {
    StoreOptions options = StoreOptions.with(Quarantine.inMemory());
    try (RecordStore from = Places.openStore(place("from.jsonl"), options);
        RecordStore to = Places.openStore(place("to.csv"), options)) {
      return Plan.of(new TransferPath.Task(from, to, Filter.ALL, options), List.of(paths));
    }
  }

  private PlaceUri place(String name) {
    return PlaceUri.parse(directory.resolve(name).toString());
  }

  @Test
  void theCheapestWayIsTakenAndTheOthersAreNamed() {
    Plan plan = plan(task -> new Way("quick", 0.5), task -> new Way("quicker", 0.25), task -> null);

    assertThat(plan.route().name()).isEqualTo("quicker");
    assertThat(plan.explain())
        .containsExactly(
            "one step: quicker",
            "quicker (cost 0.25); not taken: quick (cost 0.50), record by record (cost 1.00)");
  }

  @Test
  void aWayThatCostsMoreThanRecordsIsNotTaken() {
    Plan plan = plan(task -> new Way("long", 1.5));

    assertThat(plan.route()).isInstanceOf(RecordRoute.class);
    assertThat(plan.explain().get(2))
        .isEqualTo("record by record (cost 1.00); not taken: long (cost 1.50)");
  }
}
