package io.github.sparkpysocial.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.UnsupportedCapabilityException;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What files may hold, and what the reader says of those that are broken. */
class FileReadingTest {
  @TempDir Path directory;
  private final InMemoryQuarantine quarantine = Quarantine.inMemory();

  private static String post(String id, String text) {
    return "{\"record\":\"post\",\"network\":\"x\",\"id\":\""
        + id
        + "\",\"text\":\""
        + text
        + "\"}";
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private RecordStore open(Object place) {
    return open(place, StoreOptions.with(quarantine));
  }

  private static RecordStore open(Object place, StoreOptions options) {
    return Places.openStore(PlaceUri.parse(place.toString()), options);
  }

  private List<SocialRecord> all(Object place) {
    return all(place, StoreOptions.with(quarantine));
  }

  private static List<SocialRecord> all(Object place, StoreOptions options) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = open(place, options);
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
    }
    return records;
  }

  private Rejected onlyRejected() {
    assertThat(quarantine.rejected()).hasSize(1);
    return quarantine.rejected().get(0);
  }

  private static String raw(Rejected rejected) {
    return new String(rejected.raw(), StandardCharsets.UTF_8);
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = directory.resolve("missing.jsonl");

    assertThatThrownBy(() -> all(missing))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("There is no file " + missing)
        .hasMessageContaining("check the path");
  }

  @Test
  void aDirectoryIsNoFile() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder.csv"));

    assertThatThrownBy(() -> all(folder))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is a directory")
        .hasMessageContaining("*.jsonl");
  }

  @Test
  void anUnreadableFileIsNamed() throws IOException {
    Path secret = file("secret.jsonl", post("1", "a"));
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
    assumeTrue(!Files.isReadable(secret), "not run: this user may read everything");

    assertThatThrownBy(() -> all(secret))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("Cannot read " + secret)
        .hasMessageContaining("readable");
  }

  @Test
  void aWrongEndingListsTheRightOnes() {
    assertThatThrownBy(() -> open(directory.resolve("posts.xlsx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("posts.xlsx says no format")
        .hasMessageContaining(".csv, .json, .jsonl, .ndjson");
  }

  @Test
  void anUnknownFormatOrOptionIsRefused() {
    assertThatThrownBy(() -> open(directory.resolve("a.json") + ";format=x-v9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unknown format 'x-v9'")
        .hasMessageContaining("sparkpy-social-connectors");
    assertThatThrownBy(() -> open(directory.resolve("a.json") + ";colour=red"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("known here are ;format=, ;separator=");
  }

  @Test
  void anUnknownSchemeListsThoseThatAreKnown() {
    assertThatThrownBy(() -> open("carrier-pigeon://coop/posts"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("carrier-pigeon")
        .hasMessageContaining("file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"empty.csv", "empty.json", "empty.jsonl", "empty.csv.gz", "e.jsonl.gz"})
  void anEmptyFileHasNoRecords(String name) throws IOException {
    assertThat(all(file(name, ""))).isEmpty();
    assertThat(quarantine.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n\n  \n", "\uFEFF", "[]", " [ ] \n"})
  void aFileOfNothingHasNoRecords(String content) throws IOException {
    assertThat(all(file("nothing.json", content))).isEmpty();
    assertThat(quarantine.count()).isZero();
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    assertThat(all(file("bom.jsonl", "\uFEFF" + post("1", "a")))).hasSize(1);
    assertThat(all(file("bom.csv", "\uFEFFid,text\n2,b\n"))).hasSize(1);
    assertThat(quarantine.count()).isZero();
  }

  @Test
  void brokenJsonInLine17IsSetAsideAndTheRestRead() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      lines.add(i == 17 ? "{\"record\":\"post\",\"network\":\"x\",\"id\":" : post("" + i, "t"));
    }
    Path file = file("broken.jsonl", String.join("\n", lines) + "\n");

    assertThat(all(file)).hasSize(19);
    Rejected rejected = onlyRejected();
    assertThat(rejected.place()).isEqualTo(file.toString());
    assertThat(rejected.line()).isEqualTo(17);
    assertThat(rejected.reason()).contains("is not valid JSON");
    assertThat(raw(rejected)).isEqualTo(lines.get(16));
  }

  @Test
  void onePercentOfMalformedLinesCostsNothingElse() throws IOException {
    StringBuilder content = new StringBuilder();
    for (int i = 1; i <= 2_000; i++) {
      content.append(i % 100 == 0 ? "not json at all" : post("" + i, "t")).append('\n');
    }

    try (RecordStore store = open(file("percent.jsonl", content.toString()));
        RecordCursor cursor = store.readAll()) {
      long read = 0;
      while (cursor.hasNext()) {
        cursor.next();
        read++;
      }
      assertThat(read).isEqualTo(1_980);
      assertThat(cursor.quarantined()).isEqualTo(20);
    }
    assertThat(quarantine.rejected()).extracting(Rejected::line).startsWith(100L, 200L, 300L);
  }

  @Test
  void aFieldOfTheWrongTypeIsNamed() throws IOException {
    Path file =
        file(
            "types.jsonl",
            """
            {"record":"post","network":"x","id":"1","text":5}
            {"record":"post","network":"x","id":"2","text":"a","likes":"many"}
            {"record":"post","network":"x","id":"3","text":"a","created_at":"yesterday"}
            {"record":"post","network":"x","id":"4","text":"a","hashtags":[{"text":"x"}]}
            {"record":"post","network":"x","id":"5","text":"a","latitude":99.0,"longitude":1}
            {"record":"post","network":"Not A Word","id":"6","text":"a"}
            {"record":"poem","network":"x","id":"7","text":"a"}
            {"record":"post","network":"x","text":"a"}
            {"record":"post","network":"x","id":"9","text":"a","kind":"shout"}
            {"record":"post","network":"x","id":"10","text":"a"} {"more":1}
            [1,2]
            {"record":"post","network":"x","id":"12","text":"fine"}
            """);

    assertThat(all(file)).extracting(SocialRecord::id).containsExactly("12");
    assertThat(quarantine.rejected())
        .extracting(Rejected::line)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L);
    assertThat(quarantine.rejected())
        .extracting(Rejected::field)
        .startsWith(
            "text", "likes", "created_at", "start", null, "network", "record", "id", "kind");
    assertThat(quarantine.rejected())
        .extracting(Rejected::reason)
        .noneMatch(reason -> reason.contains("yesterday") || reason.contains("Not A Word"));
  }

  @Test
  void aNulByteIsSetAside() throws IOException {
    all(file("nul.jsonl", post("1", "a\0b") + "\n" + post("2", "b") + "\n"));

    Rejected rejected = onlyRejected();
    assertThat(rejected.line()).isEqualTo(1);
    assertThat(rejected.reason()).contains("NUL byte").contains("UTF-8");
  }

  @Test
  void invalidUtf8IsSetAsideWithItsBytes() throws IOException {
    byte[] bad = "id,text\n1,fine\n2,caf\u00E9\n3,fine\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(directory.resolve("latin.csv"), bad);

    assertThat(all(file)).extracting(SocialRecord::id).containsExactly("1", "3");
    Rejected rejected = onlyRejected();
    assertThat(rejected.line()).isEqualTo(3);
    assertThat(rejected.field()).isEqualTo("text");
    assertThat(rejected.reason()).contains("not valid UTF-8");
    assertThat(rejected.raw()).isEqualTo("2,caf\u00E9".getBytes(StandardCharsets.ISO_8859_1));

    quarantine.close();
    Path line = file("latin.jsonl", "");
    Files.write(line, (post("1", "caf\u00E9") + "\n").getBytes(StandardCharsets.ISO_8859_1));
    assertThat(all(line)).isEmpty();
    assertThat(quarantine.count()).isEqualTo(2);
  }

  @Test
  void aRowWithTooManyOrTooFewFieldsIsSetAside() throws IOException {
    Path file = file("ragged.csv", "id,text\n1,a\n2,b,c\n3\n4,\"d, \"\"e\"\"\nf\"\n");

    List<SocialRecord> records = all(file);

    assertThat(records).extracting(SocialRecord::id).containsExactly("1", "4");
    assertThat(((Post) records.get(1)).text()).isEqualTo("d, \"e\"\nf");
    assertThat(quarantine.rejected()).extracting(Rejected::line).containsExactly(3L, 4L);
    assertThat(quarantine.rejected().get(0).reason())
        .contains("has 3 fields where the header has 2");
    assertThat(quarantine.rejected().get(1).reason()).contains("has 1 field where");
  }

  @Test
  void linesThatEndInCarriageReturnsAloneAreNamed() throws IOException {
    Path file = file("old.csv", "id,text\r1,a\r2,b\r");

    assertThatThrownBy(() -> all(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("old.csv")
        .hasMessageContaining("ends its lines with carriage returns alone; put line feeds");
  }

  @Test
  void aStrayQuoteCostsOneLine() throws IOException {
    Path file =
        file("quotes.csv", "id,text\n1,\"open\n2,\"closed\" badly\n3,a 5\" disk\n4,\"end\n5,e\n");

    List<SocialRecord> records = all(file);

    assertThat(records).extracting(SocialRecord::id).containsExactly("3", "5");
    assertThat(((Post) records.get(0)).text()).isEqualTo("a 5\" disk");
    assertThat(quarantine.rejected()).extracting(Rejected::line).containsExactly(2L, 3L, 5L);
    assertThat(raw(quarantine.rejected().get(2))).isEqualTo("4,\"end");
    assertThat(quarantine.rejected().get(2).reason()).contains("quoted field is not closed");
  }

  @Test
  void unknownFieldsAreCountedAndKept() throws IOException {
    String line =
        "{\"record\":\"post\",\"network\":\"x\",\"id\":\"1\",\"text\":\"a\",\"mood\":[1]}";

    try (RecordStore store = open(file("unknown.jsonl", line + "\n"));
        RecordCursor cursor = store.readAll()) {
      assertThat(cursor.next().raw()).isEqualTo(line);
      assertThat(cursor.unknownFields()).isEqualTo(Map.of("mood", 1L));
    }
  }

  @Test
  void eachKeyComesOnceInItsLastVersion() throws IOException {
    Path file =
        file(
            "twice.jsonl",
            String.join("\n", post("1", "old"), post("2", "b"), post("1", "new"), post("2", "b")));

    List<Post> posts = new ArrayList<>();
    try (RecordStore store = open(file);
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(record -> posts.add((Post) record));
      assertThat(cursor.duplicates()).isEqualTo(2);
    }

    assertThat(posts).extracting(Post::text).containsExactlyInAnyOrder("new", "b");
  }

  @Test
  void aBrokenNewVersionDoesNotHideTheOldOne() throws IOException {
    Path file = file("broken-update.jsonl", post("1", "old") + "\n" + post("1", "new") + "}\n");

    assertThat(all(file)).hasSize(1);
    assertThat(quarantine.count()).isEqualTo(1);
  }

  @Test
  void aBrokenVersionNeitherHidesAnotherNorIsHidden() throws IOException {
    String broken = post("1", "b\\x");
    String good = post("1", "good");
    String kept = post("2", "b");
    for (List<String> lines :
        List.of(
            List.of(broken, good, kept),
            List.of(kept, good, broken),
            List.of(post("1", "old"), broken, good, kept),
            List.of(broken, post("1", "old"), kept, good))) {
      InMemoryQuarantine own = Quarantine.inMemory();
      Path file = file("broken-version.jsonl", String.join("\n", lines) + "\n");

      List<SocialRecord> records = all(file, StoreOptions.with(own));

      assertThat(records)
          .extracting(record -> ((Post) record).text())
          .as("%s", lines)
          .containsExactlyInAnyOrder("good", "b");
      assertThat(own.rejected())
          .singleElement()
          .extracting(Rejected::line)
          .isEqualTo((long) lines.indexOf(broken) + 1);
    }
  }

  @Test
  void aTornTailIsSetAsideAndHidesNothing() throws IOException {
    String whole = post("1", "old") + "\n" + post("2", "b") + "\n";
    Path file = file("torn.jsonl", whole + post("1", "new").substring(0, 50));

    assertThat(all(file)).extracting(SocialRecord::id).containsExactly("1", "2");
    assertThat(onlyRejected().line()).isEqualTo(3);
  }

  @Test
  void aBrokenTombstoneDeletesNothing() throws IOException {
    String tombstone =
        "{\"record\":\"tombstone\",\"network\":\"x\",\"id\":\"1\",\"target_kind\":\"pots\"}";
    Path file = file("broken-tombstone.jsonl", post("1", "a") + "\n" + tombstone + "\n");

    assertThat(all(file)).extracting(SocialRecord::id).containsExactly("1");
    assertThat(quarantine.count()).isEqualTo(1);
  }

  @Test
  void tombstonesKeepTheirTargetsAwayInAnyOrder() throws IOException {
    String tombstone =
        "{\"record\":\"tombstone\",\"network\":\"x\",\"id\":\"%s\",\"target_kind\":\"post\"}";
    Path file =
        file(
            "deleted.jsonl",
            String.join(
                "\n",
                tombstone.formatted("1"),
                post("1", "a"),
                post("2", "b"),
                tombstone.formatted("2"),
                post("3", "c")));

    assertThat(all(file))
        .hasSize(3)
        .filteredOn(record -> !(record instanceof Tombstone))
        .extracting(SocialRecord::id)
        .containsExactly("3");
  }

  @Test
  void severalFilesAreOneStoreToBeRead() throws IOException {
    file("a1.jsonl", post("1", "a") + "\n" + post("2", "old") + "\n");
    file("a2.jsonl", post("2", "new") + "\n");
    file("b.jsonl", post("3", "not wanted") + "\n");

    String pattern = directory + "/a*.jsonl";
    assertThat(all(pattern)).hasSize(2);
    try (RecordStore store = open(pattern)) {
      assertThat(store.capabilities()).doesNotContain(StoreCapability.WRITE);
      assertThatThrownBy(() -> store.write(List.of()))
          .isInstanceOf(UnsupportedCapabilityException.class)
          .hasMessageContaining("WRITE");
    }
    assertThatThrownBy(() -> all(directory + "/z*.jsonl"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("No file matches");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\n{\"id\":\"1\",\"text\":\"a\"},\n  {\"id\":\"2\",\n\"text\":\"b}]\"}\n]",
        "{\n \"id\":\"1\",\n \"text\":\"a\"\n}\n{\n \"id\":\"2\",\n \"text\":\"b}]\"\n}\n",
        "[{\"id\":\"1\",\"text\":\"a\"},{\"id\":\"2\",\"text\":\"b}]\"}]",
        "{\"id\":\"1\",\"text\":\"a\"}\n{\"id\":\"2\",\"text\":\"b}]\"}"
      })
  void jsonMaySpanLinesOrBeAnArray(String content) throws IOException {
    assertThat(all(file("posts.json", content)))
        .extracting(record -> ((Post) record).text())
        .containsExactly("a", "b}]");
    assertThat(quarantine.count()).isZero();
  }

  @Test
  void anItemOfAnArrayIsSetAsideByItself() throws IOException {
    Path file =
        file(
            "array.json",
            "[\n{\"id\":\"1\",\"text\":\"a\"},\n{\"id\":\"2\" \"text\":\"b\"},\n7,\n"
                + "{\"id\":\"3\",\"text\":\"c\"},\n{\"id\":\"4\",\"text\":\"cut");

    assertThat(all(file)).extracting(SocialRecord::id).containsExactly("1", "3");
    assertThat(quarantine.rejected()).extracting(Rejected::line).containsExactly(3L, 4L, 6L);
    assertThat(quarantine.rejected().get(2).reason()).contains("is not closed");
  }

  @Test
  void gzipThatBreaksOffGivesWhatIsBefore() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      for (int i = 0; i < 5_000; i++) {
        gzip.write((post("" + i, "number " + i * 7_919) + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] cut = Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    Path file = Files.write(directory.resolve("cut.jsonl.gz"), cut);

    assertThat(all(file).size()).isBetween(1_000, 4_000);
    assertThat(onlyRejected().reason()).contains("gzip data breaks off");
  }

  @Test
  void aFileThatIsNotPackedSaysSo() throws IOException {
    Path file = file("plain.jsonl.gz", post("1", "a"));

    assertThatThrownBy(() -> all(file))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("not gzip-compressed");
  }

  @Test
  void theTableOfTheBookIsReadAsItIs() throws IOException {
    Path file =
        file(
            "tweets.csv",
            """
            ;id;created_at;user_id;user_name;tweet_text
            0;638830426971181057;Tue Sep 01 21:46:57 +0000 2015;3276255125;True Equality;ernestsgantt: BeyHiveInFrance: #9_A_6, #Spark
            1;638830426727911424;Tue Sep 01 21:46:57 +0000 2015;3276255126;Ada;"a;b"
            """);

    List<SocialRecord> records = all(file);

    Post first = (Post) records.get(0);
    assertThat(first.network()).isEqualTo(Network.LOCAL);
    assertThat(first.id()).isEqualTo("638830426971181057");
    assertThat(first.createdAt()).isEqualTo(Instant.parse("2015-09-01T21:46:57Z"));
    assertThat(first.author()).isEqualTo(new AccountRef("3276255125", null, "True Equality"));
    assertThat(first.entities().hashtags()).extracting(Entities.Hashtag::text).contains("Spark");
    assertThat(first.raw()).startsWith("{\"column_1\":\"0\",\"id\":\"638830426971181057\"");
    assertThat(((Post) records.get(1)).text()).isEqualTo("a;b");
    assertThat(quarantine.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void theSeparatorIsFoundInTheHeader(String separator) throws IOException {
    String table = "id,text,label\n1,a,x\n2,b,y\n".replace(",", separator);

    List<SocialRecord> records = all(file("table.csv", table));

    assertThat(records).hasSize(2);
    assertThat(records.get(1).raw()).isEqualTo("{\"id\":\"2\",\"text\":\"b\",\"label\":\"y\"}");
  }

  @Test
  void columnsCanBeNamed() throws IOException {
    Path file = file("own.csv", "key:words\n1:a\n");
    StoreOptions options =
        StoreOptions.with(quarantine).withColumns("key", "words", ':').withNetwork(Network.X);

    assertThat(all(file, options))
        .extracting(record -> ((Post) record).text())
        .containsExactly("a");
    assertThat(all(file, options).get(0).network()).isEqualTo(Network.X);
  }

  @Test
  void aTableWithoutIdOrTextListsItsColumns() throws IOException {
    assertThatThrownBy(() -> all(file("no-id.csv", "who,text\n1,a\n")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no column for the id")
        .hasMessageContaining("who, text");
    assertThatThrownBy(
            () ->
                all(
                    file("named.csv", "id,text\n1,a\n"),
                    StoreOptions.with(quarantine).withColumns(null, "body", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no column 'body' for the text");
  }

  @Test
  void everyRowOfALabelledCorpusIsReadWithItsLabel() {
    Path file =
        Path.of(System.getProperty("sparkpy.data", "absent"), "labelled/topics_sanders4.csv");
    assumeTrue(
        Files.exists(file),
        "not run: " + file + " is absent; -Dsparkpy.data names the directory with the test data");

    List<SocialRecord> records = all(file);

    assertThat(records).hasSize(3_424);
    assertThat(records).allMatch(record -> String.valueOf(record.raw()).contains("\"label\":\""));
    assertThat(quarantine.count()).isZero();
  }

  @Test
  void roundedIdsAreSetAside() throws IOException {
    Path file =
        file(
            "rounded.csv",
            """
            id,text
            1.2341E+17,a
            123410000000000000,b
            123412345678901234,c
            6.4e+17,d
            12e4,e
            """);

    assertThat(all(file))
        .extracting(SocialRecord::id)
        .containsExactly("123412345678901234", "12e4");
    assertThat(quarantine.rejected()).extracting(Rejected::line).containsExactly(2L, 3L, 5L);
    assertThat(quarantine.rejected().get(0).reason()).contains("scientific notation");
    assertThat(quarantine.rejected().get(1).reason()).contains("13 zeros");
  }

  @Test
  void idsOfASpreadsheetAreSetAsideWhenMostEndInZeros() throws IOException {
    StringBuilder table = new StringBuilder("id,text\n");
    for (int i = 0; i < 20; i++) {
      table.append(123_412_345_678_901L + i).append(i == 0 ? "234" : "000").append(",a\n");
    }

    assertThat(all(file("sheet.csv", table.toString()))).hasSize(1);
    assertThat(quarantine.rejected())
        .hasSize(19)
        .allMatch(rejected -> rejected.reason().contains("most ids of this file"));
  }

  @Test
  void aFewIdsThatHappenToEndInZerosAreTrue() throws IOException {
    StringBuilder table = new StringBuilder("id,text\n");
    for (int i = 0; i < 2_000; i++) {
      table.append(638_830_426_971_181_000L + i).append(",a\n");
    }

    assertThat(all(file("true.csv", table.toString()))).hasSize(2_000);
    assertThat(quarantine.count()).isZero();
  }

  @Test
  void aTimeThatCannotBeReadIsKeptAsItIsSpelledAndCounted() throws IOException {
    try (RecordStore store = open(file("times.csv", "id,text,created_at\n1,a,last week\n"));
        RecordCursor cursor = store.readAll()) {
      Post post = (Post) cursor.next();
      assertThat(post.createdAt()).isNull();
      assertThat(post.createdAtText()).isEqualTo("last week");
      assertThat(cursor.notices()).isEqualTo(Map.of("unreadable created_at", 1L));
    }
  }
}
