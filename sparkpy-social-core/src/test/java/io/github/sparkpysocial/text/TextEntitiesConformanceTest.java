package io.github.sparkpysocial.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.model.Entities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The extract cases of the twitter-text conformance suite, each by its own name. */
class TextEntitiesConformanceTest {

  @TestFactory
  Stream<DynamicNode> extract() throws IOException {
    Path file = Path.of(System.getProperty("sparkpy.data", "absent"), "twitter-text/extract.json");
    assumeTrue(
        Files.exists(file),
        "not run: " + file + " is absent; -Dsparkpy.data names the directory with the test data");
    JsonNode sections = new ObjectMapper().readTree(Files.readAllBytes(file)).get("tests");
    List<DynamicNode> nodes = new ArrayList<>();
    sections
        .properties()
        .forEach(
            section -> {
              List<DynamicNode> cases = new ArrayList<>();
              for (JsonNode one : section.getValue()) {
                cases.add(
                    dynamicTest(
                        one.get("description").asText(), () -> check(section.getKey(), one)));
              }
              nodes.add(dynamicContainer(section.getKey() + " (" + cases.size() + ")", cases));
            });
    assertThat(nodes).hasSize(13);
    return nodes.stream();
  }

  private static void check(String section, JsonNode one) {
    String text = one.get("text").asText();
    JsonNode expected = one.get("expected");
    Entities found = TextEntities.extract(text);
    switch (section) {
      case "mentions" ->
          assertThat(found.mentions())
              .extracting(Entities.Mention::handle)
              .isEqualTo(texts(expected));
      case "mentions_with_indices" ->
          assertThat(found.mentions())
              .isEqualTo(
                  list(
                      expected,
                      e ->
                          new Entities.Mention(
                              e.get("screen_name").asText(), null, start(e), end(e))));
      case "mentions_or_lists_with_indices" ->
          assertThat(TextEntities.mentionsAndLists(text))
              .isEqualTo(
                  list(
                      expected,
                      e ->
                          new TextEntities.MentionOrList(
                              e.get("screen_name").asText(),
                              e.get("list_slug").asText().isEmpty()
                                  ? null
                                  : e.get("list_slug").asText().substring(1),
                              start(e),
                              end(e))));
      case "replies" ->
          assertThat(TextEntities.replyTo(text))
              .isEqualTo(expected.isNull() ? null : expected.asText());
      case "urls", "tco_urls_with_params" ->
          assertThat(found.urls()).extracting(Entities.Url::url).isEqualTo(texts(expected));
      case "urls_with_indices", "urls_with_directional_markers" ->
          assertThat(found.urls())
              .isEqualTo(
                  list(
                      expected,
                      e -> new Entities.Url(e.get("url").asText(), null, start(e), end(e))));
      case "hashtags", "hashtags_from_astral" ->
          assertThat(found.hashtags())
              .extracting(Entities.Hashtag::text)
              .isEqualTo(texts(expected));
      case "hashtags_with_indices" ->
          assertThat(found.hashtags())
              .isEqualTo(
                  list(
                      expected,
                      e -> new Entities.Hashtag(e.get("hashtag").asText(), start(e), end(e))));
      case "cashtags" ->
          assertThat(found.cashtags())
              .extracting(Entities.Cashtag::text)
              .isEqualTo(texts(expected));
      case "cashtags_with_indices" ->
          assertThat(found.cashtags())
              .isEqualTo(
                  list(
                      expected,
                      e -> new Entities.Cashtag(e.get("cashtag").asText(), start(e), end(e))));
      default -> throw new AssertionError("No check for section " + section);
    }
  }

  private static List<String> texts(JsonNode array) {
    return list(array, JsonNode::asText);
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> reader) {
    List<T> list = new ArrayList<>();
    array.forEach(element -> list.add(reader.apply(element)));
    return list;
  }

  private static int start(JsonNode entity) {
    return entity.get("indices").get(0).asInt();
  }

  private static int end(JsonNode entity) {
    return entity.get("indices").get(1).asInt();
  }
}
