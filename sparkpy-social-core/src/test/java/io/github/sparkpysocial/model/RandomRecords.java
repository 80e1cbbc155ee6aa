package io.github.sparkpysocial.model;

import io.github.sparkpysocial.model.RecordSchema.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes records of any kind, of random values, for tests. */
public final class RandomRecords {
  /** Characters that files and JSON have a way of their own with. */
  private static final String[] PIECES = {
    "text ", "\"", "\\", "\n", "\t", "\u0001", "\u0085", "\u2028", "é", "語", "\uFF1D", "🎉", "'",
    "=", ",", "\uFFFD"
  };

  private static final List<List<String>> PARTS =
      List.of(
          List.of("latitude", "longitude"),
          List.of("geo_south", "geo_west", "geo_north", "geo_east"));

  private static final Map<String, List<String>> CONSTANTS =
      Map.of(
          "post.kind", List.of("original", "reply", "repost", "quote"),
          "geo_precision", List.of("point", "box", "profile"),
          "event.status", List.of("upcoming", "past", "cancelled", "draft", "unknown"),
          "format", List.of("physical", "online", "hybrid"),
          "interaction.type", List.of("star", "fork", "commit", "rsvp", "follow"),
          "target_kind", List.of("post", "account", "event"));

  private RandomRecords() {}

  /** Returns a record. */
  public static SocialRecord record(RecordKind kind, Random random) {
    RecordSchema schema = RecordSchema.of(kind);
    return schema.record(values(schema, random));
  }

  static Map<String, @Nullable Object> values(RecordSchema schema, Random random) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (Column column : schema.columns()) {
      if (column.required() || random.nextBoolean()) {
        values.put(column.name(), randomValue(schema.kind(), column, random));
      }
    }
    values.put("record", schema.kind().wireName());
    values.put("network", random.nextBoolean() ? "x" : "github");
    for (List<String> whole : PARTS) {
      if (!values.keySet().containsAll(whole)) {
        values.keySet().removeAll(whole);
      }
    }
    if (values.get("geo_south") instanceof Double south
        && values.get("geo_north") instanceof Double north) {
      values.put("geo_south", Math.min(south, north));
      values.put("geo_north", Math.max(south, north));
    }
    return values;
  }

  private static Object randomValue(RecordKind kind, Column column, Random random) {
    List<String> constants =
        CONSTANTS.getOrDefault(column.name(), CONSTANTS.get(kind.wireName() + "." + column.name()));
    if (constants != null) {
      return constants.get(random.nextInt(constants.size()));
    }
    return switch (column.type()) {
      case STRING -> text(random);
      case LONG ->
          column.name().equals("end") ? 100L + random.nextInt(100) : (long) random.nextInt(100);
      case DOUBLE -> random.nextDouble() * 180 - 90;
      case BOOLEAN -> random.nextBoolean();
      case TIMESTAMP -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      case STRING_LIST -> List.of("a", "b" + random.nextInt(9));
      case STRUCT_LIST -> {
        List<Map<String, @Nullable Object>> structs = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
          Map<String, @Nullable Object> struct = new LinkedHashMap<>();
          for (Column field : column.fields()) {
            if (field.required() || random.nextBoolean()) {
              struct.put(field.name(), randomValue(kind, field, random));
            }
          }
          structs.add(struct);
        }
        yield structs;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.append(random.nextInt(1_000)).toString();
  }
}
