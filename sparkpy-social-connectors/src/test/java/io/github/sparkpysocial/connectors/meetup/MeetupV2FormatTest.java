package io.github.sparkpysocial.connectors.meetup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of the retired REST API v2 that others have kept, and smaller ones for the edges. */
@NullUnmarked // what is unknown here would be a failure
class MeetupV2FormatTest {
  @TempDir Path directory;

  private final InMemoryQuarantine quarantine = Quarantine.inMemory();
  private Map<String, Long> unknown = Map.of();

  private List<SocialRecord> read(String place) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store =
            Places.openStore(PlaceUri.parse(place), StoreOptions.with(quarantine));
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
      unknown = cursor.unknownFields();
    }
    return records;
  }

  private static Path real(String name) {
    Path file =
        Path.of(System.getProperty("sparkpy.data", "../shared/data")).resolve("meetup/" + name);
    assumeTrue(Files.exists(file), () -> "NOT RUN: the kept answer is not there: " + file);
    return file;
  }

  /** What each of the kept files must yield, recognised by itself and by its name. */
  @ParameterizedTest
  @CsvSource({
    "v2_groups_auckland.json, group, 26, 120985, 15996642",
    "v2_rsvps_auckland.json, interaction, 77, 1408072962, ",
    "v2_events_2_transcribed.json, event, 2, 219881802, hnpjdlytdbdb",
    "v2_members_3_transcribed.json, account, 3, 5818999, 7843790"
  })
  void everyKeptAnswerIsReadWhole(String file, String kind, int count, String first, String last) {
    for (String format : List.of("", ";format=meetup-v2")) {
      List<SocialRecord> records = read(real(file) + format);

      assertThat(quarantine.rejected()).isEmpty();
      assertThat(unknown).isEmpty();
      assertThat(records)
          .hasSize(count)
          .allMatch(
              record ->
                  record.recordKind()
                      == RecordKind.valueOf(kind.toUpperCase(java.util.Locale.ROOT)));
      assertThat(records.get(0).id()).isEqualTo(first);
      if (last != null) {
        assertThat(records.get(count - 1).id()).isEqualTo(last);
      }
    }
  }

  @Test
  void aKeptGroupHasItsFacts() {
    Group group = (Group) read(real("v2_groups_auckland.json").toString()).get(0);

    assertThat(group.name()).isEqualTo("The Auckland PHP Meetup Group");
    assertThat(group.members()).isEqualTo(445);
    assertThat(group.createdAt()).isEqualTo(Instant.ofEpochMilli(1_044_975_846_000L));
    assertThat(group.timezone()).isEqualTo("Pacific/Auckland");
    assertThat(group.organizer().id()).isEqualTo("3896850");
    assertThat(group.place().countryCode()).isEqualTo("NZ");
    assertThat(group.place().point())
        .isEqualTo(new GeoPoint(-36.849998474121094, 174.75999450683594));
    assertThat(group.topics()).startsWith("tech").hasSize(6);
    assertThat(group.raw()).contains("\"visibility\"");
  }

  @Test
  void aKeptEventHasItsFacts() {
    Event event = (Event) read(real("v2_events_2_transcribed.json").toString()).get(0);

    assertThat(event.startsAt()).isEqualTo(Instant.parse("2015-02-03T02:30:00Z"));
    assertThat(event.startsAtText()).isEqualTo("2015-02-02T18:30:00-08:00");
    assertThat(event.endsAt()).isEqualTo(Instant.parse("2015-02-03T05:00:00Z"));
    assertThat(event.status()).isEqualTo(Event.Status.UPCOMING);
    assertThat(event.attendees()).isEqualTo(42);
    assertThat(event.groupId()).isEqualTo("2252591");
    assertThat(event.place().name()).isEqualTo("Minted");
    assertThat(event.address()).isEqualTo("747 Front Street #200, San Francisco");
  }

  @Test
  void aKeptMemberAndAKeptAnswerHaveTheirFacts() {
    Account member = (Account) read(real("v2_members_3_transcribed.json").toString()).get(2);
    Interaction rsvp = (Interaction) read(real("v2_rsvps_auckland.json").toString()).get(0);

    assertThat(member.createdAt()).isEqualTo(Instant.ofEpochMilli(1_246_888_677_000L));
    assertThat(member.place().point()).isEqualTo(new GeoPoint(39, -94.86));
    assertThat(member.place().name()).isEqualTo("Shawnee, KS");
    assertThat(rsvp.type()).isEqualTo(Interaction.Type.RSVP);
    assertThat(rsvp.status()).isEqualTo("yes");
    assertThat(rsvp.actor().id()).isEqualTo("142278532");
    assertThat(rsvp.targetId()).isEqualTo("202234152");
    assertThat(rsvp.createdAt()).isEqualTo(Instant.ofEpochMilli(1_408_663_246_000L));
  }

  private static final String GROUP =
      "{\"id\":1,\"name\":\"A\",\"urlname\":\"a\",\"join_mode\":\"open\",\"lat\":%s,\"lon\":%s}";

  @ParameterizedTest
  @CsvSource({
    "51.5, -0.12, true",
    "'\"51.5\"', '\"-0.12\"', true",
    "'\"\"', '\"\"', false",
    "'\"None\"', '\"None\"', false",
    "0, 0, false",
    "null, null, false",
    "12, 0, true"
  })
  void coordinatesComeInManySpellings(String latitude, String longitude, boolean known)
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("g.json"), "[" + GROUP.formatted(latitude, longitude) + "]");

    Group group = (Group) read(file.toString()).get(0);

    assertThat(group.place() != null && group.place().point() != null).isEqualTo(known);
    assertThat(quarantine.rejected()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"results\":[%s,%s],\"meta\":{\"next\":\"\",\"count\":2}}",
        "{\"meta\":{\"next\":\"\",\"count\":200,\"lat\":\"None\"},\"results\":[%s,%s]}",
        "[%s,%s]",
        "%s\n%s\n",
        "{\"results\":[%s]}\n{\"results\":[%s]}\n"
      })
  void itemsComeInAnEnvelopeBareOrOneALine(String layout) throws IOException {
    String other = GROUP.formatted("1", "2").replace("\"id\":1", "\"id\":2");
    Path file =
        Files.writeString(
            directory.resolve("groups.json"), layout.formatted(GROUP.formatted("1", "2"), other));

    assertThat(read(file + ";format=meetup-v2"))
        .extracting(SocialRecord::id)
        .containsExactly("1", "2");
    assertThat(quarantine.rejected()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsSetAsideAndWhatIsNewIsCounted() throws IOException {
    String event =
        "{\"id\":\"e1\",\"name\":\"Night\",\"event_url\":\"http://x.example/e1\",\"status\":\"past\","
            + "\"time\":1422930600000,\"novelty\":1,\"event_hosts\":[{\"member_id\":7,"
            + "\"member_name\":\"Ann\",\"name\":\"Ann\"}]}";
    Path file =
        Files.writeString(
            directory.resolve("mixed.json"),
            "{\"results\":["
                + event
                + ",{\"id\":\"e2\",\"event_url\":\"http://x.example/e2\"},"
                + event.replace("1422930600000", "\"soon\"").replace("e1", "e3")
                + ","
                + GROUP.formatted("\"north\"", "2")
                + ",{\"nothing\":1},7],\"meta\":{}}");

    List<SocialRecord> records = read(file + ";format=meetup-v2");

    assertThat(records).extracting(SocialRecord::id).containsExactly("e1", "host/7/e1");
    assertThat(((Event) records.get(0)).startsAtText()).isEqualTo("1422930600000");
    assertThat(unknown).containsEntry("event.novelty", 1L);
    assertThat(quarantine.rejected())
        .extracting(rejected -> rejected.reason())
        .satisfiesExactly(
            reason -> assertThat(reason).contains("'name' is missing"),
            reason -> assertThat(reason).contains("'time' is not a whole number"),
            reason -> assertThat(reason).contains("'lat' is no number"),
            reason -> assertThat(reason).contains("neither a group"),
            reason -> assertThat(reason).contains("not a JSON object"));
  }
}
