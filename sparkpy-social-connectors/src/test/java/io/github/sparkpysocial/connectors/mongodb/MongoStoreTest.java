package io.github.sparkpysocial.connectors.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
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
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import io.github.sparkpysocial.testkit.contract.StoreContract;
import io.github.sparkpysocial.testkit.server.MongoServer;
import java.io.File;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The contract over the real wire protocol, and what is particular to MongoDB. */
class MongoStoreTest extends StoreContract {
  private static final MongoServer SERVER = MongoServer.inMemory();
  private static final String ADDRESS = SERVER.uri().substring("mongodb://".length());

  private final InMemoryQuarantine quarantine = Quarantine.inMemory();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Override
  protected RecordStore open(String name, StoreOptions options) {
    return Places.openStore(uri(name), options);
  }

  private static PlaceUri uri(String collection) {
    return PlaceUri.parse(SERVER.uri("test", collection));
  }

  private RecordStore open(PlaceUri uri) {
    return Places.openStore(uri, StoreOptions.with(quarantine));
  }

  private static void insert(String collection, Document... documents) {
    try (MongoClient client = MongoClients.create(SERVER.uri())) {
      client.getDatabase("test").getCollection(collection).insertMany(List.of(documents));
    }
  }

  @Test
  void aDocumentIsKeyedByTheRecordAndHasDates() {
    try (RecordStore store = open(uri("shape"))) {
      store.write(List.of(SampleRecords.fullPost("1")));
    }

    try (MongoClient client = MongoClients.create(SERVER.uri())) {
      MongoCollection<Document> documents = client.getDatabase("test").getCollection("shape");
      Document document = documents.find().first();
      assertThat(document).isNotNull();
      assertThat(document.getString("_id")).isEqualTo("x/post/1");
      assertThat(document.get("created_at"))
          .isEqualTo(Date.from(Instant.parse("2026-11-01T12:00:00.250Z")));
      assertThat(document.get("hashtags"))
          .asInstanceOf(InstanceOfAssertFactories.list(Document.class))
          .containsExactly(new Document("text", "café").append("start", 14L).append("end", 19L));
      assertThat(document).doesNotContainKey("replies");
    }
  }

  @Test
  void rawTweetsOfAnotherToolAreReadOnceAndWithTheirDeletions() {
    insert(
        "tweets",
        tweet(5, "first version"),
        tweet(6, "soon deleted"),
        tweet(5, "second version"),
        Document.parse("{\"delete\":{\"status\":{\"id\":6,\"id_str\":\"6\"}}}"),
        Document.parse("{\"limit\":{\"track\":3}}"));

    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = open(uri("tweets"))) {
      try (RecordCursor cursor = store.readAll()) {
        cursor.forEachRemaining(records::add);
        assertThat(cursor.duplicates()).isEqualTo(1);
        assertThat(cursor.notices()).containsEntry("limit", 1L);
      }
      assertThat(store.count(Filter.ALL)).isEqualTo(2);
    }

    assertThat(records).hasSize(2);
    assertThat(((Post) records.get(0)).text()).isEqualTo("second version");
    assertThat(records.get(0).raw()).contains("\"second version\"");
    assertThat(records.get(1)).isInstanceOf(Tombstone.class);
    assertThat(quarantine.rejected()).isEmpty();
  }

  private static Document tweet(long id, String text) {
    return new Document("id", id)
        .append("id_str", String.valueOf(id))
        .append("text", text)
        .append("created_at", "Wed Oct 10 20:19:24 +0000 2018")
        .append("user", new Document("id", 1L).append("screen_name", "ada"));
  }

  @Test
  void tweetsAsOtherToolsLeftThemAreReadWithTheirTypes() {
    Document nested =
        new Document("_id", new ObjectId("5bbe57a2f0a1b2c3d4e5f607"))
            .append("created_at", Date.from(Instant.parse("2018-10-10T20:19:24Z")))
            .append("id", new Decimal128(new BigDecimal("1050118621198921728")))
            .append("id_str", "1050118621198921728")
            .append("text", "nested #tweet")
            .append("retweet_count", 3)
            .append("favorite_count", 5.0)
            .append(
                "user",
                new Document("id", 6253282L)
                    .append("id_str", "6253282")
                    .append("screen_name", "ada"))
            .append("geo", null)
            .append("mixed", Arrays.asList(1, "two", 3.5, new Document("four", 4L), null));
    insert("book", nested);
    insert(
        "decimals",
        new Document("_id", new ObjectId())
            .append("id", new Decimal128(new BigDecimal("1.050118621198921728E+18")))
            .append("text", "not a tweet, and its id has an exponent")
            .append("date", Date.from(Instant.parse("2018-10-10T20:19:24.5Z"))));

    try (RecordStore store = open(uri("book"));
        RecordCursor cursor = store.readAll()) {
      Post post = (Post) cursor.next();
      assertThat(post.id()).isEqualTo("1050118621198921728");
      assertThat(post.createdAt()).isEqualTo(Instant.parse("2018-10-10T20:19:24Z"));
      assertThat(post.author().handle()).isEqualTo("ada");
      assertThat(post.engagement().reposts()).isEqualTo(3);
      assertThat(post.engagement().likes()).isEqualTo(5);
      assertThat(post.raw())
          .contains("\"id\": 1050118621198921728,")
          .contains("\"favorite_count\": 5,")
          .contains("\"mixed\": [1, \"two\", 3.5, {\"four\": 4}, null]")
          .doesNotContain("$", "5bbe57a2f0a1b2c3d4e5f607");
      assertThat(cursor.hasNext()).isFalse();
    }
    try (RecordStore store = open(uri("decimals"));
        RecordCursor cursor = store.readAll()) {
      Post post = (Post) cursor.next();
      assertThat(post.id()).isEqualTo("1050118621198921728");
      assertThat(post.createdAt()).isEqualTo(Instant.parse("2018-10-10T20:19:24.5Z"));
    }
    assertThat(quarantine.rejected()).isEmpty();
  }

  @Test
  void oursAndTheirsInOneCollectionAreFilteredAndProjectedAlike() {
    insert("mixed", tweet(5, "theirs"), tweet(6, "theirs, too"));
    try (RecordStore store = open(uri("mixed"))) {
      store.write(List.of(SampleRecords.fullPost("1"), SampleRecords.post("5", "ours as well")));

      List<SocialRecord> read = new ArrayList<>();
      Filter filter = Filter.ALL.withIds(List.of("1", "5"));
      try (RecordCursor cursor = store.read(filter, Projection.of("text"))) {
        cursor.forEachRemaining(read::add);
        assertThat(cursor.duplicates()).isEqualTo(1);
      }
      assertThat(read).extracting(SocialRecord::id).containsExactly("1", "5");
      assertThat(read).allMatch(record -> record.raw() == null);
      assertThat(store.count(filter)).isEqualTo(2);
    }
  }

  @Test
  void theServerFiltersAndProjects() {
    List<CommandStartedEvent> commands = new CopyOnWriteArrayList<>();
    CommandListener listener =
        new CommandListener() {
          @Override
          public void commandStarted(CommandStartedEvent event) {
            commands.add(event);
          }
        };
    Instant noon = Instant.parse("2026-11-01T12:00:00Z");
    List<SocialRecord> records = new ArrayList<>(SampleRecords.ofEachKind());
    records.add(SampleRecords.fullPost("wanted"));
    try (RecordStore store =
        MongoStore.open(uri("pushed"), StoreOptions.with(quarantine), null, listener)) {
      store.write(records);
      commands.clear();

      Filter wanted =
          Filter.kinds(RecordKind.POST)
              .from(Network.X)
              .withIds(List.of("wanted"))
              .between(noon, noon.plusSeconds(1));
      try (RecordCursor cursor = store.read(wanted, Projection.of("language"))) {
        assertThat(((Post) cursor.next()).language()).isEqualTo("en");
        assertThat(cursor.hasNext()).isFalse();
      }
      BsonDocument find = commands.get(commands.size() - 1).getCommand();
      assertThat(find.getDocument("filter").toJson())
          .contains("\"_id\": {\"$in\": [\"x/post/wanted\"]}", "\"$gte\"", "\"$lt\"");
      assertThat(find.getDocument("projection").keySet())
          .contains("language", "text", "created_at")
          .doesNotContain("raw", "hashtags");
      assertThat(store.explain(wanted, Projection.ALL)).contains("x/post/wanted");

      commands.clear();
      assertThat(store.count(Filter.ALL.between(noon.plusNanos(1), null)))
          .isEqualTo(
              records.stream()
                  .filter(record -> Filter.ALL.between(noon.plusNanos(1), null).matches(record))
                  .count());
      assertThat(commands).extracting(CommandStartedEvent::getCommandName).contains("aggregate");
      assertThat(commands)
          .extracting(CommandStartedEvent::getCommandName)
          .doesNotContain("getMore");
    }
  }

  @Test
  void theVersionOfTheSchemaIsKeptBesideTheCollectionAndANewerOneRefused() {
    try (RecordStore store = open(uri("versioned"))) {
      store.write(List.of(SampleRecords.post("1", "a")));
    }
    try (MongoClient client = MongoClients.create(SERVER.uri())) {
      MongoCollection<Document> versions =
          client.getDatabase("test").getCollection(MongoSchema.COLLECTION);
      assertThat(versions.find(new Document("_id", "versioned")).first())
          .isEqualTo(new Document("_id", "versioned").append("version", RecordSchema.VERSION));
      versions.updateOne(
          new Document("_id", "versioned"), new Document("$set", new Document("version", 999)));
    }

    assertThatThrownBy(() -> open(uri("versioned")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("schema version 999")
        .hasMessageContaining("use a newer sparkpy-social");
  }

  @Test
  void aTombstoneWhoseWriterWasStoppedIsCarriedOutByTheNextOne() {
    Post target = SampleRecords.post("1", "should be gone");
    Tombstone tombstone = SampleRecords.deletionOf("1");
    try (RecordStore store = open(uri("halfway"))) {
      store.write(List.of(tombstone));
      try (RecordStore elsewhere = open(uri("elsewhere"))) {
        elsewhere.write(List.of(target));
      }
      try (MongoClient client = MongoClients.create(SERVER.uri())) {
        Document document = client.getDatabase("test").getCollection("elsewhere").find().first();
        insert("halfway", Objects.requireNonNull(document));
      }

      assertThat(store.write(List.of(tombstone))).isEqualTo(new WriteSummary(0, 0, 1, 1, 0));
      assertThat(store.count(Filter.ALL)).isEqualTo(1);
    }
  }

  @Test
  void twoWritersOfTheSameKeysLeaveEachKeyOnce() {
    List<SocialRecord> ones = new ArrayList<>();
    List<SocialRecord> others = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      ones.add(SampleRecords.fullPost("" + i));
      others.add(SampleRecords.post("" + i, "short"));
      ones.add(SampleRecords.post("deleted-" + i, "not for long"));
      others.add(SampleRecords.deletionOf("deleted-" + i));
    }
    StoreOptions small = StoreOptions.with(quarantine).withBatchSize(7);
    try (RecordStore one = Places.openStore(uri("writers"), small);
        RecordStore other = Places.openStore(uri("writers"), small)) {
      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> one.write(ones)),
              CompletableFuture.runAsync(() -> other.write(others)))
          .join();

      List<SocialRecord> left = new ArrayList<>();
      try (RecordCursor cursor = one.readAll()) {
        cursor.forEachRemaining(left::add);
      }
      assertThat(left).extracting(SocialRecord::key).doesNotHaveDuplicates().hasSize(400);
      assertThat(left)
          .filteredOn(record -> record.id().startsWith("deleted-"))
          .hasSize(200)
          .allMatch(Tombstone.class::isInstance);
    }
  }

  @Test
  void otherDocumentsNeedAnIdAndAText() {
    insert(
        "notes",
        new Document("text", "has the database's id").append("label", "a"),
        new Document("title", "has no text"));

    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = open(uri("notes"));
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
      assertThat(cursor.quarantined()).isEqualTo(1);
    }

    assertThat(records).hasSize(1);
    assertThat(records.get(0).raw()).contains("\"label\"");
    assertThat(quarantine.rejected().get(0).reason()).contains("has no text");
  }

  @Test
  void aDamagedDocumentIsSetAsideAndAnUnknownFieldSurvives() {
    insert(
        "damaged",
        new Document("_id", "x/post/1")
            .append("record", "post")
            .append("network", "x")
            .append("id", "1")
            .append("text", 7),
        new Document("_id", "x/post/2")
            .append("record", "post")
            .append("network", "x")
            .append("id", "2")
            .append("text", "fine")
            .append("mood", "good"));

    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = open(uri("damaged"));
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
      assertThat(cursor.unknownFields()).containsEntry("mood", 1L);
    }

    assertThat(records).extracting(SocialRecord::id).containsExactly("2");
    assertThat(records.get(0).raw()).contains("\"mood\"");
    assertThat(quarantine.rejected())
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.reason()).contains("'text'", "a text"));
  }

  @Test
  void aDocumentThatIsTooLargeIsSetAside() {
    Post large =
        SampleRecords.post("1", "small text").toBuilder().raw("x".repeat(17 << 20)).build();
    try (RecordStore store = open(uri("large"))) {
      assertThat(store.write(List.of(large)).quarantined()).isEqualTo(1);
      assertThat(store.count(Filter.ALL)).isZero();
    }
    assertThat(quarantine.rejected().get(0).reason()).contains("16 MiB");
  }

  @Test
  void aUriNeedsACollectionAndADatabase() {
    assertThatThrownBy(() -> open(PlaceUri.parse("mongodb://" + ADDRESS + "/test")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no collection")
        .hasMessageContaining("::posts");
    assertThatThrownBy(() -> open(PlaceUri.parse("mongodb://" + ADDRESS + "::posts")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("names no database");
  }

  @Test
  void aDeadServerIsNamedQuickly() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    PlaceUri uri = PlaceUri.parse("mongodb://127.0.0.1:" + port + "/test::posts");
    Instant begin = Instant.now();

    assertThatThrownBy(() -> open(uri))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("No MongoDB server answers at 127.0.0.1:" + port)
        .hasMessageContaining("is it running");

    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
  }

  @Test
  void aPasswordIsAskedForAndNeverShown() {
    PlaceUri without = PlaceUri.parse("mongodb://ada@" + ADDRESS + "/test::posts");
    assertThatThrownBy(() -> MongoStore.open(without, StoreOptions.with(quarantine), null))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("MONGODB_PASSWORD");

    PlaceUri broken = PlaceUri.parse("mongodb://ada:s3cret@" + ADDRESS + "/te$t?w=%zz::posts");
    assertThatThrownBy(() -> open(broken))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }

  @Test
  void aMissingDriverIsNamed() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("mongodb-driver") && !entry.contains("bson")) {
        classPath.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader withoutDriver =
        new URLClassLoader(classPath.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> parser = withoutDriver.loadClass(PlaceUri.class.getName());
      Class<?> places = withoutDriver.loadClass(Places.class.getName());
      Class<?> options = withoutDriver.loadClass(StoreOptions.class.getName());
      Class<?> quarantines = withoutDriver.loadClass(Quarantine.class.getName());
      Object uri = parser.getMethod("parse", String.class).invoke(null, "mongodb://h/db::posts");
      Object usual =
          options
              .getMethod("with", quarantines)
              .invoke(null, quarantines.getMethod("inMemory").invoke(null));

      assertThatThrownBy(
              () -> places.getMethod("openStore", parser, options).invoke(null, uri, usual))
          .cause()
          .hasMessageContaining("needs org.mongodb:mongodb-driver-sync on the class path");
    }
  }
}
