package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.spi.FileFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads archived answers of the X API v2: whole answers and stream lines, with {@code data} and
 * {@code includes}, and posts that a tool such as twarc has flattened, with their author and what
 * they refer to inside. An answer gives its posts and the accounts included with them, a flattened
 * post itself alone. An error beside the data is counted, or a tombstone if the post it names is
 * gone.
 */
public final class XV2ArchiveFormat implements FileFormat {
  private static final List<String> BESIDE_DATA =
      List.of("includes", "meta", "matching_rules", "errors");
  private static final List<String> OF_A_POST =
      List.of(
          "author_id",
          "edit_history_tweet_ids",
          "edit_history_post_ids",
          "public_metrics",
          "conversation_id");

  /** Called by {@link java.util.ServiceLoader}. */
  public XV2ArchiveFormat() {}

  @Override
  public String name() {
    return "x-v2";
  }

  @Override
  public boolean recognizes(List<String> fieldNames) {
    boolean answer =
        fieldNames.contains("data") && BESIDE_DATA.stream().anyMatch(fieldNames::contains);
    boolean post =
        fieldNames.containsAll(List.of("id", "text"))
            && !fieldNames.contains("user")
            && OF_A_POST.stream().anyMatch(fieldNames::contains);
    return answer || post;
  }

  @Override
  public Reading read(String json, Provenance provenance) {
    JsonDocument document = JsonDocument.of(json);
    JsonNode root = document.root();
    if (root.has("data") || root.has("errors") || root.has("meta")) {
      return answer(
          root.path("data").isObject() ? JsonDocument.of(withArray(root)) : document, provenance);
    }
    if (root.isObject() && root.has("id") && root.has("text")) {
      return flattened((ObjectNode) root, json, provenance);
    }
    throw new IllegalArgumentException("is neither an answer nor a post of the X API v2");
  }

  private static Reading answer(JsonDocument document, Provenance provenance) {
    List<String> notices = new ArrayList<>();
    Page page =
        new XPages(place(provenance), document, provenance)
            .read(
                (pages, error, raw) -> {
                  if (!pages.tombstone(error, raw)) {
                    notices.add("error");
                  }
                })
            .build(null, null, null);
    List<String> unknownFields = new ArrayList<>();
    page.unknownFields()
        .forEach(
            (name, count) -> {
              for (long i = 0; i < count; i++) {
                unknownFields.add(name);
              }
            });
    List<RejectedPart> rejected =
        page.rejected().stream()
            .map(r -> new RejectedPart(r.reason(), new String(r.raw(), StandardCharsets.UTF_8)))
            .toList();
    return new Reading(page.records(), notices, unknownFields, rejected);
  }

  private static PlaceUri place(Provenance provenance) {
    return PlaceUri.parse(Objects.requireNonNullElse(provenance.place(), "archive"));
  }

  /** A line of a stream has one post where an answer has an array of them. */
  static String withArray(JsonNode root) {
    ObjectNode answer = ((ObjectNode) root).deepCopy();
    JsonNode post = answer.get("data");
    answer.putArray("data").add(post);
    return answer.toString();
  }

  /** Puts a flattened post back into the answer that it came from. */
  private static Reading flattened(ObjectNode flat, String json, Provenance provenance) {
    ObjectNode post = flat.deepCopy();
    post.remove("__twarc");
    post.remove("in_reply_to_user");
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.putArray("data").add(post);
    ObjectNode includes = answer.putObject("includes");
    ArrayNode users = includes.putArray("users");
    ArrayNode posts = includes.putArray("tweets");
    ArrayNode media = includes.putArray("media");
    ArrayNode places = includes.putArray("places");
    unfold(post, users, media, places);
    for (String name : List.of("referenced_tweets", "referenced_posts")) {
      for (JsonNode reference : post.path(name)) {
        if (reference.isObject() && reference.has("text")) {
          ObjectNode referenced = reference.deepCopy();
          unfold(referenced, users, media, places);
          posts.add(referenced);
        }
      }
    }
    Reading reading = answer(JsonDocument.of(answer.toString()), provenance);
    List<SocialRecord> itself = new ArrayList<>();
    for (SocialRecord record : reading.records()) {
      if (record instanceof Post own && own.id().equals(flat.path("id").asText())) {
        itself.add(own.toBuilder().raw(json).build());
      }
    }
    return new Reading(itself, reading.notices(), reading.unknownFields(), reading.rejected());
  }

  private static void unfold(ObjectNode post, ArrayNode users, ArrayNode media, ArrayNode places) {
    JsonNode author = post.remove("author");
    if (author != null && author.has("id")) {
      users.add(author);
    }
    post.path("attachments").path("media").forEach(media::add);
    JsonNode geo = post.path("geo");
    if (geo.has("place_id") && geo.has("full_name")) {
      ObjectNode place = geo.deepCopy();
      place.set("id", geo.get("place_id"));
      places.add(place);
    }
  }
}
