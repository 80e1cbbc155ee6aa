package io.github.sparkpysocial.connectors.x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.client.PageRequest;
import io.github.sparkpysocial.live.LiveSource;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.RecordedRequest;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import io.github.sparkpysocial.testkit.sandbox.XDialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Every parameter that the client sends stands in X's OpenAPI document 2.167, with its value. */
class XOpenApiTest {
  private static final Community COMMUNITY =
      Community.builder().seed(41).people(30).posts(300).build();

  @Test
  void everyParameterAndValueIsDocumented() throws Exception {
    JsonNode specification = specification();
    Set<String> paths = new HashSet<>();
    try (XWorld x =
        XWorld.start(COMMUNITY, Sandbox.builder(COMMUNITY).xDialect(XDialect.POST).live(10))) {
      askForEverything(x);
      for (RecordedRequest request : x.sandbox.requests()) {
        // The old names come first and are refused; the stream has them still.
        if (request.status() == 200) {
          paths.add(request.method() + ' ' + check(specification, request));
        }
      }
      assertThat(x.sandbox.violations()).isEmpty();
    }
    assertThat(paths)
        .containsExactlyInAnyOrder(
            "GET /2/tweets/search/recent",
            "GET /2/tweets/search/all",
            "GET /2/tweets/counts/recent",
            "GET /2/tweets/counts/all",
            "GET /2/tweets",
            "GET /2/users/by",
            "GET /2/users/by/username/{username}",
            "GET /2/users/{id}/tweets",
            "GET /2/usage/tweets",
            "GET /2/tweets/search/stream",
            "GET /2/tweets/sample/stream",
            "GET /2/tweets/search/stream/rules",
            "POST /2/tweets/search/stream/rules",
            "GET /2/tweets/search/stream/rules/counts",
            "GET /2/connections",
            "DELETE /2/connections",
            "DELETE /2/connections/all");
  }

  private static void askForEverything(XWorld x) throws IOException, InterruptedException {
    XClient client = XClient.open(x.options);
    String author = COMMUNITY.topAuthors(1).get(0).account().label();
    PageRequest part = PageRequest.FIRST.atMost(10);
    var page = client.recentSearch("spark", null, null).fetch(part);
    client
        .recentSearch("spark", null, null)
        .fetch(part.at(Objects.requireNonNull(page.nextCursor())));
    client
        .recentSearch("spark", null, null)
        .fetch(new PageRequest(page.oldest(), page.newest(), null));
    client
        .fullSearch(
            "spark", COMMUNITY.now().minus(Duration.ofDays(3)), COMMUNITY.now().minusSeconds(60))
        .fetch(part);
    assertThat(client.counts(XCounts.recent("spark").by(XCounts.Granularity.MINUTE)).limit(1))
        .isNotEmpty();
    assertThat(client.counts(XCounts.archive("spark")).limit(60)).isNotEmpty();
    assertThat(client.postsById(List.of(COMMUNITY.posts().map(Post::id).findFirst().orElseThrow())))
        .isNotEmpty();
    assertThat(client.usersByName(List.of(author))).isNotEmpty();
    var timeline = x.open("x:user/" + author + "/posts?exclude=replies,retweets&since=2026-11-01");
    var first = timeline.fetch(PageRequest.FIRST.atMost(5));
    if (first.nextCursor() != null) {
      timeline.fetch(PageRequest.FIRST.at(first.nextCursor()));
    }
    client.usage(90);
    client.rules().tryOut(List.of(XRules.Rule.of("spark")));
    client.rules().room();
    for (String uri : List.of("x:stream?rule=spark&manage=true", "x:sample")) {
      try (LiveSource source = Places.openLive(PlaceUri.parse(uri), x.options)) {
        source.connect(null);
        client.connections().all();
        client
            .connections()
            .close(client.connections().open().stream().map(XConnections.Connection::id).toList());
      }
    }
    client.rules().delete(client.rules().list());
    client.connections().closeAll();
  }

  private static JsonNode specification() throws IOException {
    Path file =
        Path.of(System.getProperty("sparkpy.data", "../shared/data"), "x/x_openapi.json.gz");
    assumeTrue(Files.exists(file), () -> "NOT RUN: X's specification is not at " + file);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new ObjectMapper().readTree(in);
    }
  }

  /** Checks one request; returns the path as the specification has it. */
  private static String check(JsonNode specification, RecordedRequest request) {
    for (Map.Entry<String, JsonNode> path : specification.path("paths").properties()) {
      String pattern = path.getKey().replaceAll("[{][^}]*[}]", "[^/]+");
      JsonNode operation =
          path.getValue().path(request.method().toLowerCase(java.util.Locale.ROOT));
      boolean named = path.getKey().contains("{");
      if (operation.isObject()
          && (named ? request.path().matches(pattern) : request.path().equals(path.getKey()))
          && !(named && specification.path("paths").has(request.path()))) {
        request
            .query()
            .forEach((name, value) -> check(specification, operation, path.getKey(), name, value));
        return path.getKey();
      }
    }
    throw new AssertionError("X documents no " + request.method() + ' ' + request.path());
  }

  private static void check(
      JsonNode specification, JsonNode operation, String path, String name, String value) {
    String what = path + " with " + name + '=' + value;
    JsonNode parameter = null;
    for (JsonNode candidate : operation.path("parameters")) {
      JsonNode resolved =
          candidate.has("$ref")
              ? specification.at(candidate.path("$ref").asText().substring(1))
              : candidate;
      if (resolved.path("name").asText().equals(name)) {
        parameter = resolved;
      }
    }
    assertThat(parameter).as(what).isNotNull();
    JsonNode schema = Objects.requireNonNull(parameter).path("schema");
    boolean array = schema.path("type").asText().equals("array");
    String[] values = array ? value.split(",", -1) : new String[] {value};
    if (schema.has("maxItems")) {
      assertThat(values).as(what).hasSizeLessThanOrEqualTo(schema.path("maxItems").asInt());
    }
    JsonNode type = array ? schema.path("items") : schema;
    type = type.has("$ref") ? specification.at(type.path("$ref").asText().substring(1)) : type;
    for (String one : values) {
      if (type.has("enum")) {
        assertThat(type.path("enum")).extracting(JsonNode::asText).as(what).contains(one);
      }
      if (type.has("pattern")) {
        assertThat(one).as(what).matches(type.path("pattern").asText());
      }
      if (type.path("type").asText().equals("integer")) {
        assertThat(Integer.parseInt(one))
            .as(what)
            .isBetween(
                type.path("minimum").asInt(Integer.MIN_VALUE),
                type.path("maximum").asInt(Integer.MAX_VALUE));
      }
    }
  }
}
