package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Changes the JSON of answers: schemas that drift, pages that overlap. */
final class Drift {
  private static final int ORDER_SEED = 7;

  private Drift() {}

  /** Adds an undocumented field to each object. */
  static void addNovelty(JsonNode node) {
    node.forEach(Drift::addNovelty);
    if (node instanceof ObjectNode object) {
      object.put("sandbox_novelty", "new");
    }
  }

  /** Removes a field from each object. */
  static void remove(JsonNode node, String field) {
    if (node instanceof ObjectNode object) {
      object.remove(field);
    }
    node.forEach(inner -> remove(inner, field));
  }

  /** Gives a field of each object another name. */
  static void rename(JsonNode node, String field, String newName) {
    if (node instanceof ObjectNode object && object.has(field)) {
      object.set(newName, object.remove(field));
    }
    node.forEach(inner -> rename(inner, field, newName));
  }

  /** Gives the value of a field another type. */
  static void retype(JsonNode node, String field) {
    node.forEach(inner -> retype(inner, field));
    if (node instanceof ObjectNode object && object.has(field)) {
      JsonNode value = object.get(field);
      if (value.isTextual() || value.isNumber()) {
        object.putObject(field).set("value", value);
      } else {
        object.put(field, value.toString());
      }
    }
  }

  /** Puts each item of a page on it twice. */
  static void duplicate(JsonNode body) {
    ArrayNode items = items(body);
    if (items != null) {
      List<JsonNode> twice = new ArrayList<>();
      items.forEach(
          item -> {
            twice.add(item);
            twice.add(item);
          });
      items.removeAll();
      items.addAll(twice);
    }
  }

  /** Brings the items of a page out of order. */
  static void shuffle(JsonNode body) {
    ArrayNode items = items(body);
    if (items != null) {
      List<JsonNode> shuffled = new ArrayList<>();
      items.forEach(shuffled::add);
      Collections.shuffle(shuffled, new Random(ORDER_SEED));
      items.removeAll();
      items.addAll(shuffled);
    }
  }

  /** Puts the arrays of an earlier page before those of this one, outside of items. */
  static JsonNode repeat(JsonNode before, JsonNode now) {
    if (before instanceof ArrayNode first && now instanceof ArrayNode second) {
      ArrayNode both = Json.array();
      first.forEach(both::add);
      second.forEach(both::add);
      return both;
    }
    if (before instanceof ObjectNode first && now instanceof ObjectNode second) {
      for (Map.Entry<String, JsonNode> field : List.copyOf(second.properties())) {
        JsonNode earlier = first.get(field.getKey());
        if (earlier != null) {
          second.set(field.getKey(), repeat(earlier, field.getValue()));
        }
      }
    }
    return now;
  }

  /** Returns the array with the items of a page: the uppermost one that holds objects. */
  private static @Nullable ArrayNode items(JsonNode body) {
    Deque<JsonNode> level = new ArrayDeque<>(List.of(body));
    while (!level.isEmpty()) {
      JsonNode node = level.removeFirst();
      if (node instanceof ArrayNode array) {
        if (!array.isEmpty() && array.get(0).isObject()) {
          return array;
        }
      } else {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          if (!field.getKey().equals("errors")) {
            level.addLast(field.getValue());
          }
        }
      }
    }
    return null;
  }
}
