package io.github.sparkpysocial.connectors.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
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
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.store.WriteSummary;
import io.github.sparkpysocial.testkit.contract.SampleRecords;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to Parquet: the files, those of others, and what a place refuses. */
class ParquetFilesTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;

  private final InMemoryQuarantine quarantine = Quarantine.inMemory();
  private Path place = Path.of("");

  @BeforeEach
  void choosePlace() {
    place = directory.resolve("posts.parquet");
  }

  private RecordStore open(Object uri) {
    return Places.openStore(PlaceUri.parse(uri.toString()), StoreOptions.with(quarantine));
  }

  private static List<SocialRecord> all(RecordStore store) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
    }
    return records;
  }

  private static List<Post> posts(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                SampleRecords.post(String.format("%08d", i), "post number " + i).toBuilder()
                    .createdAt(NEW_YEAR.plusSeconds(i))
                    .build())
        .toList();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void smallWritesAreThereAtOnceAndBecomeOnePart() throws IOException {
    List<Post> posts = posts(6);
    try (RecordStore writer = open(place);
        RecordStore reader = open(place)) {
      writer.write(posts.subList(0, 2));
      writer.write(posts.subList(2, 4));
      assertThat(all(reader)).isEqualTo(posts.subList(0, 4));
      assertThat(files()).containsExactly("_delta-000001.parquet", "_delta-000002.parquet");
    }
    assertThat(files()).containsExactly("part-000001.parquet");
    try (RecordStore store = open(place)) {
      store.write(posts.subList(4, 6));
    }
    assertThat(files()).containsExactly("part-000001.parquet");
    try (RecordStore store = open(place)) {
      assertThat(all(store)).isEqualTo(posts);
    }
  }

  @Test
  void aReaderKeepsWhatItBeganToReadWhileAWriterGoesOn() {
    List<Post> posts = posts(4);
    try (RecordStore writer = open(place)) {
      writer.write(posts.subList(0, 2));
    }
    try (RecordStore reader = open(place);
        RecordCursor cursor = reader.readAll()) {
      try (RecordStore writer = open(place)) {
        writer.write(posts.subList(2, 4));
        writer.delete(posts.get(0).key());
      }
      List<SocialRecord> read = new ArrayList<>();
      cursor.forEachRemaining(read::add);
      assertThat(read).isEqualTo(posts.subList(0, 2));
      assertThat(all(reader)).isEqualTo(posts.subList(1, 4));
    }
  }

  @Test
  void aCursorTellsHowFarItIs() {
    try (RecordStore store = open(place)) {
      store.write(posts(2));
    }
    try (RecordStore store = open(place)) {
      store.write(posts(4).subList(2, 4));
      try (RecordCursor cursor = store.readAll()) {
        assertThat(cursor.fraction()).isZero();
        cursor.next();
        assertThat(cursor.fraction()).isEqualTo(0.25);
        cursor.forEachRemaining(record -> {});
        assertThat(cursor.fraction()).isEqualTo(1);
      }
    }
  }

  @Test
  void whatCameBeforeItsSourceFailedIsKept() {
    Iterator<Post> failing =
        new Iterator<>() {
          private final Iterator<Post> posts = posts(2_500).iterator();

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Post next() {
            if (!posts.hasNext()) {
              throw new IllegalStateException("the source broke");
            }
            return posts.next();
          }
        };
    try (RecordStore store = open(place)) {
      assertThatThrownBy(() -> store.write(failing)).hasMessage("the source broke");
      assertThat(store.count(Filter.ALL)).isEqualTo(2_000);
      assertThat(store.write(posts(2_500))).isEqualTo(new WriteSummary(500, 0, 2_000, 0, 0));
    }
  }

  @Test
  void pagesThatAFilterExcludesAreNotRead() throws IOException {
    List<Post> posts = posts(50_000);
    try (RecordStore store = open(place)) {
      store.write(posts);
      Filter one = Filter.ALL.withIds(List.of(posts.get(30_000).id()));
      Filter hour = Filter.ALL.between(NEW_YEAR.plusSeconds(43_000), NEW_YEAR.plusSeconds(43_002));
      assertThat(store.count(one)).isEqualTo(1);
      assertThat(store.count(hour)).isEqualTo(2);
    }
    assertThat(rowsRead(Filter.ALL)).isEqualTo(50_000);
    assertThat(rowsRead(Filter.ALL.withIds(List.of(posts.get(30_000).id()))))
        .isLessThanOrEqualTo(20_000);
    assertThat(rowsRead(Filter.ALL.between(NEW_YEAR.plusSeconds(43_000), null)))
        .isLessThanOrEqualTo(10_000);
    assertThat(rowsRead(Filter.kinds(RecordKind.EVENT))).isZero();
  }

  private long rowsRead(Filter filter) throws IOException {
    RowFilter rowFilter = new RowFilter(filter);
    long rows = 0;
    try (PartFile part = PartFile.of(place.resolve("part-000001.parquet"), Map.of());
        PartRows read = part.read(rowFilter.columns(), rowFilter.pushedDown(part.schema()))) {
      while (read.next() != null) {
        rows++;
      }
    }
    return rows;
  }

  @Test
  void columnsThatAreNotWantedAreNotRead() throws IOException {
    try (RecordStore store = open(place)) {
      store.write(List.of(SampleRecords.fullPost("1")));
    }
    try (PartFile part = PartFile.of(place.resolve("part-000001.parquet"), Map.of());
        PartRows rows =
            part.read(
                Set.of("id", "hashtags"), new RowFilter(Filter.ALL).pushedDown(part.schema()))) {
      Map<String, @Nullable Object> row = rows.next();
      assertThat(row).containsOnlyKeys("id", "hashtags");
    }
  }

  @Test
  void timesAreKeptToTheMicrosecondForAllYears() {
    List<SocialRecord> posts = new ArrayList<>();
    for (String time :
        List.of(
            "0001-01-01T00:00:00Z",
            "1582-10-10T12:00:00.123456Z",
            "1969-12-31T23:59:59.999999Z",
            "9999-12-31T23:59:59.999Z",
            "-290000-01-01T00:00:00Z")) {
      posts.add(
          SampleRecords.post("at" + time, "a time").toBuilder()
              .createdAt(Instant.parse(time))
              .build());
    }
    Post finer =
        SampleRecords.post("finer", "a time").toBuilder()
            .createdAt(Instant.parse("1969-12-31T23:59:59.000000999Z"))
            .build();
    Post beyond = SampleRecords.post("beyond", "a time").toBuilder().createdAt(Instant.MAX).build();
    try (RecordStore store = open(place)) {
      store.write(posts);
      assertThat(all(store)).isEqualTo(posts);
      store.write(List.of(finer));
      assertThat(store.read(Filter.ALL.withIds(List.of("finer"))).next())
          .isEqualTo(finer.toBuilder().createdAt(Instant.parse("1969-12-31T23:59:59Z")).build());
      assertThat(store.write(List.of(finer))).isEqualTo(new WriteSummary(0, 0, 1, 0, 0));
      assertThat(store.write(List.of(beyond))).isEqualTo(new WriteSummary(0, 0, 0, 0, 1));
    }
    assertThat(quarantine.rejected())
        .singleElement()
        .extracting(Rejected::reason)
        .asString()
        .contains("292,000 years");
  }

  @Test
  void aSecondWriterIsRefused() {
    try (RecordStore first = open(place);
        RecordStore second = open(place)) {
      first.write(posts(1));
      assertThatThrownBy(() -> second.write(posts(1)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("Another writer has");
      assertThat(all(second)).hasSize(1);
    }
    try (RecordStore later = open(place)) {
      assertThat(later.write(posts(2))).isEqualTo(new WriteSummary(1, 0, 1, 0, 0));
    }
  }

  @Test
  void anEmptyPlaceHasItsColumnsForSpark() throws IOException {
    try (RecordStore store = open(place)) {
      store.write(posts(2));
      store.delete(posts(2).stream().map(Post::key).toList());
    }
    assertThat(files()).containsExactly("part-000001.parquet");
    try (PartFile part = PartFile.of(place.resolve("part-000001.parquet"), Map.of())) {
      assertThat(part.rows()).isZero();
      assertThat(part.schema()).isEqualTo(TableLayout.SCHEMA);
    }
  }

  @Test
  void aNewerSchemaIsRefused() throws IOException {
    try (RecordStore store = open(place)) {
      store.write(posts(1));
    }
    Path part = place.resolve("part-000001.parquet");
    byte[] bytes = Files.readAllBytes(part);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    // The name is followed by the mark of a text, its length 1, and the version.
    int version =
        text.indexOf(TableLayout.SCHEMA_VERSION) + TableLayout.SCHEMA_VERSION.length() + 2;
    assertThat(text.charAt(version)).isEqualTo('1');
    bytes[version] = '9';
    Files.write(part, bytes);
    try (RecordStore store = open(place)) {
      assertThatThrownBy(store::readAll)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("schema version 9");
      assertThatThrownBy(() -> store.write(posts(1)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("use a newer sparkpy-social");
    }
    assertThat(files()).containsExactly("part-000001.parquet");
  }

  @Test
  void aSingleFileIsReadAndNotWritten() {
    List<Post> posts = posts(3);
    try (RecordStore store = open(place)) {
      store.write(posts);
    }
    try (RecordStore store = open(place.resolve("part-000001.parquet"))) {
      assertThat(all(store)).isEqualTo(posts);
      assertThat(store.count(Filter.ALL)).isEqualTo(3);
      assertThat(store.capabilities()).doesNotContain(StoreCapability.WRITE);
      assertThatThrownBy(() -> store.write(posts))
          .isInstanceOf(UnsupportedCapabilityException.class)
          .hasMessageContaining("WRITE")
          .hasMessageContaining("a single file");
    }
  }

  @Test
  void severalFilesAreReadAsOneAndTheLastVersionStays() {
    Post old = SampleRecords.post("1", "old words");
    Post edited = SampleRecords.post("1", "new words");
    Post other = SampleRecords.post("2", "other");
    try (RecordStore first = open(directory.resolve("a.parquet"));
        RecordStore second = open(directory.resolve("b.parquet"))) {
      first.write(List.of(old, other, SampleRecords.post("3", "gone")));
      second.write(List.of(edited, SampleRecords.deletionOf("3")));
    }
    try (RecordStore store = open(directory.resolve("*/*.parquet"));
        RecordCursor cursor = store.readAll()) {
      List<SocialRecord> read = new ArrayList<>();
      cursor.forEachRemaining(read::add);
      assertThat(read).containsExactly(other, edited, SampleRecords.deletionOf("3"));
      assertThat(cursor.duplicates()).isEqualTo(1);
      assertThat(store.count(Filter.kinds(RecordKind.POST))).isEqualTo(2);
    }
  }

  private void writeForeign(Path file, String schema, String json) throws IOException {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(type)
            .build()) {
      for (String row : json.split("\n", -1)) {
        Group group = new SimpleGroupFactory(type).newGroup();
        String[] cells = row.split("\\|", -1);
        group.add("id", Long.parseLong(cells[0]));
        group.add("words", cells[1]);
        if (!cells[2].isEmpty()) {
          group.add("when", Long.parseLong(cells[2]));
        }
        group.addGroup("user").append("name", cells[3]);
        Group tags = group.addGroup("tags");
        for (String tag : cells[4].split(",", -1)) {
          tags.addGroup("list").append("element", tag);
        }
        writer.write(group);
      }
    }
  }

  @Test
  void filesOfOtherToolsAreReadByTheNamesOfTheirColumns() throws IOException {
    Path file = directory.resolve("dump.parquet");
    writeForeign(
        file,
        "message dump { required int64 id; required binary words (STRING);"
            + " optional int64 when (TIMESTAMP(MILLIS,true));"
            + " required group user { required binary name (STRING); }"
            + " required group tags (LIST) { repeated group list {"
            + " required binary element (STRING); } } }",
        "7|Spark and #parquet|1767225600000|Ada|a,b\n8|no time||Bob|c\n8|twice||Bob|c");
    try (RecordStore store =
            Places.openStore(
                PlaceUri.parse(file.toString()),
                StoreOptions.with(quarantine).withMapping(Map.of("text", "words")));
        RecordCursor cursor = store.readAll()) {
      Post first = (Post) cursor.next();
      assertThat(first.id()).isEqualTo("7");
      assertThat(first.text()).isEqualTo("Spark and #parquet");
      assertThat(first.raw())
          .isEqualTo(
              "{\"id\":7,\"words\":\"Spark and #parquet\",\"when\":\"2026-01-01T00:00:00Z\","
                  + "\"user\":{\"name\":\"Ada\"},\"tags\":[\"a\",\"b\"]}");
      assertThat(((Post) cursor.next()).text()).isEqualTo("twice");
      assertThat(cursor.hasNext()).isFalse();
      assertThat(cursor.duplicates()).isEqualTo(1);
      assertThat(store.capabilities()).doesNotContain(StoreCapability.WRITE);
    }
    assertThatThrownBy(() -> open(file).readAll())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dump.parquet")
        .hasMessageContaining("column for the text");
  }

  @Test
  void whatIsNoParquetIsNamed() throws IOException {
    Files.createDirectory(place);
    Files.writeString(place.resolve("part-000001.parquet"), "no Parquet, and long enough to tell");
    assertThatThrownBy(() -> open(place).readAll())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("part-000001.parquet is no Parquet file");
    assertThatThrownBy(() -> open(directory.resolve("absent.parquet")).readAll())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("There is no ")
        .hasMessageContaining("absent.parquet");
    assertThatThrownBy(() -> open(directory.resolve("nowhere/posts.parquet")).write(List.of()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no directory");
  }

  @Test
  void columnsThatNobodyWantsAreLeftWhereTheyAre() {
    try (RecordStore store = open(place)) {
      store.write(List.of(SampleRecords.fullPost("1")));
      Projection projection = Projection.of("hashtags");
      try (RecordCursor cursor = store.read(Filter.ALL, projection)) {
        assertThat(cursor.next()).isEqualTo(projection.apply(SampleRecords.fullPost("1")));
      }
    }
  }

  @Test
  void withoutParquetOnTheClassPathTheMessageNamesIt() throws Exception {
    List<URL> classPath = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("hadoop-client-api")) {
        classPath.add(Path.of(entry).toUri().toURL());
      }
    }
    try (URLClassLoader withoutHadoop =
        new URLClassLoader(classPath.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> parser = withoutHadoop.loadClass(PlaceUri.class.getName());
      Class<?> places = withoutHadoop.loadClass(Places.class.getName());
      Class<?> options = withoutHadoop.loadClass(StoreOptions.class.getName());
      Class<?> quarantines = withoutHadoop.loadClass(Quarantine.class.getName());
      Object uri = parser.getMethod("parse", String.class).invoke(null, "posts.parquet");
      Object usual =
          options
              .getMethod("with", quarantines)
              .invoke(null, quarantines.getMethod("inMemory").invoke(null));

      assertThatThrownBy(
              () -> places.getMethod("openStore", parser, options).invoke(null, uri, usual))
          .cause()
          .hasMessageContaining("needs org.apache.parquet:parquet-hadoop and")
          .hasMessageContaining("org.apache.hadoop:hadoop-client-api on the class path");
    }
  }
}
