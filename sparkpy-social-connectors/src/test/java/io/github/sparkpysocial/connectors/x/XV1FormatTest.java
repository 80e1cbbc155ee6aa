package io.github.sparkpysocial.connectors.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.GeoBox;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreCapability;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XV1FormatTest {
  private static final String USER =
      "\"user\":{\"id\":1,\"id_str\":\"11\",\"screen_name\":\"ada\",\"name\":\"Ada L\"}";

  private final InMemoryQuarantine quarantine = Quarantine.inMemory();
  private final XV1Format format = new XV1Format();

  private static Path data(String file) {
    Path path = Path.of(System.getProperty("sparkpy.data", "absent"), "tweets", file);
    assumeTrue(
        Files.exists(path),
        "not run: " + path + " is absent; -Dsparkpy.data names the directory with the test data");
    return path;
  }

  private RecordStore open(Path file) {
    return Places.openStore(PlaceUri.parse(file.toString()), StoreOptions.with(quarantine));
  }

  private List<SocialRecord> all(Path file) {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = open(file);
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
    }
    return records;
  }

  private Post tweet(String fields) {
    FileFormat.Reading reading =
        format.read("{\"id\":5,\"id_str\":\"55\"," + USER + "," + fields + "}", Provenance.UNKNOWN);
    return (Post) reading.records().get(0);
  }

  @Test
  void aCaptureGivesEachLivePostOnceAndItsDeletions() {
    Path capture = data("sample_2017-01-26T1600Z.jsonl.gz");

    try (RecordStore store = open(capture)) {
      assertThat(store.capabilities())
          .contains(StoreCapability.READ)
          .doesNotContain(StoreCapability.WRITE);
      assertThat(store.count(Filter.kinds(RecordKind.POST))).isEqualTo(3_658);
      assertThat(store.count(Filter.kinds(RecordKind.TOMBSTONE))).isEqualTo(582);
      try (RecordCursor cursor = store.readAll()) {
        long records = 0;
        while (cursor.hasNext()) {
          assertThat(cursor.next().raw()).isNotNull();
          records++;
        }
        assertThat(records).isEqualTo(3_658 + 582);
        assertThat(cursor.duplicates()).isEqualTo((3_696 - 3_685) + (583 - 582));
        assertThat(cursor.quarantined()).isZero();
        assertThat(cursor.notices()).isEmpty();
        assertThat(cursor.unknownFields()).isEmpty();
      }
    }
    assertThat(quarantine.rejected()).isEmpty();
  }

  @Test
  void aSearchAnswerAndItsEscapedTwinGiveTheSamePosts() {
    List<Post> plain = posts("simdjson_twitter.json");
    List<Post> escaped = posts("simdjson_twitterescaped.json");

    assertThat(plain).hasSize(100);
    assertThat(escaped).isEqualTo(plain);
    assertThat(plain.get(0).id()).isEqualTo("505874924095815681");
    assertThat(plain.get(0).text()).startsWith("@aym0566x \n\n名前:前田あゆみ");
    assertThat(quarantine.rejected()).isEmpty();
  }

  private List<Post> posts(String file) {
    return all(data(file)).stream()
        .map(record -> ((Post) record).toBuilder().raw(null).provenance(Provenance.UNKNOWN).build())
        .toList();
  }

  @Test
  void tweetsHaveTheValuesThatAnotherLibraryAsserts() {
    List<SocialRecord> records = all(data("twut_10-sample.jsonl"));

    assertThat(records).hasSize(10);
    List<Post> posts = records.stream().map(Post.class::cast).toList();
    assertThat(posts).extracting(Post::language).startsWith("tl", "ja", "ar", "ja", "ja");
    assertThat(posts)
        .extracting(Post::text)
        .startsWith(
            "Baket ang pogi mo???", "今日すげぇな！#安元江口と夜あそび", "@flower_1901 عسى الله يوفقنا 🙏🏻");
    assertThat(posts.subList(0, 5))
        .extracting(Post::createdAtText)
        .containsOnly("Mon Dec 02 14:16:05 +0000 2019");
    assertThat(posts.get(0).createdAt()).isEqualTo(Instant.parse("2019-12-02T14:16:05Z"));
    assertThat(posts.stream().flatMap(p -> p.entities().hashtags().stream()).findFirst())
        .get()
        .extracting(Entities.Hashtag::text)
        .isEqualTo("安元江口と夜あそび");
    assertThat(posts.stream().flatMap(p -> p.entities().urls().stream()))
        .extracting(Entities.Url::url)
        .contains("https://t.co/hONLvNozJg");
  }

  @Test
  void entitiesOfRealTweetsStandWhereTheySay() {
    int checked = 0;
    for (SocialRecord record : all(data("sample_2017-01-26T1600Z.jsonl.gz"))) {
      if (record instanceof Post post) {
        for (Entities.Hashtag tag : post.entities().hashtags()) {
          assertThat(slice(post.text(), tag.start() + 1, tag.end())).isEqualTo(tag.text());
          checked++;
        }
        for (Entities.Mention mention : post.entities().mentions()) {
          assertThat(slice(post.text(), mention.start() + 1, mention.end()))
              .isEqualToIgnoringCase(mention.handle());
          checked++;
        }
        for (Entities.Url url : post.entities().urls()) {
          assertThat(slice(post.text(), url.start(), url.end())).isEqualTo(url.url());
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(3_000);
  }

  private static String slice(String text, int start, int end) {
    return text.substring(
        text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, Math.max(start, end)));
  }

  @Test
  void noticesOfAStreamAreCountedAndDeletionsCarriedOut() {
    List<SocialRecord> records = new ArrayList<>();
    try (RecordStore store = open(data("twitter4j_streamingapi-testcase.jsonl"));
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(records::add);
      assertThat(cursor.notices()).containsKeys("limit", "scrub_geo");
    }
    assertThat(records).hasAtLeastOneElementOfType(Tombstone.class);
    assertThat(records).hasAtLeastOneElementOfType(Post.class);
    assertThat(quarantine.rejected())
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.reason()).contains("remove the places"));
  }

  @Test
  void aMalformedAnswerIsSetAside() {
    assertThat(all(data("rubytwitter_search_malformed.json"))).isEmpty();
    assertThat(quarantine.rejected())
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.line()).isEqualTo(1);
              assertThat(rejected.reason()).contains("has no id");
            });
  }

  @Test
  void aRepostHasTheWholeTextOfWhatItRepeats() {
    Post repost =
        tweet(
            """
            "text":"RT @bob: Fish &amp;amp; ch…","truncated":false,"created_at":"x",
            "coordinates":{"type":"Point","coordinates":[-9.1,38.7]},
            "entities":{"user_mentions":[{"screen_name":"bob","id_str":"12","indices":[3,7]}]},
            "retweeted_status":{"id":6,"id_str":"66","text":"Fish &amp;amp; ch…","truncated":true,
              "user":{"id_str":"12"},
              "extended_tweet":{"full_text":"Fish &amp;amp; chips &lt;3 #food",
                "entities":{"hashtags":[{"text":"food","indices":[27,32]}]}}}
            """);

    assertThat(repost.text()).isEqualTo("Fish &amp; chips <3 #food");
    assertThat(repost.kind()).isEqualTo(Post.Kind.REPOST);
    assertThat(repost.id()).isEqualTo("55");
    assertThat(repost.repostOfId()).isEqualTo("66");
    assertThat(repost.repostOfAuthorId()).isEqualTo("12");
    assertThat(repost.entities().hashtags()).containsExactly(new Entities.Hashtag("food", 20, 25));
    assertThat(repost.entities().mentions()).isEmpty();
    assertThat(repost.place()).isEqualTo(Place.at(new GeoPoint(38.7, -9.1)));
  }

  @Test
  void theExtendedTextComesBeforeTheFullOneAndThatBeforeTheShortOne() {
    assertThat(
            tweet(
                    """
                    "text":"short","full_text":"full","extended_tweet":{"full_text":"extended"}
                    """)
                .text())
        .isEqualTo("extended");
    assertThat(tweet("\"text\":\"short\",\"full_text\":\"full\"").text()).isEqualTo("full");
    assertThat(tweet("\"text\":\"short\"").text()).isEqualTo("short");
  }

  @Test
  void anExactPointComesBeforeTheBoxOfThePlace() {
    String place =
        """
        ,"place":{"id":"p","full_name":"Lisbon, Portugal","country_code":"PT","bounding_box":
        {"type":"Polygon","coordinates":[[[-9.2,38.6],[-9.2,38.8],[-9.0,38.8],[-9.0,38.6]]]}}
        """;

    Place exact =
        tweet("\"text\":\"a\",\"geo\":{\"type\":\"Point\",\"coordinates\":[38.7,-9.1]}" + place)
            .place();
    Place box = tweet("\"text\":\"a\"" + place).place();

    assertThat(exact)
        .isEqualTo(
            new Place(
                new GeoPoint(38.7, -9.1),
                Place.Precision.POINT,
                null,
                "p",
                "Lisbon, Portugal",
                "PT"));
    assertThat(box)
        .isEqualTo(
            Place.within(
                new GeoBox(new GeoPoint(38.6, -9.2), new GeoPoint(38.8, -9.0)),
                "p",
                "Lisbon, Portugal",
                "PT"));
  }

  @Test
  void coordinatesThatCannotBeAreLeftUnknownAndCounted() {
    FileFormat.Reading reading =
        format.read(
            "{\"id_str\":\"5\",\"text\":\"a\","
                + USER
                + ",\"geo\":{\"coordinates\":[138.7,-9.1]},\"created_at\":\"yesterday\"}",
            Provenance.UNKNOWN);

    Post post = (Post) reading.records().get(0);
    assertThat(post.place()).isNull();
    assertThat(post.createdAt()).isNull();
    assertThat(post.createdAtText()).isEqualTo("yesterday");
    assertThat(reading.notices()).containsExactly("unreadable created_at", "unusable coordinates");
  }

  @Test
  void repliesQuotesAndCountsAreRead() {
    Post quote =
        tweet(
            """
            "text":"look https://t.co/a","quoted_status_id_str":"77","is_quote_status":true,
            "in_reply_to_status_id":1,"in_reply_to_status_id_str":"88",
            "in_reply_to_user_id_str":"12","favorite_count":3,"retweet_count":2,
            "possibly_sensitive":true,"lang":"und",
            "source":"<a href=\\"http://x\\" rel=\\"nofollow\\">Tool &amp; Co</a>",
            "entities":{"urls":[],"media":[{"url":"https://t.co/a","indices":[5,19],
            "media_url_https":"https://pbs.example/a.jpg"}]}
            """);

    assertThat(quote.kind()).isEqualTo(Post.Kind.QUOTE);
    assertThat(quote.quoteOfId()).isEqualTo("77");
    assertThat(quote.inReplyToId()).isEqualTo("88");
    assertThat(quote.inReplyToAuthorId()).isEqualTo("12");
    assertThat(quote.engagement()).isEqualTo(new Engagement(3L, 2L, null, null, null));
    assertThat(quote.sensitive()).isTrue();
    assertThat(quote.source()).isEqualTo("Tool & Co");
    assertThat(quote.mediaUrls()).containsExactly("https://pbs.example/a.jpg");
    assertThat(quote.entities().urls())
        .containsExactly(new Entities.Url("https://t.co/a", null, 5, 19));
    assertThat(quote.url()).isEqualTo("https://x.com/ada/status/55");
    assertThat(quote.author().label()).isEqualTo("ada");
  }

  @ParameterizedTest
  @CsvSource({
    "limit, '{\"track\":5,\"timestamp_ms\":\"1\"}', false",
    "warning, '{\"code\":\"FALLING_BEHIND\",\"percent_full\":60}', false",
    "disconnect, '{\"code\":4,\"stream_name\":\"s\",\"reason\":\"r\"}', false",
    "scrub_geo, '{\"user_id\":1,\"up_to_status_id\":2}', true",
    "status_withheld, '{\"id\":1,\"user_id\":2,\"withheld_in_countries\":[\"DE\"]}', true",
    "user_withheld, '{\"id\":1,\"withheld_in_countries\":[\"DE\"]}', true"
  })
  void aNoticeIsCountedAndSetAsideIfSomebodyHasToActOnIt(
      String kind, String content, boolean toDo) {
    String json = "{\"" + kind + "\":" + content + "}";

    FileFormat.Reading reading = format.read(json, Provenance.UNKNOWN);

    assertThat(format.recognizes(List.of(kind))).isTrue();
    assertThat(reading.records()).isEmpty();
    assertThat(reading.notices()).containsExactly(kind);
    assertThat(reading.rejected())
        .extracting(FileFormat.RejectedPart::raw)
        .isEqualTo(toDo ? List.of(json) : List.of());
  }

  @Test
  void aBadTweetOfAnAnswerDoesNotHideTheOthers() {
    FileFormat.Reading reading =
        format.read(
            "{\"statuses\":[{\"id\":5," + USER + ",\"text\":\"a\"},{\"id\":6}]}",
            Provenance.UNKNOWN);

    assertThat(reading.records()).extracting(SocialRecord::id).containsExactly("5");
    assertThat(reading.rejected())
        .singleElement()
        .satisfies(part -> assertThat(part.raw()).isEqualTo("{\"id\":6}"));
  }

  @Test
  void unknownFieldsAreNamed() {
    FileFormat.Reading reading =
        format.read("{\"id\":5," + USER + ",\"text\":\"a\",\"brand_new\":1}", Provenance.UNKNOWN);

    assertThat(reading.unknownFields()).containsExactly("brand_new");
    assertThat(reading.records().get(0).raw()).contains("brand_new");
  }

  @Test
  void whatIsNoTweetIsRefusedWithoutItsContent() {
    for (String json :
        List.of(
            "{\"secret\":1}",
            "{\"id\":5," + USER + "}",
            "{\"text\":\"secret\"," + USER + "}",
            "{\"delete\":{\"status\":{}}}",
            "{\"errors\":[{\"message\":\"secret\"}]}")) {
      assertThatThrownBy(() -> format.read(json, Provenance.UNKNOWN))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("is ")
          .hasMessageNotContaining("secret");
    }
  }
}
