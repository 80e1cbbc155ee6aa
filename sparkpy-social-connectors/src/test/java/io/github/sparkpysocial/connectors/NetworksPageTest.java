package io.github.sparkpysocial.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/networks.md} says that there is opens, and every variable it names is read. */
class NetworksPageTest {
  private static final Path PAGE = Path.of("../docs/networks.md");

  /** What stands in the page for something of the reader's own. */
  private static final Map<String, String> EXAMPLES = new LinkedHashMap<>();

  static {
    EXAMPLES.put("handles=A,B", "handles=a.example,b.example");
    EXAMPLES.put("collections=…", "collections=app.bsky.feed.post");
    EXAMPLES.put("names=…", "names=ada");
    EXAMPLES.put("ids=…", "ids=20");
    EXAMPLES.put("rule=…", "rule=spark");
    EXAMPLES.put("q=…", "q=spark");
    EXAMPLES.put("q=&lat=&lon=", "q=spark&lat=51.5&lon=-0.12");
    EXAMPLES.put("WORDS", "spark");
    EXAMPLES.put("QUERY", "spark");
    EXAMPLES.put("HANDLE", "alice.bsky.social");
    EXAMPLES.put("HOST", "mastodon.social");
    EXAMPLES.put("TAG", "spark");
    EXAMPLES.put("NAME", "ada");
    EXAMPLES.put("OWNER/REPO", "apache/spark");
    EXAMPLES.put("ORG", "apache");
    EXAMPLES.put("GROUP", "a-group");
  }

  static Stream<String> places() throws IOException {
    return Pattern.compile("(?:`|\"| )((?:bluesky|mastodon|x|github|meetup):[^`\" ]+)")
        .matcher(Files.readString(PAGE))
        .results()
        .map(result -> result.group(1))
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("places")
  void everyPlaceOpens(String written) {
    String place = written;
    for (Map.Entry<String, String> example : EXAMPLES.entrySet()) {
      place = place.replace(example.getKey(), example.getValue());
    }
    Map<String, String> environment = new HashMap<>();
    for (String variable : List.of("X_BEARER_TOKEN", "MEETUP_TOKEN", "MASTODON_TOKEN")) {
      environment.put(variable, "t0ken");
    }
    for (String part : List.of("CONSUMER_KEY", "CONSUMER_SECRET", "ACCESS_TOKEN")) {
      environment.put("X_" + part, "t0ken");
    }
    environment.put("X_ACCESS_TOKEN_SECRET", "t0ken");
    SourceOptions options = new SourceOptions(environment, Clock.systemUTC());
    PlaceUri uri = PlaceUri.parse(place);

    if (Places.isLive(uri)) {
      try (var stream = Places.openLive(uri, options)) {
        assertThat(stream.uri()).isEqualTo(uri);
      }
    } else if (place.contains("*")) {
      assertThat(Places.nested(uri)).isNotNull();
    } else {
      try (var source = Places.openSource(uri, options)) {
        assertThat(source.uri()).isEqualTo(uri);
      }
    }
  }

  @Test
  void everyVariableIsRead() throws IOException {
    StringBuilder code = new StringBuilder();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        code.append(Files.readString(file));
      }
    }

    assertThat(Files.readString(PAGE))
        .satisfies(
            page ->
                assertThat(
                        Pattern.compile("`((?:X|GITHUB|MEETUP|MASTODON|BLUESKY)_[A-Z_]+)`")
                            .matcher(page)
                            .results()
                            .map(result -> '"' + result.group(1) + '"'))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(code).contains(name)));
  }
}
