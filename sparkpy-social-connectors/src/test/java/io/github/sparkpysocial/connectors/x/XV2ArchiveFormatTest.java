package io.github.sparkpysocial.connectors.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XV2ArchiveFormatTest {
  private final XV2ArchiveFormat format = new XV2ArchiveFormat();

  @Test
  void flattenedPostsAreReadWithTheirAuthorsAndWholeTexts() {
    Path file = Path.of(System.getProperty("sparkpy.data", "absent"), "x/twut_10-v2-sample.jsonl");
    assumeTrue(
        Files.exists(file),
        "not run: " + file + " is absent; -Dsparkpy.data names the directory with the test data");
    InMemoryQuarantine quarantine = Quarantine.inMemory();
    List<SocialRecord> records = new ArrayList<>();

    try (RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine));
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
      assertThat(cursor.unknownFields()).isEmpty();
    }

    assertThat(quarantine.rejected()).isEmpty();
    assertThat(records).hasSize(10).allMatch(Post.class::isInstance);
    List<Post> posts = records.stream().map(Post.class::cast).toList();
    assertThat(posts).allMatch(post -> post.author().handle() != null && post.raw() != null);
    assertThat(posts.get(0).id()).isEqualTo("1585991631823683588");
    assertThat(posts.get(0).entities().urls().get(0).start()).isEqualTo(77);
    assertThat(posts.stream().filter(post -> post.kind() == Post.Kind.REPOST))
        .hasSize(8)
        .allMatch(post -> !post.text().startsWith("RT @") && !post.text().endsWith("…"));
  }

  @Test
  void anAnswerGivesItsPostsAndTheirAccounts() {
    FileFormat.Reading reading =
        format.read(
            """
            {"data":[{"id":"1","text":"Fish &amp; chips","author_id":"7","geo":{"place_id":"p"}},
                     {"id":"2"}],
             "includes":{"users":[{"id":"7","username":"ada","name":"Ada"}],
               "places":[{"id":"p","full_name":"Lisbon","country_code":"PT",
                 "geo":{"bbox":[-9.2,38.6,-9.0,38.8]}}]},
             "errors":[{"resource_id":"3","resource_type":"tweet",
                 "type":"https://api.x.com/2/problems/resource-not-found"},
               {"resource_id":"4","resource_type":"user","title":"Forbidden","type":"about:blank"}],
             "meta":{"result_count":2}}
            """,
            Provenance.UNKNOWN);

    assertThat(reading.records()).hasSize(3);
    Post post = (Post) reading.records().get(0);
    assertThat(post.text()).isEqualTo("Fish & chips");
    assertThat(post.author()).isEqualTo(new AccountRef("7", "ada", "Ada"));
    assertThat(post.place()).extracting(Place::name).isEqualTo("Lisbon");
    assertThat(reading.records()).hasAtLeastOneElementOfType(Account.class);
    assertThat(reading.records()).hasAtLeastOneElementOfType(Tombstone.class);
    assertThat(reading.notices()).containsExactly("error");
    assertThat(reading.rejected())
        .singleElement()
        .satisfies(part -> assertThat(part.reason()).contains("'text'"));
  }

  @Test
  void aLineOfAStreamHasOnePost() {
    FileFormat.Reading reading =
        format.read(
            """
            {"data":{"id":"1","text":"one"},"matching_rules":[{"id":"9","tag":"spark"}]}
            """,
            Provenance.UNKNOWN);

    assertThat(reading.records()).extracting(SocialRecord::id).containsExactly("1");
  }

  @Test
  void thePartsThatCannotBeReadAreSetAsideWithTheirLine(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("pages.jsonl");
    Files.writeString(
        file,
        """
        {"data":[{"id":"1","text":"one"}],"meta":{}}
        {"data":[{"id":"2","text":"two"},{"id":"3"}],"meta":{}}
        """);
    InMemoryQuarantine quarantine = Quarantine.inMemory();

    try (RecordStore store =
            Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine));
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(record -> {});
      assertThat(cursor.quarantined()).isEqualTo(1);
    }

    assertThat(quarantine.rejected().get(0).line()).isEqualTo(2);
    assertThat(new String(quarantine.rejected().get(0).raw(), StandardCharsets.UTF_8))
        .isEqualTo("{\"id\":\"3\"}");
  }

  @Test
  void otherObjectsAreRefused() {
    assertThat(format.recognizes(List.of("id", "text", "user", "created_at"))).isFalse();
    assertThat(format.recognizes(List.of("id", "text", "label"))).isFalse();
    assertThatThrownBy(() -> format.read("{\"secret\":1}", Provenance.UNKNOWN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
