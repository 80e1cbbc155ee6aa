package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.testkit.community.Community;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Answers in the names of X's specification 2.167 hold to that specification. */
class XSchemaTest {
  private static final String EVERYTHING =
      "&max_results=100&post.fields=created_at,lang,entities,public_metrics,conversation_id,geo,"
          + "source,possibly_sensitive,note_post,reply_settings"
          + "&expansions=author_id,referenced_posts,geo.place_id,in_reply_to_user_id,"
          + "entities.mentions.username"
          + "&user.fields=created_at,location,verified,public_metrics,description,protected"
          + "&place.fields=country_code,geo,place_type,name,country";

  @Test
  void answersHaveNoFieldThatTheSpecificationLacksAndAllThatItRequires() throws IOException {
    Path file = Path.of(System.getProperty("sparkpy.data", ""), "x/x_openapi.json.gz");
    assumeTrue(Files.exists(file), "Not run: X's specification is not at " + file);
    JsonNode specification;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      specification = Objects.requireNonNull(Json.parse(in.readAllBytes()));
    }
    Community community = Community.builder().posts(400).build();
    try (Sandbox sandbox = Sandbox.builder(community).xDialect(XDialect.POST).start()) {
      String token = "";
      int posts = 0;
      do {
        Http.Got got =
            Http.authorised(
                sandbox,
                "/2/tweets/search/recent?query="
                    + Http.encode(community.searchQuery())
                    + EVERYTHING
                    + token);
        assertThat(got.status()).isEqualTo(200);
        posts += got.json().path("data").size();
        check(
            specification,
            specification.at("/components/schemas/SearchPostsRecentResponse"),
            got.json(),
            "");
        token = "&next_token=" + got.json().path("meta").path("next_token").asText();
      } while (token.length() > "&next_token=".length());
      assertThat(posts).isGreaterThan(300);
      String deleted = community.deletedPostIds().iterator().next();
      JsonNode problem =
          Http.authorised(sandbox, "/2/tweets?ids=" + deleted).json().path("errors").get(0);
      check(
          specification,
          specification.at("/components/schemas/ResourceNotFoundProblem"),
          problem,
          "errors");
    }
  }

  /** The other calls, with what they answer. */
  @Test
  void everyAnswerHoldsToItsSchema() throws IOException {
    Path file = Path.of(System.getProperty("sparkpy.data", ""), "x/x_openapi.json.gz");
    assumeTrue(Files.exists(file), "Not run: X's specification is not at " + file);
    JsonNode specification;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      specification = Objects.requireNonNull(Json.parse(in.readAllBytes()));
    }
    Community community = Community.builder().posts(200).build();
    String author = community.topAuthors(1).get(0).account().label();
    String id =
        community.accounts(Network.X).stream()
            .filter(account -> author.equals(account.handle()))
            .map(Account::id)
            .findFirst()
            .orElseThrow();
    Map<String, String> calls =
        Map.of(
            "/2/tweets/search/all?query=spark",
            "SearchPostsAllResponse",
            "/2/tweets/counts/recent?query=spark",
            "GetPostsCountsRecentResponse",
            "/2/tweets/counts/all?query=spark&granularity=day",
            "GetPostsCountsAllResponse",
            "/2/users/by?usernames=nobody_here," + author,
            "GetUsersByUsernamesResponse",
            "/2/users/by/username/" + author,
            "GetUsersByUsernameResponse",
            "/2/users/" + id + "/tweets?max_results=5",
            "GetUsersPostsResponse",
            "/2/usage/tweets?usage.fields=daily_project_usage",
            "GetUsageResponse",
            "/2/tweets/search/stream/rules/counts",
            "GetRuleCountsResponse",
            "/2/connections?status=all",
            "GetConnectionHistoryResponse");
    try (Sandbox sandbox = Sandbox.builder(community).xDialect(XDialect.POST).start()) {
      for (Map.Entry<String, String> call : calls.entrySet()) {
        Http.Got got = Http.authorised(sandbox, call.getKey());
        assertThat(got.status()).as(call.getKey()).isEqualTo(200);
        assertThat(got.json().has("data") || got.json().has("meta")).as(call.getKey()).isTrue();
        check(
            specification,
            specification.at("/components/schemas/" + call.getValue()),
            got.json(),
            call.getKey());
      }
    }
  }

  /** Compares names, required fields and kinds of value; looks no further where types vary. */
  private static void check(JsonNode all, JsonNode reference, JsonNode value, String path) {
    JsonNode schema = reference;
    while (schema.has("$ref")) {
      schema = all.at(schema.path("$ref").asText().substring(1));
    }
    switch (schema.path("type").asText()) {
      case "object" -> {
        assertThat(value.isObject()).as(path).isTrue();
        for (JsonNode required : schema.path("required")) {
          assertThat(value.has(required.asText())).as(path + " has " + required).isTrue();
        }
        if (!schema.has("properties")) {
          return;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
          String here = path + '/' + field.getKey();
          JsonNode property = schema.path("properties").get(field.getKey());
          assertThat(property).as(here).isNotNull();
          check(all, Objects.requireNonNull(property), field.getValue(), here);
        }
      }
      case "array" -> {
        assertThat(value.isArray()).as(path).isTrue();
        for (JsonNode item : value) {
          check(all, schema.path("items"), item, path);
        }
      }
      case "string" -> {
        assertThat(value.isTextual()).as(path).isTrue();
        if (schema.has("enum")) {
          assertThat(schema.path("enum")).as(path).contains(value);
        }
      }
      case "integer" -> assertThat(value.isIntegralNumber()).as(path).isTrue();
      case "number" -> assertThat(value.isNumber()).as(path).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(path).isTrue();
      default -> assertThat(schema.has("type")).as(path).isFalse(); // oneOf: several shapes
    }
  }
}
