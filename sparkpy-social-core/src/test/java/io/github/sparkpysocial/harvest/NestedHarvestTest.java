package io.github.sparkpysocial.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.ForbiddenException;
import io.github.sparkpysocial.InvalidQueryException;
import io.github.sparkpysocial.TransportException;
import io.github.sparkpysocial.client.NestedListing;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class NestedHarvestTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final int PAGE = 2;

  @TempDir private Path directory;
  private Instant now = START;
  private final Shelves shelves = new Shelves();

  /** A network of shelves, {@code shelf:s1} to {@code shelf:s5}, with books on each. */
  private static final class Shelves {
    private final Map<String, Integer> books = new HashMap<>();
    private final Map<String, RuntimeException> refusals = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private int failAfter = Integer.MAX_VALUE;

    Shelves() {
      for (int s = 1; s <= 5; s++) {
        books.put("shelf:s" + s, s);
      }
    }

    RecordSource open(PlaceUri uri) {
      return new Listing(uri, this);
    }

    Page page(PlaceUri uri, PageRequest request) {
      asked.add(uri + (request.cursor() == null ? "" : "@" + request.cursor()));
      if (asked.size() > failAfter) {
        throw new TransportException("unreachable");
      }
      String place = uri.toString();
      RuntimeException refusal = refusals.get(place);
      if (refusal != null) {
        throw refusal;
      }
      boolean outer = place.equals("shelf:all");
      int size = outer ? books.size() : books.getOrDefault(place, 0);
      int from = request.cursor() == null ? 0 : Integer.parseInt(request.cursor());
      int to = Math.min(size, from + PAGE);
      List<SocialRecord> records = new ArrayList<>();
      for (int i = from + 1; i <= to; i++) {
        String id = outer ? "s" + i : uri.location() + "-" + i;
        records.add(Post.builder(Network.of("shelf"), id, outer ? "shelf" : "book").build());
      }
      return Page.of(
          new Page.Content(records, List.of(), Map.of()),
          null,
          null,
          to < size ? Integer.toString(to) : null);
    }
  }

  private record Listing(PlaceUri uri, Shelves shelves) implements RecordSource {
    @Override
    public Network network() {
      return Network.of("shelf");
    }

    @Override
    public Order order() {
      return Order.UNORDERED;
    }

    @Override
    public RecordKind kind() {
      return RecordKind.POST;
    }

    @Override
    public SourceProfile profile() {
      return new SourceProfile(
          PAGE, 1, new Quota(2, Duration.ofMinutes(15)), null, null, List.of());
    }

    @Override
    public Usage usage() {
      long mine = shelves.asked.stream().filter(a -> a.startsWith(uri.toString())).count();
      return new Usage(mine, Duration.ZERO);
    }

    @Override
    public Page fetch(PageRequest request) {
      return shelves.page(uri, request);
    }

    @Override
    public void close() {}
  }

  private static NestedListing books() {
    return new NestedListing(
        PlaceUri.parse("shelf:*/books"),
        PlaceUri.parse("shelf:all"),
        record ->
            record instanceof Post post && post.text().equals("shelf")
                ? List.of(PlaceUri.parse("shelf:" + post.id()))
                : List.of());
  }

  private RecordStore store() {
    return Places.openStore(
        PlaceUri.parse(directory.resolve("books.jsonl").toString()),
        StoreOptions.with(Quarantine.inMemory()));
  }

  private NestedHarvest.Builder harvest(RecordStore store) {
    return NestedHarvest.builder(books(), store, shelves::open)
        .ledger(directory.resolve("ledger.json"))
        .clock(Clock.fixed(now, ZoneOffset.UTC));
  }

  private NestedReport run() throws InterruptedException {
    try (RecordStore store = store()) {
      return harvest(store).build().run();
    }
  }

  private Set<String> stored() {
    TreeSet<String> ids = new TreeSet<>();
    try (RecordStore store = store();
        RecordCursor records = store.readAll()) {
      records.forEachRemaining(record -> assertThat(ids.add(record.id())).isTrue());
    }
    return ids;
  }

  private Set<String> all() {
    TreeSet<String> ids = new TreeSet<>();
    shelves.books.forEach(
        (shelf, books) -> {
          String name = shelf.substring("shelf:".length());
          ids.add(name);
          for (int i = 1; i <= books; i++) {
            ids.add(name + "-" + i);
          }
        });
    return ids;
  }

  @Test
  void bringsEveryListingWithinTheListing() throws InterruptedException {
    NestedReport report = run();

    assertThat(stored()).isEqualTo(all());
    assertThat(report.items()).isEqualTo(5);
    assertThat(report.listings()).isEqualTo(5);
    assertThat(report.refused()).isEmpty();
    assertThat(report.total().complete()).isTrue();
    assertThat(report.total().fetched()).isEqualTo(5 + 15);
    assertThat(report.total().inserted()).isEqualTo(5 + 15);
    assertThat(report.total().requests()).isEqualTo(3 + 1 + 1 + 2 + 2 + 3);
    assertThat(report.outer().fetched()).isEqualTo(5);
  }

  @Test
  void stoppedAtAnyRequestTheNextRunAsksForNothingTwice() throws InterruptedException {
    int whole = 12;
    for (int requests = 1; requests < whole; requests++) {
      NestedHarvestTest fresh = new NestedHarvestTest();
      fresh.directory = directory.resolve("at-" + requests);
      assertThat(fresh.directory.toFile().mkdirs()).isTrue();
      fresh.shelves.failAfter = requests;
      assertThatThrownBy(fresh::run).isInstanceOf(TransportException.class);
      fresh.shelves.failAfter = Integer.MAX_VALUE;
      fresh.now = START.plusSeconds(60);
      TreeSet<String> before = new TreeSet<>(fresh.shelves.asked.subList(0, requests));
      fresh.shelves.asked.clear();

      NestedReport report = fresh.run();

      assertThat(fresh.stored()).isEqualTo(fresh.all());
      assertThat(report.total().complete()).isTrue();
      before.retainAll(fresh.shelves.asked);
      // the page of the outer listing whose items are not all done
      assertThat(before)
          .as("asked again after %s", requests)
          .allMatch(a -> a.startsWith("shelf:all"));
      assertThat(before).hasSizeLessThanOrEqualTo(1);
    }
  }

  @Test
  void theNextPassAsksEveryListingAgain() throws InterruptedException {
    run();
    shelves.books.put("shelf:s2", 6);
    shelves.books.put("shelf:s6", 1);
    now = START.plusSeconds(60);

    NestedReport report = run();

    assertThat(stored()).isEqualTo(all());
    assertThat(report.skipped()).isZero();
    assertThat(report.total().inserted()).isEqualTo(4 + 2);
  }

  @Test
  void aRefusedListingIsToldAndTheOthersGoOn() throws InterruptedException {
    shelves.refusals.put("shelf:s2", new InvalidQueryException("There is no s2 (404)"));
    shelves.refusals.put("shelf:s4", new ForbiddenException("s4 is not for you (403)"));

    NestedReport report = run();

    assertThat(report.refused())
        .containsOnly(
            Map.entry("shelf:s2", "There is no s2 (404)"),
            Map.entry("shelf:s4", "s4 is not for you (403)"));
    assertThat(report.listings()).isEqualTo(3);
    assertThat(report.total().complete()).isTrue();
    Ledger ledger = Ledger.open(directory.resolve("ledger.json"));
    String store = directory.resolve("books.jsonl").toString();
    assertThat(ledger.find("shelf:s2", store))
        .get()
        .extracting(LedgerEntry::refusal)
        .isEqualTo("There is no s2 (404)");

    shelves.refusals.clear();
    now = START.plusSeconds(60);
    assertThat(run().listings()).isEqualTo(5);
    assertThat(stored()).isEqualTo(all());
    assertThat(ledger.find("shelf:s2", store)).get().extracting(LedgerEntry::refusal).isNull();
  }

  @Test
  void ceilingsAndLimitsHoldForAllListingsTogether() throws InterruptedException {
    int runs = 0;
    NestedReport report;
    do {
      int before = shelves.asked.size();
      now = now.plusSeconds(60);
      try (RecordStore store = store()) {
        report = harvest(store).maxRequests(4).build().run();
      }
      assertThat(shelves.asked.size() - before).isLessThanOrEqualTo(4);
      assertThat(report.total().complete()).isEqualTo(report.total().stoppedBy() == null);
    } while (!report.total().complete() && ++runs < 10);
    assertThat(runs).isBetween(2, 6);
    assertThat(stored()).isEqualTo(all());

    now = now.plusSeconds(60);
    try (RecordStore store = store()) {
      report = harvest(store).ledger(Ledger.inMemory()).limit(4).build().run();
    }
    assertThat(report.total().stoppedBy()).isEqualTo("the limit of 4 items");
    assertThat(report.total().complete()).isFalse();
  }

  @Test
  void theFirstOfARankingOnlyAndALimitForEach() throws InterruptedException {
    Comparator<SocialRecord> last = Comparator.comparing(SocialRecord::id).reversed();
    NestedReport report;
    try (RecordStore store = store()) {
      report = harvest(store).first(2, last).limitOfEach(2).build().run();
    }

    assertThat(stored())
        .containsExactly("s1", "s2", "s3", "s4", "s4-1", "s4-2", "s5", "s5-1", "s5-2");
    assertThat(report.total().complete()).isFalse();
    assertThat(report.outer().complete()).isTrue();

    do {
      try (RecordStore store = store()) {
        report = harvest(store).first(2, last).limitOfEach(2).build().run();
      }
    } while (!report.total().complete());
    assertThat(stored()).hasSize(5 + 4 + 5);
  }

  @Test
  void thePlanSaysWhatIsKnownAndAsksNothing() throws InterruptedException {
    try (RecordStore store = store()) {
      HarvestPlan before = harvest(store).build().plan();
      assertThat(before.requests()).isNull();
      assertThat(before.notes()).anyMatch(note -> note.contains("not known before"));
      assertThat(shelves.asked).isEmpty();

      harvest(store).build().run();
      int asked = shelves.asked.size();
      HarvestPlan after = harvest(store).build().plan();
      assertThat(after.notes())
          .anyMatch(note -> note.contains("had 5 items") && note.contains("at least 8 requests"));
      assertThat(harvest(store).maxRequests(6).build().plan().requests()).isEqualTo(6);
      assertThat(shelves.asked).hasSize(asked);
    }
  }
}
