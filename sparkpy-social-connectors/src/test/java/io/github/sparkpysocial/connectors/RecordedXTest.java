package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.http.Headers;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.InMemoryQuarantine;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.time.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What X itself sent to others, and what has to come of it. */
class RecordedXTest {
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-22T12:00:00Z"));

  /**
   * The figures were counted with another JSON reader: messages of each kind, distinct ids, and of
   * the capture of 2017 the 27 tweets that its own deletions take away again.
   */
  @ParameterizedTest
  @CsvSource({
    "tweets, sample_2017-01-26T1600Z.jsonl.gz, 3658, 582, 0, 0, 12",
    "tweets, twut_10-sample.jsonl, 10, 0, 0, 0, 0",
    "tweets, twut_100-sample.jsonl, 100, 0, 0, 0, 0",
    "tweets, simdjson_twitter.json, 100, 0, 0, 0, 0",
    "tweets, simdjson_twitterescaped.json, 100, 0, 0, 0, 0",
    "tweets, twitter4j_streamingapi-testcase.jsonl, 3, 1, 2, 1, 0",
    "tweets, springsocial_filter-stream-track.jsonl, 4, 2, 4, 0, 0",
    "tweets, rubytwitter_search_malformed.json, 0, 0, 0, 1, 0",
    "x, twut_10-v2-sample.jsonl, 10, 0, 0, 0, 0"
  })
  void anArchiveYields(
      String folder,
      String file,
      int posts,
      int tombstones,
      int notices,
      int rejected,
      int duplicates) {
    Path path = Recorded.data(folder).resolve(file);
    InMemoryQuarantine quarantine = Quarantine.inMemory();
    Map<RecordKind, Integer> kinds = new EnumMap<>(RecordKind.class);

    try (RecordStore store =
            Places.openStore(PlaceUri.parse(path.toString()), StoreOptions.with(quarantine));
        RecordCursor records = store.readAll()) {
      records.forEachRemaining(record -> kinds.merge(record.recordKind(), 1, Integer::sum));
      assertThat(records.notices().values().stream().mapToLong(n -> n).sum()).isEqualTo(notices);
      assertThat(records.duplicates()).isEqualTo(duplicates);
    }

    assertThat(kinds.getOrDefault(RecordKind.POST, 0)).isEqualTo(posts);
    assertThat(kinds.getOrDefault(RecordKind.TOMBSTONE, 0)).isEqualTo(tombstones);
    assertThat(quarantine.rejected()).hasSize(rejected);
  }

  @Test
  void aSearchAnswerPassesThroughTheClientWithItsNextPage()
      throws IOException, InterruptedException {
    byte[] answer = Files.readAllBytes(Recorded.data("tweets").resolve("simdjson_twitter.json"));
    List<HttpRequest> requests = new ArrayList<>();
    RecordSource search =
        Places.openSource(
            PlaceUri.parse("x:v1/search?q=%E4%B8%80"),
            Recorded.options(
                clock,
                request -> {
                  requests.add(request);
                  return HttpResponse.of(request.uri(), 200, Headers.NONE, answer);
                }));

    Page page = search.fetch(PageRequest.FIRST);

    assertThat(page.records()).hasSize(100).allMatch(record -> record instanceof Post);
    assertThat(page.rejected()).isEmpty();
    assertThat(page.unknownFields()).isEmpty();
    assertThat(page.newest()).isNotNull();
    assertThat(page.newest().id()).isEqualTo("505874924095815681");
    assertThat(page.oldest().id()).isEqualTo("505874847260352513");
    assertThat(page.nextCursor())
        .isEqualTo("?max_id=505874847260352512&q=%E4%B8%80&count=100&include_entities=1");
    assertThat(page.records())
        .filteredOn(record -> ((Post) record).kind() == Post.Kind.REPOST)
        .hasSize(73)
        .allSatisfy(record -> assertThat(((Post) record).text()).doesNotStartWith("RT @"));
    assertThat(page.records().get(0).raw()).contains("\"id_str\": \"505874924095815681\"");

    search.fetch(PageRequest.FIRST.at(page.nextCursor()));
    assertThat(requests.get(1).uri().getRawQuery())
        .contains("max_id=505874847260352512")
        .contains("q=%E4%B8%80")
        .contains("tweet_mode=extended");
    assertThat(requests.get(1).headers().first("Authorization")).startsWith("Bearer ");
  }
}
