package io.github.sparkpysocial.connectors.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import io.github.sparkpysocial.testkit.contract.StoreContract;
import io.github.sparkpysocial.transfer.Transfer;
import io.github.sparkpysocial.transfer.TransferReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every SQL database keeps to besides the contract of stores. */
abstract class SqlStoreContract extends StoreContract {
  final InMemoryQuarantine quarantine = Quarantine.inMemory();

  /** Returns the URL for the driver. */
  abstract String url();

  /** Returns a name as this database has it in a statement. */
  String quoted(String name) {
    return '"' + name + '"';
  }

  @Override
  protected RecordStore open(String name, StoreOptions options) {
    return Places.openStore(PlaceUri.parse(url() + "::" + name), options);
  }

  final RecordStore store(String name) {
    return open(name, StoreOptions.with(quarantine).withBatchSize(50));
  }

  final void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  final String value(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  static long usedHeap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  static void showsNoSecret(Throwable thrown) {
    StringWriter printed = new StringWriter();
    thrown.printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString()).doesNotContain("wrong-secret").contains("***");
  }

  static List<SocialRecord> all(RecordStore store) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
    }
    records.sort((a, b) -> a.key().compareTo(b.key()));
    return records;
  }

  private static Post at(String id, String time) {
    return SampleRecords.post(id, "at a time").toBuilder().createdAt(Instant.parse(time)).build();
  }

  @Test
  void timesComeBackWhateverTheZone() {
    List<Post> posts =
        List.of(
            at("1", "0001-01-01T00:00:00Z"),
            at("2", "9999-12-31T23:59:59.999999Z"),
            at("3", "1582-10-10T12:00:00Z"),
            at("4", "1969-12-31T23:59:59.999999Z"),
            at("5", "2026-03-29T01:30:00.000001Z"),
            at("6", "2026-10-25T01:30:00.1Z"));
    try (RecordStore store = store("times")) {
      store.write(posts);
      assertThat(all(store)).isEqualTo(posts);
      Filter second = Filter.ALL.between(Instant.parse("2026-10-25T01:30:00.1Z"), Instant.MAX);
      assertThat(store.count(second)).isEqualTo(2);
      assertThat(store.count(Filter.ALL.between(Instant.MIN, posts.get(5).createdAt())))
          .isEqualTo(4);
      assertThat(store.count(Filter.ALL.between(Instant.MAX, null))).isZero();
    }
  }

  @Test
  void whatIsFinerThanTheDatabaseIsCutOff() {
    Post fine = at("1", "2026-11-01T12:00:00.123456789Z");
    try (RecordStore store = store("fine")) {
      store.write(List.of(fine));
      Instant read = Objects.requireNonNull(((Post) all(store).get(0)).createdAt());
      assertThat(read.truncatedTo(ChronoUnit.MICROS))
          .isEqualTo(Instant.parse("2026-11-01T12:00:00.123456Z"));
      assertThat(store.count(Filter.ALL.between(read, null))).isEqualTo(1);
      assertThat(store.count(Filter.ALL.between(read.plusNanos(1), null))).isZero();
      assertThat(store.count(Filter.ALL.between(null, read.plusNanos(1)))).isEqualTo(1);
      assertThat(store.write(List.of(fine)).unchanged()).isEqualTo(1);
    }
  }

  @Test
  void aTimeOutsideOfTheCalendarIsSetAsideAndTheRestIsKept() {
    Post early = at("1", "-0001-01-01T00:00:00Z");
    Post late = at("2", "+10000-01-01T00:00:00Z");
    try (RecordStore store = store("calendar")) {
      assertThat(store.write(List.of(early, SampleRecords.post("3", "kept"), late)))
          .isEqualTo(new WriteSummary(1, 0, 0, 0, 2));
      assertThat(all(store)).containsExactly(SampleRecords.post("3", "kept"));
    }
    assertThat(quarantine.rejected())
        .hasSize(2)
        .allSatisfy(
            rejected -> {
              assertThat(rejected.field()).isEqualTo("created_at");
              assertThat(rejected.reason()).contains("years 1 to 9999");
            });
  }

  @Test
  void numbersComeBackToTheLastBit() {
    List<Post> posts = new ArrayList<>();
    for (double degrees :
        List.of(
            0.1 + 0.2,
            Math.nextUp(1.0),
            Math.nextDown(38.736946),
            Double.MIN_VALUE,
            -89.99999999999999)) {
      posts.add(
          SampleRecords.post("n" + posts.size(), "somewhere").toBuilder()
              .place(Place.at(new GeoPoint(degrees, -degrees)))
              .build());
    }
    try (RecordStore store = store("numbers")) {
      store.write(posts);
      assertThat(all(store)).isEqualTo(posts);
    }
  }

  @Test
  void namesOfTablesAreNamesWhateverTheyHold() {
    for (String name :
        List.of("\"a.b\"", "it's", "x\"; DROP TABLE y; --", "back`tick", "größe 表", "SELECT")) {
      Post post = SampleRecords.post("1", "in " + name);
      try (RecordStore store = store(name)) {
        store.write(List.of(post));
      }
      try (RecordStore store = store(name)) {
        assertThat(all(store)).containsExactly(post);
        assertThat(store.write(List.of(SampleRecords.post("1", "new"))).updated()).isEqualTo(1);
        assertThat(store.delete(post.key())).isTrue();
      }
    }
  }

  @Test
  void idsAreValuesWhateverTheyHold() {
    List<Post> posts = new ArrayList<>();
    for (String id : List.of("'; DELETE FROM ids; --", "\\'", "\\", "%", "_", "?", "${a}", "\t")) {
      posts.add(SampleRecords.post(id, id));
    }
    posts.sort((a, b) -> a.key().compareTo(b.key()));
    try (RecordStore store = store("idvalues")) {
      store.write(posts);
      assertThat(all(store)).isEqualTo(posts);
      for (Post post : posts) {
        Filter filter = Filter.ALL.withIds(List.of(post.id()));
        assertThat(store.count(filter)).isEqualTo(1);
        assertThat(store.count(filter.from(Network.X).ofKinds(List.of(RecordKind.POST))))
            .isEqualTo(1);
      }
      assertThat(store.delete(posts.stream().map(SocialRecord::key).toList()))
          .isEqualTo(posts.size());
    }
  }

  @Test
  void aFilterAndAProjectionAreTheDatabasesWork() {
    try (RecordStore store = store("pushed")) {
      store.write(SampleRecords.ofEachKind());
      String sql =
          store.explain(
              Filter.kinds(RecordKind.POST)
                  .from(Network.X)
                  .between(Instant.parse("2026-01-01T00:00:00Z"), null),
              Projection.of("text", "created_at"));
      assertThat(sql.replace('`', '"'))
          .startsWith("SELECT \"record\", \"network\", \"id\", ")
          .contains("\"created_at\"")
          .doesNotContain("author_handle")
          .contains(
              " FROM \"pushed\" WHERE \"record\" IN (?) AND \"network\" IN (?) AND"
                  + " ((\"created_at\" >= ?))")
          .endsWith(" with [post, x, 2026-01-01T00:00:00Z]");
    }
  }

  @Test
  void aStoreIsReadWhileItIsWritten() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      posts.add(SampleRecords.post("p" + (10_000 + i), "number " + i));
    }
    try (RecordStore store = store("both")) {
      store.write(posts);
      List<String> read = new ArrayList<>();
      try (RecordCursor cursor = store.readAll();
          RecordCursor other = store.readAll()) {
        while (cursor.hasNext()) {
          read.add(cursor.next().id());
          if (read.size() == 700) {
            store.write(List.of(SampleRecords.post(posts.get(3).id(), "edited")));
            assertThat(store.count(Filter.ALL)).isEqualTo(1_500);
            assertThat(other.hasNext()).isTrue();
          }
        }
      }
      assertThat(read).hasSize(1_500).doesNotHaveDuplicates();
    }
  }

  @Test
  void aWriteThatFailsLeavesWholeBatches() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      posts.add(SampleRecords.post("b" + i, "number " + i));
    }
    Iterator<Post> good = posts.iterator();
    Iterator<Post> broken =
        new Iterator<>() {
          private int count;

          @Override
          public boolean hasNext() {
            return good.hasNext();
          }

          @Override
          public Post next() {
            if (++count == 75) {
              throw new IllegalStateException("the source broke");
            }
            return good.next();
          }
        };
    try (RecordStore store = store("broken")) {
      assertThatThrownBy(() -> store.write(broken)).hasMessage("the source broke");
      assertThat(store.count(Filter.ALL)).isEqualTo(50);
      assertThat(store.write(posts)).isEqualTo(new WriteSummary(70, 0, 50, 0, 0));
    }
  }

  @Test
  void twoWritersDoNotDisturbEachOther() throws Exception {
    int posts = 600;
    CyclicBarrier start = new CyclicBarrier(2);
    List<Callable<WriteSummary>> writers = new ArrayList<>();
    for (int w = 0; w < 2; w++) {
      List<SocialRecord> records = new ArrayList<>();
      for (int i = 0; i < posts; i++) {
        records.add(SampleRecords.post("w" + (w == 0 ? i : posts - 1 - i), "of either"));
        if (i % 3 == w) {
          records.add(SampleRecords.deletionOf("w" + i));
        }
      }
      writers.add(
          () -> {
            try (RecordStore store = store("writers")) {
              start.await();
              return store.write(records);
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(2);
    WriteSummary both = WriteSummary.NONE;
    try {
      for (Future<WriteSummary> done : threads.invokeAll(writers)) {
        both = both.plus(done.get());
      }
    } finally {
      threads.shutdownNow();
    }

    try (RecordStore store = store("writers")) {
      assertThat(store.count(Filter.kinds(RecordKind.TOMBSTONE))).isEqualTo(400);
      assertThat(store.count(Filter.kinds(RecordKind.POST))).isEqualTo(200);
      for (SocialRecord record : all(store)) {
        int number = Integer.parseInt(record.id().substring(1));
        assertThat(record instanceof Tombstone).isEqualTo(number % 3 < 2);
      }
    }
    assertThat(both.inserted() - both.deleted()).isEqualTo(600);
    assertThat(both.updated()).isZero();
    assertThat(both.inserted() + both.unchanged()).isEqualTo(2 * posts + 400);
  }

  @Test
  void aTableThatLacksColumnsIsReadAndThenCompleted() throws SQLException {
    Post post = SampleRecords.fullPost("1");
    try (RecordStore store = store("older")) {
      store.write(List.of(post));
    }
    execute(
        "ALTER TABLE " + quoted("older") + " DROP COLUMN " + quoted("language"),
        "ALTER TABLE " + quoted("older") + " DROP COLUMN " + quoted("hashtags"),
        "DELETE FROM " + quoted("sparkpy_social_schema") + " WHERE table_name = 'older'");
    Post without =
        post.toBuilder()
            .language(null)
            .entities(
                new Entities(
                    List.of(),
                    post.entities().mentions(),
                    post.entities().urls(),
                    post.entities().cashtags()))
            .build();
    Post second = SampleRecords.fullPost("2");
    try (RecordStore store = store("older")) {
      assertThat(all(store)).containsExactly(without);
      assertThat(store.write(List.of(second))).isEqualTo(new WriteSummary(1, 0, 0, 0, 0));
      assertThat(all(store)).containsExactly(without, second);
    }
    try (RecordStore store = store("older")) {
      assertThat(all(store)).containsExactly(without, second);
    }
    assertThat(
            value(
                "SELECT version FROM "
                    + quoted("sparkpy_social_schema")
                    + " WHERE table_name = 'older'"))
        .isEqualTo("1");
  }

  @Test
  void aNewerTableIsRefused() throws SQLException {
    Post post = SampleRecords.post("1", "of today");
    try (RecordStore store = store("newer")) {
      store.write(List.of(post));
      execute(
          "UPDATE "
              + quoted("sparkpy_social_schema")
              + " SET version = 99 WHERE table_name = 'newer'");

      assertThatThrownBy(() -> store.write(List.of(SampleRecords.post("2", "too late"))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("schema version 99");
    }
    assertThatThrownBy(() -> store("newer"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("schema version 99")
        .hasMessageContaining("use a newer sparkpy-social");
  }

  @Test
  void aTableOfAnotherProgramIsReadAsPostsAndNotWritten() throws SQLException {
    execute(
        "CREATE TABLE tweets (tweet_id BIGINT, body VARCHAR(200), created_at TIMESTAMP, label"
            + " VARCHAR(20))",
        "INSERT INTO tweets VALUES (1234567890123456789, 'from elsewhere', '2018-10-10 20:19:24',"
            + " 'sport')",
        "INSERT INTO tweets VALUES (1234567890123456789, 'the same id', NULL, NULL)",
        "INSERT INTO tweets VALUES (2, NULL, NULL, NULL)");
    try (RecordStore store = store("tweets")) {
      List<SocialRecord> read = new ArrayList<>();
      try (RecordCursor cursor = store.read(Filter.ALL, Projection.ALL)) {
        cursor.forEachRemaining(read::add);
        assertThat(cursor.duplicates()).isEqualTo(1);
        assertThat(cursor.quarantined()).isEqualTo(1);
      }
      assertThat(read).hasSize(1);
      Post post = (Post) read.get(0);
      assertThat(post.id()).isEqualTo("1234567890123456789");
      assertThat(post.text()).isEqualTo("from elsewhere");
      assertThat(post.createdAt()).isEqualTo(Instant.parse("2018-10-10T20:19:24Z"));
      assertThat(post.raw()).containsIgnoringCase("\"label\":\"sport\"");
      assertThat(store.count(Filter.kinds(RecordKind.POST))).isEqualTo(1);
      assertThat(store.count(Filter.kinds(RecordKind.EVENT))).isZero();
      assertThat(store.capabilities()).doesNotContain(StoreCapability.WRITE);
      assertThatThrownBy(() -> store.write(List.of(SampleRecords.post("1", "no"))))
          .isInstanceOf(UnsupportedCapabilityException.class)
          .hasMessageContaining("WRITE")
          .hasMessageContaining("another program");
      assertThatThrownBy(() -> store.delete(post.key()))
          .isInstanceOf(UnsupportedCapabilityException.class);
    }
    StoreOptions mapped = StoreOptions.with(quarantine).withColumns(null, "label", null);
    try (RecordStore store = open("tweets", mapped)) {
      assertThat(((Post) all(store).get(0)).text()).isEqualTo("sport");
    }
  }

  @Test
  void aTableWithoutIdAndTextIsRefusedWithItsColumns() throws SQLException {
    execute("CREATE TABLE prices (at_day VARCHAR(10), price BIGINT)");

    assertThatThrownBy(() -> store("prices"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("prices")
        .hasMessageContaining("no column for the id")
        .hasMessageContainingAll("name it, its columns are");
  }

  @Test
  void tablesOfOneDatabaseAreCopiedWithinIt() {
    List<SocialRecord> source = new ArrayList<>(SampleRecords.ofEachKind());
    for (int i = 0; i < 30; i++) {
      source.add(SampleRecords.post("c" + i, "of the source " + i));
    }
    source.add(SampleRecords.deletionOf("t1"));
    source.add(SampleRecords.deletionOf("t2"));
    List<SocialRecord> target =
        List.of(
            SampleRecords.post("c1", "of the source 1"),
            SampleRecords.post("c2", "of the target"),
            SampleRecords.deletionOf("c3"),
            SampleRecords.deletionOf("t2"),
            SampleRecords.post("t1", "soon gone"),
            SampleRecords.post("only", "there already"));
    WriteSummary expected;
    List<SocialRecord> expectedRecords;
    try (RecordStore from = store("copyfrom");
        RecordStore to = store("copyto");
        RecordStore byRecord = store("byrecord")) {
      from.write(source);
      to.write(target);
      byRecord.write(target);
      expected = byRecord.write(all(from));
      expectedRecords = all(byRecord);
    }

    TransferReport report =
        Transfer.builder(PlaceUri.parse(url() + "::copyfrom"), PlaceUri.parse(url() + "::copyto"))
            .verify()
            .build()
            .run();

    assertThat(String.join("\n", report.path())).contains("INSERT .. SELECT within one database");
    assertThat(report.read()).isEqualTo(source.size());
    assertThat(report.written()).isEqualTo(expected.inserted() + expected.updated());
    assertThat(report.unchanged()).isEqualTo(expected.unchanged());
    assertThat(report.deleted()).isEqualTo(expected.deleted()).isEqualTo(1);
    try (RecordStore to = store("copyto")) {
      assertThat(all(to)).isEqualTo(expectedRecords);
    }
    TransferReport filtered =
        Transfer.builder(PlaceUri.parse(url() + "::copyfrom"), PlaceUri.parse(url() + "::copynew"))
            .filter(Filter.kinds(RecordKind.POST).from(Network.X))
            .build()
            .run();
    assertThat(filtered.written()).isEqualTo(31);
  }
}
