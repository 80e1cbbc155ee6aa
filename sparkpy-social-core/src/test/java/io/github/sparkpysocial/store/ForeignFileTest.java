package io.github.sparkpysocial.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables and objects of other tools: their columns are mapped, and what does not fit is told. */
class ForeignFileTest {
  private static final Map<String, String> MAPPING =
      Map.of(
          "created_at", "posted",
          "author_handle", "who",
          "likes", "fav_count",
          "latitude", "lat",
          "longitude", "lon",
          "sensitive", "nsfw",
          "kind", "sort",
          "media_urls", "pictures",
          "hashtags", "tags",
          "network", "site");
  private static final String HEADER =
      "id,text,posted,who,fav_count,lat,lon,nsfw,sort,pictures,tags,site\n";

  @TempDir Path directory;
  private final InMemoryQuarantine quarantine = Quarantine.inMemory();
  private final StoreOptions options = StoreOptions.with(quarantine).withMapping(MAPPING);

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private List<Post> read(Path file, StoreOptions with, Map<String, Long> notices)
      throws IOException {
    List<Post> posts = new ArrayList<>();
    try (RecordStore store = Places.openStore(PlaceUri.parse(file.toString()), with);
        RecordCursor cursor = store.readAll()) {
      cursor.forEachRemaining(record -> posts.add((Post) record));
      notices.putAll(cursor.notices());
      notices.putAll(cursor.unknownFields());
    }
    return posts;
  }

  @Test
  void anyColumnOfAPostCanBeMapped() throws IOException {
    Path file =
        file(
            "own.csv",
            HEADER
                + "1,hello @ada #x,2015-09-01 21:46:57,grace,12.0,48.5,-3,Yes,quote,"
                + "\"[\"\"http://a.example/1.png\"\"]\","
                + "\"[{\"\"text\"\":\"\"x\"\",\"\"start\"\":11,\"\"end\"\":13}]\",mastodon\n"
                + "2,empty,,,,,,,,,,\n");

    List<Post> posts = read(file, options, new TreeMap<>());

    Post first = posts.get(0);
    assertThat(first.network()).isEqualTo(Network.MASTODON);
    assertThat(first.createdAt()).isEqualTo(Instant.parse("2015-09-01T21:46:57Z"));
    assertThat(first.author().handle()).isEqualTo("grace");
    assertThat(first.engagement().likes()).isEqualTo(12);
    assertThat(first.place()).isEqualTo(Place.at(new GeoPoint(48.5, -3)));
    assertThat(first.sensitive()).isTrue();
    assertThat(first.kind()).isEqualTo(Post.Kind.QUOTE);
    assertThat(first.mediaUrls()).containsExactly("http://a.example/1.png");
    assertThat(first.entities().hashtags()).containsExactly(new Entities.Hashtag("x", 11, 13));
    assertThat(first.entities().mentions()).hasSize(1);
    Post second = posts.get(1);
    assertThat(second.network()).isEqualTo(Network.LOCAL);
    assertThat(second.engagement().likes()).isNull();
    assertThat(quarantine.count()).isZero();
  }

  private Path drifted() throws IOException {
    return file(
        "drifted.csv",
        """
        id,text,fav_count,lat,lon,mood
        1,fine,3,1,2,
        2,wrong type,many,1,2,
        3,swapped,4,120.5,45,
        4,one more,5,,,glad
        5,huge,99999999999999999999,,,
        """);
  }

  private StoreOptions drift(Drift mode) {
    return StoreOptions.with(quarantine)
        .withMapping(Map.of("likes", "fav_count", "latitude", "lat", "longitude", "lon"))
        .withDrift(mode);
  }

  @Test
  void overflowIsKeptAndCounted() throws IOException {
    Map<String, Long> counted = new TreeMap<>();

    List<Post> posts = read(drifted(), drift(Drift.KEEP_OVERFLOW), counted);

    assertThat(posts).extracting(Post::id).containsExactly("1", "2", "3", "4", "5");
    assertThat(posts)
        .extracting(post -> post.engagement().likes())
        .containsExactly(3L, null, 4L, 5L, null);
    assertThat(posts.get(2).place()).isNull();
    assertThat(posts.get(3).raw()).contains("\"mood\":\"glad\"");
    assertThat(posts.get(1).raw()).contains("\"fav_count\":\"many\"");
    assertThat(counted)
        .containsOnly(
            Map.entry("unreadable likes", 2L),
            Map.entry("unreadable latitude", 1L),
            Map.entry("mood", 1L));
    assertThat(quarantine.count()).isZero();
  }

  @Test
  void rowsThatDoNotFitAreSetAsideWhole() throws IOException {
    assertThat(read(drifted(), drift(Drift.SET_ASIDE_ROW), new TreeMap<>()))
        .extracting(Post::id)
        .containsExactly("1");
    assertThat(quarantine.rejected()).extracting(Rejected::line).containsExactly(3L, 4L, 5L, 6L);
    assertThat(quarantine.rejected())
        .extracting(Rejected::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).isEqualTo("field 'fav_count' must be a number"),
            reason -> assertThat(reason).contains("field 'lat'", "swapped"),
            reason -> assertThat(reason).contains("field 'mood'", "none is mapped to it"),
            reason -> assertThat(reason).contains("whole number of at most 64 bits"));
  }

  @Test
  void valuesThatDoNotFitAreSetAsideAlone() throws IOException {
    List<Post> posts = read(drifted(), drift(Drift.SET_ASIDE_VALUE), new TreeMap<>());

    assertThat(posts).hasSize(5);
    assertThat(posts.get(1).raw())
        .isEqualTo(
            "{\"id\":\"2\",\"text\":\"wrong type\",\"lat\":\"1\",\"lon\":\"2\",\"mood\":\"\"}");
    assertThat(quarantine.rejected())
        .extracting(rejected -> new String(rejected.raw(), StandardCharsets.UTF_8))
        .containsExactly(
            "{\"fav_count\":\"many\"}",
            "{\"lat\":\"120.5\"}",
            "{\"mood\":\"glad\"}",
            "{\"fav_count\":\"99999999999999999999\"}");
  }

  @Test
  void driftCanStopEverything() throws IOException {
    Path file = drifted();

    assertThatThrownBy(() -> read(file, drift(Drift.STOP), new TreeMap<>()))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith(file + ", line 3, field 'fav_count': must be a number")
        .hasMessageNotContaining("many");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1,\"text\":\"a\",\"fav_count\":7,\"x\":{\"y\":[1.50]},\"z\":null}\n",
        "[\n{\"id\":1,\n\"text\":\"a\",\"fav_count\":7,\"x\":{\"y\":[1.50]},\"z\":null}]"
      })
  void objectsAreMappedAsTablesAre(String content) throws IOException {
    Path file = file("objects.json", content);
    StoreOptions mapped = StoreOptions.with(quarantine).withMapping(Map.of("likes", "fav_count"));

    Map<String, Long> counted = new TreeMap<>();
    List<Post> posts = read(file, mapped, counted);
    assertThat(posts).extracting(post -> post.engagement().likes()).containsExactly(7L);
    assertThat(counted).isEqualTo(Map.of("x", 1L));

    posts = read(file, mapped.withDrift(Drift.SET_ASIDE_VALUE), counted);
    assertThat(posts.get(0).raw()).doesNotContain("\"x\"").contains("\"z\":null");
    assertThat(quarantine.rejected())
        .singleElement()
        .satisfies(
            rejected ->
                assertThat(new String(rejected.raw(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"x\":{\"y\":[1.50]}}"));
    assertThatThrownBy(() -> read(file, mapped.withDrift(Drift.STOP), counted))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("objects.json, line ")
        .hasMessageContaining("field 'x'");
  }

  @Test
  void aMappedColumnThatIsNotThereIsNamed() throws IOException {
    Path file = file("short.csv", "id,text\n1,a\n");

    assertThatThrownBy(() -> read(file, drift(Drift.KEEP_OVERFLOW), new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("short.csv has no column 'lat' for the latitude")
        .hasMessageContaining("its columns are id, text");
    assertThatThrownBy(
            () ->
                read(
                    file,
                    StoreOptions.with(quarantine).withMapping(Map.of("raw", "text")),
                    new TreeMap<>()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'raw'");
  }
}
