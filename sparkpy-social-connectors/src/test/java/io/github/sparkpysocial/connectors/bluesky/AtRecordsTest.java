package io.github.sparkpysocial.connectors.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.live.Frame;
import io.github.sparkpysocial.live.LiveMessage;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway") // a deletion has no record
class AtRecordsTest {
  private static final String DID = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa";
  private static final long AT = 1_760_000_000_123_456L;

  @Test
  void facetsCountBytesAndEntitiesCodePoints() {
    Entities entities =
        Facets.read(
            "né 🐘 #tag @b.example x.example",
            JsonDocument.of(
                    "[{\"index\":{\"byteStart\":9,\"byteEnd\":13},\"features\":[{\"$type\":"
                        + "\"app.bsky.richtext.facet#tag\",\"tag\":\"tag\"}]},"
                        + "{\"index\":{\"byteStart\":14,\"byteEnd\":24},\"features\":[{\"$type\":"
                        + "\"app.bsky.richtext.facet#mention\",\"did\":\"did:plc:b\"}]},"
                        + "{\"index\":{\"byteStart\":25,\"byteEnd\":34},\"features\":[{\"$type\":"
                        + "\"app.bsky.richtext.facet#link\",\"uri\":\"https://x.example/y\"}]}]")
                .root());

    assertThat(entities.hashtags()).containsExactly(new Entities.Hashtag("tag", 5, 9));
    assertThat(entities.mentions())
        .containsExactly(new Entities.Mention("b.example", "did:plc:b", 10, 20));
    assertThat(entities.urls())
        .containsExactly(new Entities.Url("x.example", "https://x.example/y", 21, 30));
  }

  @ParameterizedTest
  @CsvSource({"1, 3", "2, 2", "3, 2", "0, 99", "-1, 2"})
  void aFacetThatFitsNoCharactersIsLeftOut(int from, int to) {
    String facets =
        "[{\"index\":{\"byteStart\":"
            + from
            + ",\"byteEnd\":"
            + to
            + "},\"features\":[{\"$type\":\"app.bsky.richtext.facet#tag\",\"tag\":\"x\"}]}]";

    assertThat(Facets.read("é#x", JsonDocument.of(facets).root())).isEqualTo(Entities.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-01T10:00:00Z, 2026-11-01T10:00:02Z, 2026-11-01T10:00:00Z, 2026-11-01T10:00:00Z",
    "2026-11-01T10:03:00Z, 2026-11-01T10:00:02Z, 2026-11-01T10:03:00Z, 2026-11-01T10:00:02Z",
    "2104-01-01T00:00:00Z, 2026-11-01T10:00:02Z, 2026-11-01T10:00:02Z, 2026-11-01T10:00:02Z",
    "0001-01-01T00:00:00Z, 2026-11-01T10:00:02Z, 2026-11-01T10:00:02Z, 1970-01-01T00:00:00Z",
    "no time at all, 2026-11-01T10:00:02Z, 2026-11-01T10:00:02Z, 2026-11-01T10:00:02Z",
    "2008-05-05T10:00:00.123456, 2026-11-01T10:00:02Z, 2008-05-05T10:00:00.123456Z,"
        + " 2008-05-05T10:00:00.123456Z"
  })
  void aTimeIsBelievedOnlyIfItCanBe(
      String written, Instant seen, Instant published, Instant sorted) {
    AtTimes times = AtTimes.of(written, seen);

    assertThat(times.published()).isEqualTo(published);
    assertThat(times.sorted()).isEqualTo(sorted);
  }

  @Test
  void aPostIsUpdatedAndDeletedByItsAddress() {
    String post = "at://" + DID + "/app.bsky.feed.post/3k";

    LiveMessage update = decode(commit("update", "app.bsky.feed.post", "{\"text\":\"new\"}"));
    LiveMessage delete = decode(commit("delete", "app.bsky.feed.post", null));

    assertThat(update.resumeAt()).isEqualTo(Long.toString(AT));
    assertThat(update.records())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.id()).isEqualTo(post);
              assertThat(((Post) record).createdAt())
                  .isEqualTo(Instant.parse("2025-10-09T08:53:20.123456Z"));
            });
    assertThat(((Tombstone) delete.records().get(0)).id()).isEqualTo(post);
    assertThat(((Tombstone) delete.records().get(0)).authorId()).isEqualTo(DID);
  }

  @Test
  void aRepostThatGoesIsGoneAsInteractionAndAsPost() {
    assertThat(decode(commit("delete", "app.bsky.feed.repost", null)).records())
        .extracting(r -> ((Tombstone) r).targetKind())
        .containsExactlyInAnyOrder(RecordKind.INTERACTION, RecordKind.POST);
  }

  @Test
  void followsAndProfilesAreRecordsToo() {
    LiveMessage follow =
        decode(commit("create", "app.bsky.graph.follow", "{\"subject\":\"did:plc:b\"}"));
    LiveMessage profile =
        decode(commit("create", "app.bsky.actor.profile", "{\"displayName\":\"A\"}"));

    Interaction followed = (Interaction) follow.records().get(0);
    assertThat(followed.type()).isEqualTo(Interaction.Type.FOLLOW);
    assertThat(followed.targetKind()).isEqualTo(RecordKind.ACCOUNT);
    assertThat(followed.targetId()).isEqualTo("did:plc:b");
    assertThat(profile.records()).extracting(SocialRecord::id).containsExactly(DID);
  }

  @ParameterizedTest
  @CsvSource({"deleted, 1", "takendown, 1", "suspended, 0", "deactivated, 0"})
  void anAccountThatIsGoneIsATombstone(String status, int tombstones) {
    LiveMessage message =
        decode(
            "{\"did\":\""
                + DID
                + "\",\"time_us\":"
                + AT
                + ",\"kind\":\"account\",\"account\":{\"active\":false,\"did\":\""
                + DID
                + "\",\"status\":\""
                + status
                + "\"}}");

    assertThat(message.records()).hasSize(tombstones);
    assertThat(message.resumeAt()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{\"kind\":\"commit\"}",
        "{\"did\":\"not a did\",\"kind\":\"commit\"}",
        "{\"did\":\"did:plc:a\",\"time_us\":1,\"kind\":\"commit\",\"commit\":{\"operation\":\"create\"}}",
        "{\"did\":\"did:plc:a\",\"time_us\":\"x\",\"kind\":\"commit\"}"
      })
  void whatCannotBeReadIsSetAsideWhole(String text) {
    LiveMessage message = decode(text);

    assertThat(message.records()).isEmpty();
    assertThat(message.rejected())
        .singleElement()
        .satisfies(
            rejected ->
                assertThat(new String(rejected.raw(), StandardCharsets.UTF_8)).isEqualTo(text));
  }

  @Test
  void theSecondDialectTellsErrorsAndLosses() {
    assertThat(second("{\"$type\":\"error\",\"error\":\"ConsumerTooSlow\"}").kind())
        .isEqualTo(LiveMessage.Kind.RECONNECT);
    assertThat(
            second(
                    "{\"$type\":\"message\",\"payload\":{\"$type\":\"x#info\",\"name\":"
                        + "\"OutdatedCursor\"}}")
                .kind())
        .isEqualTo(LiveMessage.Kind.LOSS);
  }

  private static String commit(String operation, String collection, String record) {
    return "{\"did\":\""
        + DID
        + "\",\"time_us\":"
        + AT
        + ",\"kind\":\"commit\",\"commit\":{\"operation\":\""
        + operation
        + "\",\"collection\":\""
        + collection
        + "\",\"rkey\":\"3k\""
        + (record == null ? "" : ",\"record\":" + record)
        + "}}";
  }

  private static LiveMessage decode(String text) {
    return decode("bluesky:jetstream", text);
  }

  private static LiveMessage second(String text) {
    return decode("bluesky:jetstream?dialect=v2", text);
  }

  private static LiveMessage decode(String place, String text) {
    try (LiveSource source =
        Places.openLive(PlaceUri.parse(place), new SourceOptions(Map.of(), Clock.systemUTC()))) {
      return source.decode(new Frame(null, text));
    }
  }
}
