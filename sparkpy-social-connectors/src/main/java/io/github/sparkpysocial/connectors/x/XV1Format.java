package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.FileFormat;
import io.github.sparkpysocial.spi.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads archived answers of the X API v1.1: tweets, one a line or in a search answer, and captures
 * of its streams with their notices:
 *
 * <ul>
 *   <li>{@code delete} becomes a {@link Tombstone}
 *   <li>{@code limit} tells of posts that were not delivered, {@code disconnect} and {@code
 *       warning} of the connection: they are counted
 *   <li>{@code scrub_geo}, {@code status_withheld} and {@code user_withheld} ask for something that
 *       no record can express, to forget the places of a user's posts or to hide posts in some
 *       countries: they are counted, and set aside with their content, so that somebody can do it
 * </ul>
 */
public final class XV1Format implements FileFormat {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final List<String> NOTICES =
      List.of(
          "limit",
          "scrub_geo",
          "status_withheld",
          "user_withheld",
          "disconnect",
          "warning",
          "friends",
          "friends_str");

  /** What notices ask for that has to be done by hand. */
  private static final Map<String, String> TO_DO =
      Map.of(
          "scrub_geo",
          "asks to remove the places of a user's posts up to a post; remove them where these posts"
              + " are stored",
          "status_withheld",
          "asks to hide a post in some countries; hide or remove it where it is stored",
          "user_withheld",
          "asks to hide a user's posts in some countries; hide or remove them where they are"
              + " stored");

  /** Called by {@link java.util.ServiceLoader}. */
  public XV1Format() {}

  @Override
  public String name() {
    return "x-v1";
  }

  @Override
  public boolean recognizes(List<String> fieldNames) {
    boolean tweet =
        fieldNames.containsAll(List.of("id", "user", "created_at"))
            && (fieldNames.contains("text") || fieldNames.contains("full_text"));
    boolean search = fieldNames.contains("statuses");
    boolean notice =
        fieldNames.size() == 1
            && (fieldNames.contains("delete") || NOTICES.contains(fieldNames.get(0)));
    return tweet || search || notice;
  }

  @Override
  public String envelope() {
    return "statuses";
  }

  @Override
  public Reading read(String json, Provenance provenance) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("is not valid JSON");
    }
    JsonNode statuses = root.get("statuses");
    if (statuses != null && statuses.isArray()) {
      return search(statuses, provenance);
    }
    JsonNode delete = root.get("delete");
    if (delete != null && delete.isObject()) {
      return Reading.of(List.of(tombstone(delete, json, provenance)));
    }
    if (root.has("user") && (root.has("text") || root.has("full_text"))) {
      List<String> notices = new ArrayList<>();
      SocialRecord post = new XV1Tweet(root, notices).post(provenance, json);
      return new Reading(List.of(post), notices, XV1Tweet.unknownFields(root));
    }
    for (String notice : NOTICES) {
      if (root.has(notice)) {
        String toDo = TO_DO.get(notice);
        return toDo == null
            ? Reading.notice(notice)
            : new Reading(
                List.of(), List.of(notice), List.of(), List.of(new RejectedPart(toDo, json)));
      }
    }
    if (root.has("errors")) {
      throw new IllegalArgumentException("is an error that the API answered, not a tweet");
    }
    throw new IllegalArgumentException("is neither a tweet nor a known message of a stream");
  }

  private static Reading search(JsonNode statuses, Provenance provenance) {
    List<SocialRecord> posts = new ArrayList<>();
    List<String> notices = new ArrayList<>();
    List<String> unknownFields = new ArrayList<>();
    List<RejectedPart> rejected = new ArrayList<>();
    for (JsonNode tweet : statuses) {
      try {
        posts.add(new XV1Tweet(tweet, notices).post(provenance, tweet.toString()));
        unknownFields.addAll(XV1Tweet.unknownFields(tweet));
      } catch (IllegalArgumentException e) {
        rejected.add(new RejectedPart(String.valueOf(e.getMessage()), tweet.toString()));
      }
    }
    return new Reading(posts, notices, unknownFields, rejected);
  }

  private static Tombstone tombstone(JsonNode delete, String json, Provenance provenance) {
    JsonNode status = delete.path("status");
    String id = XV1Tweet.id(status, "id");
    if (id == null) {
      throw new IllegalArgumentException("is a delete notice without 'status.id'");
    }
    return new Tombstone(
        Network.X,
        id,
        RecordKind.POST,
        XV1Tweet.id(status, "user_id"),
        deletedAt(delete),
        provenance,
        json);
  }

  private static @Nullable Instant deletedAt(JsonNode delete) {
    String time = delete.path("timestamp_ms").asText("");
    return time.isEmpty() ? null : Times.parse(time);
  }
}
