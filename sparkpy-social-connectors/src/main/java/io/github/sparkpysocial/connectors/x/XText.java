package io.github.sparkpysocial.connectors.x;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.connectors.internal.Json;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.text.TextEntities;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole text of a post and what it refers to. A post of more than 280 characters has its text,
 * and the entities of that, in its note. X escapes {@code &}, {@code <} and {@code >} for HTML;
 * they are given back here once. Entities are placed by what the text says, since escapes move them
 * and X counts code points in some fields and UTF-16 units in others.
 *
 * @param text the text as its author wrote it
 * @param entities what it refers to, with offsets in code points of {@code text}
 */
record XText(String text, Entities entities) {

  /** Reads text and entities of a post. */
  static XText of(JsonNode post) {
    JsonNode note = Json.field(post, "note_tweet");
    note = note == null ? Json.field(post, "note_post") : note;
    JsonNode whole = note != null && Json.nonEmpty(note, "text") != null ? note : post;
    String received = Json.text(whole, "text");
    if (received == null) {
      throw new IllegalArgumentException("The field 'text' is missing");
    }
    String text = unescaped(received);
    JsonNode told = Json.field(whole, "entities");
    return new XText(text, told == null ? TextEntities.extract(text) : placed(text, told));
  }

  /** Undoes what X escapes; the ampersand comes last, so that nothing is undone twice. */
  static String unescaped(String text) {
    return text.indexOf('&') < 0
        ? text
        : text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  private static Entities placed(String text, JsonNode told) {
    Finder finder = new Finder(text);
    return new Entities(
        finder.all(
            told.path("hashtags"),
            "tag",
            "#＃",
            (entity, start, end) -> new Entities.Hashtag(Json.required(entity, "tag"), start, end)),
        finder.all(
            told.path("mentions"),
            "username",
            "@＠",
            (entity, start, end) ->
                new Entities.Mention(
                    Json.required(entity, "username"), Json.nonEmpty(entity, "id"), start, end)),
        finder.all(
            told.path("urls"),
            "url",
            "",
            (entity, start, end) ->
                new Entities.Url(
                    Json.required(entity, "url"),
                    Json.nonEmpty(entity, "expanded_url"),
                    start,
                    end)),
        finder.all(
            told.path("cashtags"),
            "tag",
            "$",
            (entity, start, end) ->
                new Entities.Cashtag(Json.required(entity, "tag"), start, end)));
  }

  /** Makes an entity from what X told and where it stands. */
  private interface Maker<E> {
    E make(JsonNode entity, int start, int end);
  }

  /** Finds entities in a text. */
  private static final class Finder {
    private final String text;

    /** Where each code point begins in the text, and where the text ends. */
    private final int[] starts;

    Finder(String text) {
      this.text = text;
      int length = text.codePointCount(0, text.length());
      starts = new int[length + 1];
      for (int at = 0, index = 0; at < length; at++) {
        starts[at] = index;
        index += Character.charCount(text.codePointAt(index));
      }
      starts[length] = text.length();
    }

    /**
     * Places the entities of one kind, in their order; one that the text does not hold is left out.
     *
     * @param signs the signs that may stand before it; empty if none does
     */
    <E> List<E> all(JsonNode told, String name, String signs, Maker<E> maker) {
      List<E> placed = new ArrayList<>();
      int from = 0;
      for (JsonNode entity : told) {
        String word = Json.required(entity, name);
        int start = entity.path("start").asInt(-1);
        if (start < from || !isAt(start, word, signs)) {
          start = from;
          while (start < starts.length && !isAt(start, word, signs)) {
            start++;
          }
        }
        if (start < starts.length) {
          int sign = signs.isEmpty() ? 0 : 1;
          from = start + sign + word.codePointCount(0, word.length());
          placed.add(maker.make(entity, start, from));
        }
      }
      return placed;
    }

    /** Returns whether sign and word stand at this code point. */
    private boolean isAt(int codePoint, String word, String signs) {
      if (codePoint >= starts.length - 1) {
        return false;
      }
      int index = starts[codePoint];
      if (signs.isEmpty()) {
        return text.regionMatches(true, index, word, 0, word.length());
      }
      return signs.indexOf(text.charAt(index)) >= 0
          && text.regionMatches(true, index + 1, word, 0, word.length());
    }
  }
}
