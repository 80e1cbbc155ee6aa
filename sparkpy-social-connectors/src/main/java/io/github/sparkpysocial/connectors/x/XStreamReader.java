package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.connectors.internal.JsonDocument;
import io.github.sparkpysocial.http.Redaction;
import io.github.sparkpysocial.live.LiveMessage;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of X's streams: posts with what is included beside them, and errors, which mean
 * that X is about to end the stream (<a
 * href="https://docs.x.com/x-api/fundamentals/handling-disconnections">handling
 * disconnections</a>). The raw JSON of a post is its whole line, so that the rules it matched are
 * kept.
 */
final class XStreamReader {
  private final PlaceUri place;
  private final Supplier<Provenance> provenance;
  private final Consumer<JsonNode> billed;

  /**
   * Makes a reader.
   *
   * @param billed is told of each line that X bills
   */
  XStreamReader(PlaceUri place, Supplier<Provenance> provenance, Consumer<JsonNode> billed) {
    this.place = place;
    this.provenance = provenance;
    this.billed = billed;
  }

  /**
   * Reads a line.
   *
   * @param rule the id of the rule whose posts are wanted, or {@code null} for those of all
   */
  LiveMessage read(String line, @Nullable String rule) {
    JsonDocument document;
    try {
      document = JsonDocument.of(line);
    } catch (IllegalArgumentException e) {
      return rejected(line, "The line is no JSON");
    }
    JsonNode root = document.root();
    if (root.path("data").isObject()) {
      billed.accept(root);
      return rule == null || matches(root, rule)
          ? posts(line)
          : LiveMessage.of(List.of(), null); // another program's rule; it was paid for, no more
    }
    if (root.path("errors").isArray() || root.has("disconnect_type")) {
      return LiveMessage.of(LiveMessage.Kind.RECONNECT, "X ends the stream: " + said(root));
    }
    if (!root.isObject()) {
      return rejected(line, "The line is no JSON object");
    }
    List<String> fields = new ArrayList<>();
    root.fieldNames().forEachRemaining(fields::add);
    return LiveMessage.of(
        LiveMessage.Kind.NOTICE,
        Redaction.text("X sent a message of a kind that is not known, with the fields " + fields));
  }

  private static boolean matches(JsonNode root, String rule) {
    for (JsonNode matching : root.path("matching_rules")) {
      if (matching.path("id").asText().equals(rule)) {
        return true;
      }
    }
    return false;
  }

  private LiveMessage posts(String line) {
    JsonDocument answer;
    try {
      answer = JsonDocument.of(XV2ArchiveFormat.withArray(JsonDocument.of(line).root()));
    } catch (IllegalArgumentException e) {
      return rejected(line, String.valueOf(e.getMessage()));
    }
    Page page = XPages.newestFirst(place, answer, provenance.get());
    List<SocialRecord> records = new ArrayList<>();
    for (SocialRecord record : page.records()) {
      records.add(record instanceof Post post ? post.toBuilder().raw(line).build() : record);
    }
    return new LiveMessage(
        LiveMessage.Kind.RECORDS, records, null, null, page.rejected(), page.unknownFields());
  }

  private static String said(JsonNode root) {
    JsonNode error = root.path("errors").path(0);
    String type = error.path("disconnect_type").asText(root.path("disconnect_type").asText(""));
    String detail = error.path("detail").asText(error.path("message").asText(""));
    String title = error.path("title").asText("no reason given");
    return Redaction.text(
        title + (type.isEmpty() ? "" : ", " + type) + (detail.isEmpty() ? "" : ": " + detail));
  }

  private LiveMessage rejected(String line, String reason) {
    return LiveMessage.rejected(
        new Rejected(place.toString(), 0, null, reason, line.getBytes(StandardCharsets.UTF_8)));
  }
}
