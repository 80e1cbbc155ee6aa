package io.github.sparkpysocial.connectors.bluesky;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.model.Entities;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a text refers to. The network counts bytes of UTF-8 (<a
 * href="https://docs.bsky.app/docs/advanced-guides/post-richtext">rich text</a>), we count code
 * points. A facet that lies outside the text, or begins or ends within a character, is left out, as
 * apps do; it stays in the raw JSON.
 */
final class Facets {
  private static final String TYPE = "app.bsky.richtext.facet#";

  private final String text;
  private final byte[] bytes;

  /** The code point that begins at each byte, or -1 within a character. */
  private final int[] codePoints;

  private final List<Entities.Hashtag> hashtags = new ArrayList<>();
  private final List<Entities.Mention> mentions = new ArrayList<>();
  private final List<Entities.Url> urls = new ArrayList<>();

  private Facets(String text) {
    this.text = text;
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
    this.codePoints = new int[bytes.length + 1];
    Arrays.fill(codePoints, -1);
    int codePoint = 0;
    for (int at = 0; at < bytes.length; at++) {
      if ((bytes[at] & 0xC0) != 0x80) {
        codePoints[at] = codePoint++;
      }
    }
    codePoints[bytes.length] = codePoint;
  }

  /** Returns the entities of a text. */
  static Entities read(String text, @Nullable JsonNode facets) {
    if (facets == null || facets.isEmpty()) {
      return Entities.NONE;
    }
    Facets read = new Facets(text);
    facets.forEach(read::add);
    read.hashtags.sort(Comparator.comparingInt(Entities.Hashtag::start));
    read.mentions.sort(Comparator.comparingInt(Entities.Mention::start));
    read.urls.sort(Comparator.comparingInt(Entities.Url::start));
    return new Entities(read.hashtags, read.mentions, read.urls, List.of());
  }

  private void add(JsonNode facet) {
    int from = facet.path("index").path("byteStart").asInt(-1);
    int to = facet.path("index").path("byteEnd").asInt(-1);
    if (from < 0 || to <= from || to > bytes.length || codePoints[from] < 0 || codePoints[to] < 0) {
      return;
    }
    String shown = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    int start = codePoints[from];
    int end = codePoints[to];
    for (JsonNode feature : facet.path("features")) {
      switch (feature.path("$type").asText("")) {
        case TYPE + "tag" -> {
          String tag = shown.startsWith("#") ? shown.substring(1) : Json.nonEmpty(feature, "tag");
          if (tag != null && !tag.isEmpty()) {
            hashtags.add(new Entities.Hashtag(tag, start, end));
          }
        }
        case TYPE + "mention" ->
            mentions.add(
                new Entities.Mention(
                    shown.startsWith("@") ? shown.substring(1) : shown,
                    Json.nonEmpty(feature, "did"),
                    start,
                    end));
        case TYPE + "link" ->
            urls.add(new Entities.Url(shown, Json.nonEmpty(feature, "uri"), start, end));
        default -> {} // what apps add of their own
      }
    }
  }

  @Override
  public String toString() {
    return "Facets of " + text.length() + " characters";
  }
}
