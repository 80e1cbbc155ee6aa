package io.github.sparkpysocial.connectors.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Projection;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.Rejected;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import io.github.sparkpysocial.testkit.contract.StoreContract;
import io.github.sparkpysocial.testkit.server.CassandraServer;
import java.io.File;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The contract on a real server, and what is particular to Cassandra. */
class CassandraStoreTest extends StoreContract {
  private static final CassandraServer SERVER = CassandraServer.shared();
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

  private final InMemoryQuarantine quarantine = Quarantine.inMemory();
  private final List<String> sent = new CopyOnWriteArrayList<>();

  @Override
  protected RecordStore open(String name, StoreOptions options) {
    return Places.openStore(uri(name), options);
  }

  private static PlaceUri uri(String table) {
    return PlaceUri.parse(SERVER.uri("contract", table));
  }

  private RecordStore open(String table) {
    return open(table, StoreOptions.with(quarantine));
  }

  /** Opens a store that notes each question it asks, and of which partition. */
  private RecordStore watched(String table) {
    return CassandraStore.open(
        uri(table),
        StoreOptions.with(quarantine),
        null,
        sender ->
            statement -> {
              if (statement instanceof BoundStatement bound) {
                String cql = bound.getPreparedStatement().getQuery();
                boolean inPartition = cql.contains("WHERE network = ? AND day = ?");
                sent.add(
                    cql
                        + (inPartition && cql.startsWith("SELECT")
                            ? " | " + bound.getString(0) + ' ' + bound.getString(1)
                            : ""));
              }
              return sender.apply(statement);
            });
  }

  private static CqlSession session() {
    return CqlSession.builder()
        .addContactPoint(SERVER.address())
        .withLocalDatacenter(SERVER.datacenter())
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofMinutes(1))
                .build())
        .build();
  }

  private static List<SocialRecord> read(RecordStore store, Filter filter) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordCursor cursor = store.read(filter)) {
      cursor.forEachRemaining(records::add);
    }
    return records;
  }

  private static Post at(String id, Instant time) {
    return SampleRecords.post(id, "at a time").toBuilder().createdAt(time).build();
  }

  @Test
  void rowsLieByNetworkAndDayNewestFirst() {
    try (RecordStore store = open("layout")) {
      store.write(
          List.of(
              at("1", NOON),
              at("2", NOON.plusSeconds(60)),
              at("3", NOON.plus(1, ChronoUnit.DAYS)),
              Post.builder(Network.MASTODON, "4", "at no time").build()));
    }

    try (CqlSession session = session()) {
      List<Row> day =
          session
              .execute(
                  "SELECT record_key, happened_at, content, text FROM contract.layout"
                      + " WHERE network = 'x' AND day = '2026-11-01'")
              .all();
      assertThat(day).extracting(row -> row.getString(0)).containsExactly("x/post/2", "x/post/1");
      assertThat(day).extracting(row -> row.getInstant(1)).contains(NOON);
      assertThat(day).allMatch(row -> String.valueOf(row.getString(2)).length() == 32);
      assertThat(
              session
                  .execute(
                      "SELECT record_key FROM contract.layout"
                          + " WHERE network = 'mastodon' AND day = 'none'")
                  .all())
          .extracting(row -> row.getString(0))
          .containsExactly("mastodon/post/4");
    }
  }

  @Test
  void aSpanOfANetworkIsReadFromItsDaysAlone() {
    List<Post> posts = new ArrayList<>();
    for (int day = 0; day < 20; day++) {
      posts.add(at("d" + day, NOON.plus(day, ChronoUnit.DAYS)));
    }
    try (RecordStore store = watched("days")) {
      store.write(posts);
      sent.clear();

      Filter span =
          Filter.ALL.from(Network.X).between(NOON.plusSeconds(1), NOON.plus(3, ChronoUnit.DAYS));
      assertThat(read(store, span)).extracting(SocialRecord::id).containsExactly("d2", "d1");
      assertThat(sent)
          .hasSize(4)
          .allMatch(cql -> cql.contains("WHERE network = ? AND day = ? AND happened_at >= ?"))
          .extracting(cql -> cql.substring(cql.indexOf('|') + 2))
          .containsExactly("x 2026-11-04", "x 2026-11-03", "x 2026-11-02", "x 2026-11-01");
      assertThat(store.explain(span, Projection.ALL)).contains("read 4 partitions", "network = ?");

      sent.clear();
      assertThat(store.count(Filter.ALL.between(NOON.plus(18, ChronoUnit.DAYS), null)))
          .isEqualTo(2);
      assertThat(sent).hasSize(3);
      assertThat(sent.get(0)).startsWith("SELECT DISTINCT network, day");
    }
  }

  @Test
  void anIdIsLookedUpAndKindsAreFilteredByTheServer() {
    try (RecordStore store = watched("lookups")) {
      store.write(SampleRecords.ofEachKind());
      store.write(List.of(SampleRecords.fullPost("wanted")));
      sent.clear();

      Filter one = Filter.kinds(RecordKind.POST).from(Network.X).withIds(List.of("wanted"));
      assertThat(read(store, one)).containsExactly(SampleRecords.fullPost("wanted"));
      assertThat(sent).hasSize(2);
      assertThat(sent.get(0)).contains("_keys\"", "WHERE record_key = ?");
      assertThat(sent.get(1)).contains("happened_at = ? AND record_key = ?");

      sent.clear();
      assertThat(store.count(Filter.kinds(RecordKind.EVENT, RecordKind.GROUP))).isEqualTo(2);
      assertThat(sent).singleElement().asString().contains("\"record\" IN ?");
    }
  }

  @Test
  void onlyColumnsThatAreWantedAreSelected() {
    try (RecordStore store = watched("columns")) {
      store.write(List.of(SampleRecords.fullPost("1")));
      sent.clear();

      try (RecordCursor cursor = store.read(Filter.ALL, Projection.of("author_handle"))) {
        Post post = (Post) cursor.next();
        assertThat(post.author().handle()).isEqualTo("ada");
        assertThat(post.raw()).isNull();
      }
      assertThat(sent)
          .singleElement()
          .asString()
          .contains("\"author_handle\"")
          .doesNotContain("\"raw\"", "\"hashtags\"", "\"place_name\"");
    }
  }

  @Test
  void manyPagesAreReadInOrderAndCounted() {
    List<Post> posts = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      posts.add(at(String.format("%04d", i), NOON.minusSeconds(i)));
    }
    try (RecordStore store = open("pages")) {
      assertThat(store.write(posts).inserted()).isEqualTo(3_000);
      assertThat(read(store, Filter.ALL)).isEqualTo(posts);
      assertThat(store.count(Filter.ALL)).isEqualTo(3_000);
    }
  }

  @Test
  void nulAndTheFirstAndLastYearAndLongTextsAreKept() {
    List<Post> posts =
        List.of(
            SampleRecords.post("nul", "a\u0000b"),
            at("first", Instant.parse("0001-01-01T00:00:00Z")),
            at("last", Instant.parse("9999-12-31T23:59:59.999Z")),
            at("before-christ", Instant.parse("-0044-03-15T00:00:00Z")),
            SampleRecords.post("long", "\uD83C\uDF89".repeat(32_000)));
    try (RecordStore store = open("extremes")) {
      assertThat(store.write(posts).inserted()).isEqualTo(posts.size());
      assertThat(read(store, Filter.ALL)).containsExactlyInAnyOrderElementsOf(posts);
      assertThat(store.write(posts).unchanged()).isEqualTo(posts.size());
      assertThat(read(store, Filter.ALL.between(null, Instant.parse("0002-01-01T00:00:00Z"))))
          .extracting(SocialRecord::id)
          .containsExactlyInAnyOrder("first", "before-christ");
    }
    assertThat(quarantine.rejected()).isEmpty();
  }

  @Test
  void whatCannotBeKeptIsSetAsideWithTheReason() {
    List<Post> posts =
        List.of(
            SampleRecords.post("x".repeat(70_000), "an id that no key can hold"),
            at("far", Instant.MAX),
            SampleRecords.post("large", "small").toBuilder().raw("x".repeat(17 << 20)).build(),
            SampleRecords.post("fine", "stays"));
    try (RecordStore store = open("misfits")) {
      assertThat(store.write(posts).quarantined()).isEqualTo(3);
      assertThat(read(store, Filter.ALL)).containsExactly(posts.get(3));
    }
    assertThat(quarantine.rejected())
        .extracting(Rejected::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("too long for a key"),
            reason -> assertThat(reason).contains("a time beyond the 64-bit milliseconds"),
            reason -> assertThat(reason).contains("larger than the 16 MiB"));
  }

  @Test
  void aTableOfAnotherToolAndANewerOneAreRefused() {
    open("newer").close();
    try (CqlSession session = session()) {
      session.execute("CREATE TABLE contract.foreign_table (id int PRIMARY KEY, text text)");
      session.execute("ALTER TABLE contract.newer WITH comment = 'sparkpy-social schema 999: x'");
    }

    assertThatThrownBy(() -> open("foreign_table"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is a table of another tool")
        .hasMessageContaining("name another table");
    assertThatThrownBy(() -> open("newer"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("schema version 999")
        .hasMessageContaining("use a newer sparkpy-social");
  }

  @Test
  void aTableThatLacksAColumnGetsIt() {
    Post old = SampleRecords.post("1", "before the column came");
    try (RecordStore store = open("widened")) {
      store.write(List.of(old));
    }
    try (CqlSession session = session()) {
      session.execute("ALTER TABLE contract.widened DROP language");
    }

    Post full = SampleRecords.fullPost("2");
    try (RecordStore store = open("widened")) {
      store.write(List.of(full));
      assertThat(read(store, Filter.ALL)).containsExactlyInAnyOrder(old, full);
    }
  }

  @Test
  void aUriNeedsAKeyspaceATableAndNamesThatCassandraTakes() {
    assertThatThrownBy(() -> Places.openStore(PlaceUri.parse("cassandra://h/ks"), options()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no table")
        .hasMessageContaining("/keyspace::table");
    assertThatThrownBy(() -> Places.openStore(PlaceUri.parse("cassandra://h/::posts"), options()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no keyspace");
    assertThatThrownBy(
            () -> Places.openStore(PlaceUri.parse("cassandra://h/ks::a\"; DROP"), options()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("letters, digits and underscores");
    assertThatThrownBy(
            () -> Places.openStore(PlaceUri.parse("cassandra://h/ks?ttl=3::posts"), options()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("?dc=");
  }

  private StoreOptions options() {
    return StoreOptions.with(quarantine);
  }

  @Test
  void aDeadServerIsNamedQuicklyAndThePasswordIsNot() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    PlaceUri uri = PlaceUri.parse("cassandra://ada:s3cret@127.0.0.1:" + port + "/social::posts");
    Instant begin = Instant.now();

    assertThatThrownBy(() -> Places.openStore(uri, options()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("No Cassandra answers at 127.0.0.1:" + port)
        .hasMessageContaining("is it running")
        .hasMessageContaining("ada:***@")
        .hasMessageNotContaining("s3cret");

    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
    assertThat(CassandraAddress.of(uri, null).toString()).doesNotContain("s3cret");
  }

  @Test
  void aPasswordIsAskedForAndADataCentreIsChecked() {
    PlaceUri without = PlaceUri.parse("cassandra://ada@127.0.0.1/social::posts");
    assertThatThrownBy(() -> CassandraStore.open(without, options(), null))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("CASSANDRA_PASSWORD");

    PlaceUri elsewhere =
        PlaceUri.parse(SERVER.uri("contract", "posts").replace("::", "?dc=elsewhere::"));
    assertThatThrownBy(() -> Places.openStore(elsewhere, options()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("?dc=");
  }

  @Test
  void aMissingDriverIsNamed() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("java-driver")) {
        classPath.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader withoutDriver =
        new URLClassLoader(classPath.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> parser = withoutDriver.loadClass(PlaceUri.class.getName());
      Class<?> places = withoutDriver.loadClass(Places.class.getName());
      Class<?> options = withoutDriver.loadClass(StoreOptions.class.getName());
      Class<?> quarantines = withoutDriver.loadClass(Quarantine.class.getName());
      Object uri = parser.getMethod("parse", String.class).invoke(null, "cassandra://h/ks::posts");
      Object usual =
          options
              .getMethod("with", quarantines)
              .invoke(null, quarantines.getMethod("inMemory").invoke(null));

      assertThatThrownBy(
              () -> places.getMethod("openStore", parser, options).invoke(null, uri, usual))
          .cause()
          .hasMessageContaining(
              "needs org.apache.cassandra:java-driver-core-shaded on the class path");
    }
  }
}
