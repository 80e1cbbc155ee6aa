package io.github.sparkpysocial.harvest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceProfile;
import io.github.sparkpysocial.client.StaleCursorException;
import io.github.sparkpysocial.limit.Quota;
import io.github.sparkpysocial.limit.Timing;
import io.github.sparkpysocial.limit.Usage;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HarvestTest {
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final int PAGE = 4;

  @TempDir Path directory;
  private Instant now = START.plus(Duration.ofDays(1));

  /** A network that keeps posts 1, 2, 3 … and pages through them by number. */
  private static final class NumberedPosts implements RecordSource {
    private final Order order;
    private final TreeSet<Integer> posts = new TreeSet<>();
    private final @Nullable Duration horizon;
    private int requests;
    private boolean cursorsAreForgotten;
    private int oldestShown = 1;
    private final List<Integer> edited = new ArrayList<>();
    private final List<Integer> deleted = new ArrayList<>();

    NumberedPosts(Order order, int posts, @Nullable Duration horizon) {
      this.order = order;
      this.horizon = horizon;
      for (int i = 1; i <= posts; i++) {
        this.posts.add(i);
      }
    }

    @Override
    public PlaceUri uri() {
      return PlaceUri.parse("numbers:posts");
    }

    @Override
    public Network network() {
      return Network.of("numbers");
    }

    @Override
    public Order order() {
      return order;
    }

    @Override
    public RecordKind kind() {
      return RecordKind.POST;
    }

    @Override
    public @Nullable Duration horizon() {
      return horizon;
    }

    @Override
    public SourceProfile profile() {
      return new SourceProfile(
          PAGE,
          1,
          new Quota(2, Duration.ofMinutes(15)),
          new BigDecimal("0.005"),
          null,
          List.of("A note."));
    }

    @Override
    public Usage usage() {
      return new Usage(requests, Duration.ZERO);
    }

    @Override
    public Page fetch(PageRequest request) {
      requests++;
      if (request.cursor() != null && cursorsAreForgotten) {
        throw new StaleCursorException("forgotten");
      }
      List<Integer> listed = new ArrayList<>(posts.tailSet(oldestShown));
      if (order == Order.NEWEST_FIRST) {
        listed.sort((a, b) -> b - a);
      }
      Position since = request.since();
      Position until = request.until();
      listed.removeIf(n -> since != null && n <= Integer.parseInt(since.id()));
      listed.removeIf(n -> until != null && n >= Integer.parseInt(until.id()));
      int from;
      if (request.cursor() == null) {
        from = 0;
      } else if (order == Order.NEWEST_FIRST) {
        // As on X, a token stands for a place in the listing and not for a number of items.
        int last = Integer.parseInt(request.cursor());
        from = (int) listed.stream().filter(n -> n >= last).count();
      } else {
        from = Integer.parseInt(request.cursor());
      }
      int to = Math.min(listed.size(), from + PAGE);
      List<Integer> shown = from > listed.size() ? List.of() : listed.subList(from, to);
      String next = null;
      if (to < listed.size()) {
        next = Integer.toString(order == Order.NEWEST_FIRST ? listed.get(to - 1) : to);
      }
      Position first = shown.isEmpty() ? null : position(shown.get(0));
      Position last = shown.isEmpty() ? null : position(shown.get(shown.size() - 1));
      boolean newestFirst = order == Order.NEWEST_FIRST;
      List<SocialRecord> records = new ArrayList<>();
      shown.forEach(n -> records.add(edited.contains(n) ? edited(n) : post(n)));
      deleted.forEach(n -> records.add(tombstone(n)));
      Page.Content content =
          new Page.Content(
              records,
              shown.contains(3)
                  ? List.of(new Rejected("numbers:posts", 0, null, "broken", new byte[] {1}))
                  : List.of(),
              shown.isEmpty() ? Map.of() : Map.of("post.new_field", 1L));
      return Page.of(
          content,
          order == Order.UNORDERED ? null : newestFirst ? first : last,
          order == Order.UNORDERED ? null : newestFirst ? last : first,
          next);
    }

    private static Position position(int number) {
      return new Position(Integer.toString(number), at(number));
    }

    @Override
    public void close() {}
  }

  private static Instant at(int number) {
    return START.plus(Duration.ofMinutes(number));
  }

  private static Post post(int number) {
    return Post.builder(Network.of("numbers"), Integer.toString(number), "post " + number)
        .createdAt(at(number))
        .build();
  }

  private static Post edited(int number) {
    return post(number).toBuilder().language("en").build();
  }

  private static Tombstone tombstone(int number) {
    return new Tombstone(
        Network.of("numbers"),
        Integer.toString(number),
        RecordKind.POST,
        null,
        null,
        new Provenance("numbers:posts", null, null),
        null);
  }

  /** A store that fails after a number of writes, before or after they are durable. */
  private static final class FailingStore implements RecordStore {
    private final RecordStore store;
    private final boolean durable;
    private int writesLeft;

    FailingStore(RecordStore store, int writesLeft, boolean durable) {
      this.store = store;
      this.writesLeft = writesLeft;
      this.durable = durable;
    }

    @Override
    public PlaceUri uri() {
      return store.uri();
    }

    @Override
    public Set<StoreCapability> capabilities() {
      return store.capabilities();
    }

    @Override
    public WriteSummary write(Iterator<? extends SocialRecord> records) {
      if (writesLeft-- > 0) {
        return store.write(records);
      }
      if (durable) {
        store.write(records);
      }
      throw new StoreException("The disk is full");
    }

    @Override
    public RecordCursor read(Filter filter) {
      return store.read(filter);
    }

    @Override
    public long count(Filter filter) {
      return store.count(filter);
    }

    @Override
    public long delete(Collection<RecordKey> keys) {
      return store.delete(keys);
    }

    @Override
    public void close() {
      store.close();
    }
  }

  private RecordStore store() {
    return Places.openStore(
        PlaceUri.parse(directory.resolve("posts.jsonl").toString()),
        StoreOptions.with(Quarantine.inMemory()));
  }

  private Path ledger() {
    return directory.resolve("ledger.json");
  }

  private Harvest.Builder harvest(RecordSource source, RecordStore store) {
    return Harvest.builder(source, store)
        .ledger(ledger())
        .patience(Duration.ZERO)
        .clock(Clock.fixed(now, ZoneOffset.UTC));
  }

  private HarvestReport run(RecordSource source) throws InterruptedException {
    try (RecordStore store = store()) {
      return harvest(source, store).build().run();
    }
  }

  private List<Integer> stored() {
    try (RecordStore store = store();
        RecordCursor records = store.readAll()) {
      List<Integer> numbers = new ArrayList<>();
      records.forEachRemaining(
          record -> {
            if (record instanceof Post) {
              numbers.add(Integer.parseInt(record.id()));
            }
          });
      assertThat(records.duplicates()).isZero();
      numbers.sort(null);
      return numbers;
    }
  }

  @ParameterizedTest
  @EnumSource(RecordSource.Order.class)
  void aRunReadsTheWholeListing(RecordSource.Order order) throws InterruptedException {
    NumberedPosts source = new NumberedPosts(order, 10, null);

    HarvestReport report = run(source);

    assertThat(stored()).containsExactlyElementsOf(source.posts);
    assertThat(report.complete()).isTrue();
    assertThat(report.fetched()).isEqualTo(10);
    assertThat(report.inserted()).isEqualTo(10);
    assertThat(report.requests()).isEqualTo(3);
    assertThat(report.quarantined()).isEqualTo(1);
    assertThat(report.unknownFields()).containsExactly(Map.entry("post.new_field", 3L));
  }

  /**
   * Kills the harvest at every write, once before and once after the page became durable; writing
   * page by page, and while the next page is fetched.
   */
  @ParameterizedTest
  @CsvSource({
    "NEWEST_FIRST,PT0S", "OLDEST_FIRST,PT0S", "UNORDERED,PT0S",
    "NEWEST_FIRST,PT0.000000001S", "OLDEST_FIRST,PT0.000000001S", "UNORDERED,PT0.000000001S"
  })
  void aRunThatIsKilledAtAnyPageLosesAndDoublesNothing(RecordSource.Order order, Duration patience)
      throws Exception {
    for (boolean durable : new boolean[] {false, true}) {
      for (int writes = 0; writes < 3; writes++) {
        Files.deleteIfExists(ledger());
        Files.deleteIfExists(directory.resolve("posts.jsonl"));
        NumberedPosts source = new NumberedPosts(order, 11, null);
        try (RecordStore store = new FailingStore(store(), writes, durable)) {
          assertThatThrownBy(() -> harvest(source, store).patience(patience).build().run())
              .isInstanceOf(StoreException.class);
        }
        source.posts.addAll(List.of(12, 13, 14, 15, 16, 17)); // life goes on meanwhile

        HarvestReport report = run(source);
        if (order == RecordSource.Order.UNORDERED) {
          report = run(source);
        }

        assertThat(report.complete()).isTrue();
        assertThat(stored()).containsExactlyElementsOf(source.posts);
        assertThat(report.intervals())
            .hasSize(order == RecordSource.Order.UNORDERED ? 0 : 1)
            .allSatisfy(
                interval -> {
                  assertThat(interval.newest().id()).isEqualTo("17");
                  assertThat(interval.oldest()).extracting(Position::id).isEqualTo("1");
                });
      }
    }
  }

  @ParameterizedTest
  @EnumSource(RecordSource.Order.class)
  void aRunOfOnePageAtATimeComesToTheSameEnd(RecordSource.Order order) throws InterruptedException {
    NumberedPosts source = new NumberedPosts(order, 22, null);
    HarvestReport report;
    int runs = 0;
    do {
      try (RecordStore store = store()) {
        report = harvest(source, store).limit(1).build().run();
      }
      assertThat(report.fetched()).isLessThanOrEqualTo(PAGE);
      runs++;
    } while (!report.complete());

    assertThat(runs).isBetween(6, 7);
    assertThat(stored()).containsExactlyElementsOf(source.posts);
  }

  @Test
  void anInterruptedRunKeepsWhatIsDurableAndGoesOn() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 10, null);
    RecordSource interrupting =
        new Delegate(source) {
          @Override
          public Page fetch(PageRequest request) throws InterruptedException {
            if (request.cursor() != null) {
              throw new InterruptedException();
            }
            return super.fetch(request);
          }
        };

    assertThatThrownBy(() -> run(interrupting)).isInstanceOf(InterruptedException.class);
    assertThat(stored()).containsExactly(7, 8, 9, 10);

    run(source);
    assertThat(stored()).containsExactlyElementsOf(source.posts);
  }

  @Test
  void theNextRunAsksForWhatIsNewOnly() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 20, null);
    run(source);
    source.posts.addAll(List.of(21, 22));

    HarvestReport report = run(source);

    assertThat(report.fetched()).isEqualTo(2);
    assertThat(report.requests()).isEqualTo(1);
    assertThat(report.intervals()).hasSize(1);
  }

  @Test
  void oldestFirstGoesOnFromTheLastPage() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.OLDEST_FIRST, 10, null);
    run(source);
    source.posts.addAll(List.of(11, 12, 13));

    HarvestReport report = run(source);

    assertThat(report.requests()).isEqualTo(2);
    assertThat(report.inserted()).isEqualTo(3);
    assertThat(report.duplicates()).isEqualTo(2);
    assertThat(stored()).containsExactlyElementsOf(source.posts);
  }

  @Test
  void oldestFirstReadsAgainWhatMovedUpWhenOthersLeft() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.OLDEST_FIRST, 10, null);
    run(source);
    source.posts.removeAll(List.of(1, 2, 3, 4, 5));
    source.posts.addAll(List.of(11, 12, 13, 14, 15, 16));

    run(source);

    assertThat(stored()).containsAll(source.posts);
  }

  @Test
  void aForgottenCursorIsReplacedByThePositionOfTheOldestPost() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 9, null);
    try (RecordStore store = store()) {
      harvest(source, store).limit(1).build().run();
    }
    source.cursorsAreForgotten = true;
    assertThat(stored()).containsExactly(6, 7, 8, 9);

    try (RecordStore store = store()) {
      HarvestReport report = harvest(source, store).limit(1).build().run();
      assertThat(report.duplicates()).isZero();
    }

    assertThat(stored()).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void whatTheNetworkNoLongerShowsStaysAHoleInTheLedger() throws InterruptedException {
    NumberedPosts source =
        new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 5, Duration.ofHours(1));
    now = at(5);
    run(source);
    now = START.plus(Duration.ofDays(1)); // all of this is out of sight by then
    for (int i = 6; i <= 40; i++) {
      source.posts.add(i);
    }
    source.oldestShown = 30;

    HarvestReport report = run(source);

    assertThat(report.intervals())
        .extracting(interval -> interval.newest().id())
        .containsExactly("40", "5");
    assertThat(stored()).startsWith(1, 2, 3, 4, 5, 30).endsWith(40);
  }

  @Test
  void anEmptyStoreIsFilledAgainWhateverTheLedgerSays() throws Exception {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 6, null);
    run(source);
    Files.delete(directory.resolve("posts.jsonl"));

    run(source);

    assertThat(stored()).containsExactlyElementsOf(source.posts);
  }

  @Test
  void rejectedItemsGoToTheQuarantineBeforeThePageIsNoted() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.OLDEST_FIRST, 3, null);
    Quarantine quarantine = Quarantine.inMemory();
    try (RecordStore store = store()) {
      harvest(source, store).quarantine(quarantine).build().run();
    }
    assertThat(quarantine.count()).isEqualTo(1);
  }

  @Test
  void aListingThatTurnsInCirclesIsStopped() {
    RecordSource circle =
        new Delegate(new NumberedPosts(RecordSource.Order.UNORDERED, 3, null)) {
          @Override
          public Page fetch(PageRequest request) {
            return Page.of(
                new Page.Content(List.of(post(1)), List.of(), Map.of()), null, null, "same");
          }
        };

    assertThatThrownBy(() -> run(circle)).hasMessageContaining("circles");
  }

  @Test
  void thePlanTellsRequestsWaitingAndPriceAndAsksNothing() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 30, null);
    try (RecordStore store = store()) {
      HarvestPlan plan = harvest(source, store).limit(18).build().plan();

      assertThat(plan.items()).isEqualTo(18);
      assertThat(plan.requests()).isEqualTo(5);
      assertThat(plan.waiting()).isEqualTo(Duration.ofMinutes(30));
      assertThat(plan.dollars()).isEqualByComparingTo("0.09");
      assertThat(plan.notes()).contains("A note.", "The network allows 2 per 15 min.");
      assertThat(source.requests).isZero();

      HarvestPlan open = harvest(source, store).build().plan();
      assertThat(open.items()).isNull();
      assertThat(open.requests()).isNull();
      assertThat(open.dollars()).isNull();
    }
  }

  @Test
  void progressIsToldAfterEachPage() throws InterruptedException {
    List<HarvestProgress> told = new ArrayList<>();
    try (RecordStore store = store()) {
      harvest(new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 10, null), store)
          .listener(told::add)
          .build()
          .run();
    }
    assertThat(told).extracting(HarvestProgress::fetched).containsExactly(4L, 8L, 10L);
    assertThat(told)
        .extracting(HarvestProgress::position)
        .containsExactly(
            new Position("7", at(7)), new Position("3", at(3)), new Position("1", at(1)));
  }

  @Test
  void aDamagedLedgerIsRefusedWithTheRemedy() throws Exception {
    Files.writeString(ledger(), "{\"ledger\":1,\"harvests\":[{\"sou");
    assertThatThrownBy(() -> run(new NumberedPosts(RecordSource.Order.UNORDERED, 1, null)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("ledger.json")
        .hasMessageContaining("move it away");

    Files.writeString(ledger(), "{\"something\":\"else\"}");
    assertThatThrownBy(() -> run(new NumberedPosts(RecordSource.Order.UNORDERED, 1, null)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("no ledger");
  }

  @Test
  void severalListingsShareALedger() throws InterruptedException {
    run(new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 5, null));
    RecordSource other =
        new Delegate(new NumberedPosts(RecordSource.Order.UNORDERED, 2, null)) {
          @Override
          public PlaceUri uri() {
            return PlaceUri.parse("numbers:others");
          }
        };
    run(other);

    assertThat(Ledger.open(ledger()).entries())
        .extracting(LedgerEntry::source)
        .containsExactly("numbers:posts", "numbers:others");
    assertThat(Ledger.open(ledger()).entries()).allMatch(LedgerEntry::isComplete);
  }

  @Test
  void whatIsNewAndWhatIsMissingCanBeFetchedApart() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 20, null);
    try (RecordStore store = store()) {
      harvest(source, store).limit(1).build().run(); // 17 to 20
    }
    source.posts.addAll(List.of(21, 22, 23, 24, 25, 26));

    HarvestReport fresh;
    try (RecordStore store = store()) {
      fresh = harvest(source, store).scope(HarvestScope.NEW).build().run();
    }
    assertThat(stored()).isEqualTo(numbers(17, 26));
    assertThat(fresh.complete()).isFalse();
    assertThat(fresh.stoppedBy()).isNull();
    assertThat(fresh.intervals()).hasSize(1);
    assertThat(fresh.resumeMark()).extracting(LedgerHole::before).isEqualTo(position(17));

    source.posts.addAll(List.of(27, 28));
    HarvestReport filled;
    try (RecordStore store = store()) {
      filled = harvest(source, store).scope(HarvestScope.BACKFILL).build().run();
    }
    assertThat(stored()).isEqualTo(numbers(1, 26));
    assertThat(filled.complete()).isTrue();
    assertThat(filled.duplicates()).isZero();

    assertThat(run(source).inserted()).isEqualTo(2);
  }

  @Test
  void severalHolesAreKeptApartAndAllFilled() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 10, null);
    for (int more : new int[] {20, 30, 40}) {
      try (RecordStore store = store()) {
        harvest(source, store).scope(HarvestScope.NEW).limit(1).build().run();
      }
      source.posts.addAll(numbers(more - 9, more));
    }
    LedgerEntry entry = Ledger.open(ledger()).entries().get(0);
    assertThat(entry.holes())
        .extracting(LedgerHole::before)
        .containsExactly(position(27), position(17), position(7));
    assertThat(entry.holes().get(0).after()).isEqualTo(position(20));
    assertThat(entry.isComplete(at(17), at(20))).isTrue();
    assertThat(entry.isComplete(at(17), at(27))).isFalse();

    HarvestReport report = run(source);

    assertThat(stored()).isEqualTo(numbers(1, 40));
    assertThat(report.duplicates()).isZero();
    assertThat(report.holes()).isEmpty();
    assertThat(report.intervals())
        .containsExactly(new Interval(position(40), position(1), Interval.BEGINNING, now));
  }

  @Test
  void aHoleThatWasNotedIsFilled() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 20, null);
    source.posts.removeAll(numbers(8, 12));
    run(source);
    source.posts.addAll(numbers(8, 12));
    Ledger.open(ledger())
        .noteHole(
            source.uri().toString(),
            directory.resolve("posts.jsonl").toString(),
            new LedgerHole(position(7), position(13), null, null, "the index was down", null));

    HarvestReport report = run(source);

    assertThat(stored()).isEqualTo(numbers(1, 20));
    assertThat(report.inserted()).isEqualTo(5);
    assertThat(report.duplicates()).isZero();
    assertThat(report.holes()).isEmpty();
    assertThat(report.intervals()).hasSize(1);
  }

  @Test
  void whatEarlierRunsLeftOpenIsGivenUpOnceItIsOutOfSight() throws InterruptedException {
    NumberedPosts source =
        new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 20, Duration.ofHours(1));
    now = at(20);
    try (RecordStore store = store()) {
      harvest(source, store).limit(1).build().run();
    }
    source.posts.addAll(numbers(21, 90));
    source.oldestShown = 80;
    now = at(140);

    HarvestReport report = run(source);

    assertThat(report.complete()).isTrue();
    assertThat(report.requests()).as("one to see that it is gone").isEqualTo(1 + 3);
    assertThat(stored()).containsExactlyElementsOf(numbers(17, 20, 80, 90));
    assertThat(report.intervals()).extracting(i -> i.newest().id()).containsExactly("90", "20");
    assertThat(report.holes())
        .extracting(LedgerHole::from, LedgerHole::to, LedgerHole::isOpen)
        .containsExactly(tuple(at(20), at(80), false), tuple(null, at(17), false));
    LedgerEntry entry = Ledger.open(ledger()).entries().get(0);
    assertThat(entry.isComplete(at(80), at(140))).isTrue();
    assertThat(entry.isComplete(at(79), at(140))).isFalse();
    assertThat(run(source).requests()).isEqualTo(1);
  }

  @Test
  void theLastSoLongIsReadAgainForLateEdits() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 20, null);
    run(source);
    source.edited.addAll(List.of(3, 12, 18));
    source.posts.addAll(List.of(21, 22));

    HarvestReport report;
    try (RecordStore store = store()) {
      report = harvest(source, store).lag(Duration.ofMinutes(9)).build().run();
    }

    assertThat(report.updated()).isEqualTo(2);
    assertThat(report.inserted()).isEqualTo(2);
    assertThat(report.duplicates()).isEqualTo(report.fetched() - 4);
    assertThat(report.requests()).isEqualTo(4);
    assertThat(report.complete()).isTrue();
    assertThat(report.intervals()).hasSize(1);
    assertThat(stored()).isEqualTo(numbers(1, 22));
  }

  @Test
  void aRereadThatIsKilledAnywhereGoesOn() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 20, null);
    run(source);
    source.edited.addAll(List.of(3, 12, 18));
    HarvestReport report;
    long updated = 0;
    int runs = 0;
    do {
      try (RecordStore store = store()) {
        HarvestScope scope = runs++ == 0 ? HarvestScope.NEW : HarvestScope.BACKFILL;
        report =
            harvest(source, store).scope(scope).lag(Duration.ofMinutes(9)).limit(1).build().run();
        updated += report.updated();
      }
    } while (!report.complete());

    assertThat(runs).isEqualTo(3);
    assertThat(updated).isEqualTo(2);
    assertThat(report.holes()).isEmpty();
    assertThat(report.intervals()).hasSize(1);
  }

  @Test
  void aLagIsRefusedForListingsThatGiveTheOldestFirst() {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.OLDEST_FIRST, 5, null);
    assertThatThrownBy(() -> harvest(source, store()).lag(Duration.ofMinutes(9)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("numbers:posts")
        .hasMessageContaining("leave the lag out");
  }

  @Test
  void aCeilingGivesControlBackWithAMarkToGoOnFrom() throws InterruptedException {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 20, null);
    HarvestReport first;
    try (RecordStore store = store()) {
      first = harvest(source, store).maxRequests(2).build().run();
    }
    assertThat(first.complete()).isFalse();
    assertThat(first.requests()).isEqualTo(2);
    assertThat(first.stoppedBy()).isEqualTo("the ceiling of 2 requests");
    assertThat(first.resumeMark()).extracting(LedgerHole::before).isEqualTo(position(13));

    Timing clockOfPages = new Timing() { // each page takes a minute
          @Override
          public Instant now() {
            return START.plus(Duration.ofMinutes(source.requests));
          }

          @Override
          public void sleep(Duration duration) {}
        };
    HarvestReport second;
    try (RecordStore store = store()) {
      second =
          harvest(source, store)
              .timing(clockOfPages)
              .maxDuration(Duration.ofMinutes(2))
              .build()
              .run();
    }
    assertThat(second.stoppedBy()).isEqualTo("the ceiling of 120 s");
    assertThat(second.requests()).isEqualTo(2);

    HarvestReport last = run(source);
    assertThat(last.complete()).isTrue();
    assertThat(last.stoppedBy()).isNull();
    assertThat(stored()).isEqualTo(numbers(1, 20));
  }

  @Test
  void whatCannotBeReadIsKeptBesideTheLedgerUnlessToldOtherwise() throws Exception {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.UNORDERED, 5, null);

    HarvestReport report = run(source);

    Path quarantine = directory.resolve("ledger.quarantine.jsonl");
    assertThat(report.quarantine()).isEqualTo(quarantine);
    assertThat(Files.readString(quarantine)).contains("broken");
    try (RecordStore store = store()) {
      HarvestReport inMemory = harvest(source, store).ledger(Ledger.inMemory()).build().run();
      assertThat(inMemory.quarantine()).isNull();
      assertThat(inMemory.setAside()).extracting(Rejected::reason).containsExactly("broken");
    }
  }

  @Test
  void aDeletionIsCarriedOutWithAReceipt() throws Exception {
    NumberedPosts source = new NumberedPosts(RecordSource.Order.NEWEST_FIRST, 5, null);
    run(source);
    source.posts.add(6);
    source.deleted.addAll(List.of(2, 99));
    Path receipts = directory.resolve("erasures.jsonl");
    HarvestReport report;
    try (RecordStore store = store();
        ErasureLog log = ErasureLog.toFile(receipts, Clock.fixed(now, ZoneOffset.UTC))) {
      report = harvest(source, store).erasures(log).build().run();
      harvest(source, store).erasures(log).ledger(Ledger.inMemory()).build().run();
    }

    assertThat(report.deleted()).isEqualTo(1);
    assertThat(stored()).containsExactly(1, 3, 4, 5, 6);
    assertThat(Files.readAllLines(receipts))
        .hasSize(6)
        .startsWith(receipt("2", "erased"), receipt("99", "not_there"))
        .endsWith(receipt("2", "erased_before"), receipt("99", "erased_before"));
  }

  private String receipt(String id, String outcome) {
    return "{\"key\":\"numbers/post/"
        + id
        + "\",\"erased_at\":\""
        + now
        + "\",\"told_by\":\"numbers:posts\",\"store\":\""
        + directory.resolve("posts.jsonl")
        + "\",\"outcome\":\""
        + outcome
        + "\"}";
  }

  private static List<Integer> numbers(int... fromTo) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < fromTo.length; i += 2) {
      for (int n = fromTo[i]; n <= fromTo[i + 1]; n++) {
        numbers.add(n);
      }
    }
    return numbers;
  }

  private static Position position(int number) {
    return NumberedPosts.position(number);
  }

  /** A source that hands everything on. */
  private static class Delegate implements RecordSource {
    private final RecordSource source;

    Delegate(RecordSource source) {
      this.source = source;
    }

    @Override
    public PlaceUri uri() {
      return source.uri();
    }

    @Override
    public Network network() {
      return source.network();
    }

    @Override
    public Order order() {
      return source.order();
    }

    @Override
    public RecordKind kind() {
      return source.kind();
    }

    @Override
    public SourceProfile profile() {
      return source.profile();
    }

    @Override
    public Usage usage() {
      return source.usage();
    }

    @Override
    public Page fetch(PageRequest request) throws InterruptedException {
      return source.fetch(request);
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
