package io.github.sparkpysocial.harvest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledger as JSON that people read; {@code docs/harvest.md} describes every field. */
final class LedgerJson {
  private static final int VERSION = 2;
  private static final String BEGINNING = "beginning";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter PRETTY =
      JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  private LedgerJson() {}

  static byte[] write(List<LedgerEntry> entries) throws JsonProcessingException {
    ObjectNode root = JSON.createObjectNode();
    root.put("ledger", VERSION);
    ArrayNode harvests = root.putArray("harvests");
    entries.forEach(entry -> harvests.add(toJson(entry)));
    return (PRETTY.writeValueAsString(root) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a ledger.
   *
   * @param file where it comes from, for messages
   * @throws StoreException if it is none, or of another version, or damaged
   */
  static List<LedgerEntry> read(Path file, byte[] bytes) throws IOException {
    try {
      JsonNode root = JSON.readTree(bytes);
      int version = root == null ? 0 : root.path("ledger").asInt(0);
      if (version != VERSION) {
        throw new StoreException(
            "The file "
                + file
                + (version == 0 ? " is no ledger" : " is a ledger of version " + version)
                + "; this version of sparkpy-social keeps ledgers of version "
                + VERSION
                + ". Name another file for --ledger; everything is read again then, without"
                + " doubling anything");
      }
      List<LedgerEntry> entries = new ArrayList<>();
      for (JsonNode node : root.path("harvests")) {
        entries.add(fromJson(node));
      }
      return entries;
    } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
      throw new StoreException(
          "The ledger "
              + file
              + " is damaged; move it away, and the next harvest reads everything again without"
              + " doubling anything",
          e);
    }
  }

  private static ObjectNode toJson(LedgerEntry entry) {
    ObjectNode node = JSON.createObjectNode();
    node.put("source", entry.source());
    node.put("store", entry.store());
    node.put("order", entry.order().name());
    node.put("complete", entry.isComplete());
    put(node, "startedAt", entry.startedAt());
    put(node, "completedAt", entry.completedAt());
    ArrayNode intervals = node.putArray("intervals");
    entry.intervals().forEach(interval -> intervals.add(toJson(interval)));
    ArrayNode holes = node.putArray("holes");
    entry.holes().forEach(hole -> holes.add(toJson(hole)));
    put(node, "lastPage", entry.lastPage());
    if (entry.items() != null) {
      node.put("items", entry.items());
    }
    put(node, "refusal", entry.refusal());
    return node;
  }

  private static ObjectNode toJson(Interval interval) {
    ObjectNode part = JSON.createObjectNode();
    put(part, "newest", interval.newest());
    put(part, "oldest", interval.oldest());
    put(part, "from", interval.from());
    put(part, "to", interval.to());
    return part;
  }

  private static ObjectNode toJson(LedgerHole hole) {
    ObjectNode part = JSON.createObjectNode();
    put(part, "after", hole.after());
    put(part, "before", hole.before());
    put(part, "from", hole.from());
    put(part, "to", hole.to());
    part.put("reason", hole.reason());
    LedgerHole.Next next = hole.next();
    if (next != null) {
      ObjectNode way = part.putObject("next");
      put(way, "since", next.since());
      put(way, "until", next.until());
      put(way, "downTo", next.downTo());
      way.put("cursor", next.cursor());
    }
    return part;
  }

  private static void put(ObjectNode node, String name, @Nullable String text) {
    if (text != null) {
      node.put(name, text);
    }
  }

  private static void put(ObjectNode node, String name, @Nullable Instant time) {
    if (time != null) {
      node.put(name, time.equals(Interval.BEGINNING) ? BEGINNING : time.toString());
    }
  }

  private static void put(ObjectNode node, String name, @Nullable Position position) {
    if (position != null) {
      ObjectNode part = node.putObject(name);
      part.put("id", position.id());
      put(part, "at", position.at());
    }
  }

  private static LedgerEntry fromJson(JsonNode node) {
    List<Interval> intervals = new ArrayList<>();
    for (JsonNode part : node.path("intervals")) {
      Position newest = position(part, "newest");
      if (newest == null) {
        throw new IllegalArgumentException("An interval without its newest record");
      }
      intervals.add(
          new Interval(newest, position(part, "oldest"), time(part, "from"), time(part, "to")));
    }
    List<LedgerHole> holes = new ArrayList<>();
    for (JsonNode part : node.path("holes")) {
      holes.add(hole(part));
    }
    JsonNode items = node.get("items");
    return new LedgerEntry(
        required(node, "source"),
        required(node, "store"),
        Order.valueOf(required(node, "order")),
        intervals,
        holes,
        time(node, "startedAt"),
        time(node, "completedAt"),
        text(node, "lastPage"),
        items == null || !items.isIntegralNumber() ? null : items.asLong(),
        text(node, "refusal"));
  }

  private static LedgerHole hole(JsonNode part) {
    JsonNode next = part.get("next");
    return new LedgerHole(
        position(part, "after"),
        position(part, "before"),
        time(part, "from"),
        time(part, "to"),
        required(part, "reason"),
        next == null
            ? null
            : new LedgerHole.Next(
                position(next, "since"),
                position(next, "until"),
                required(next, "cursor"),
                time(next, "downTo")));
  }

  private static @Nullable Position position(JsonNode node, String name) {
    JsonNode part = node.get(name);
    return part == null || part.isNull()
        ? null
        : new Position(required(part, "id"), time(part, "at"));
  }

  private static @Nullable Instant time(JsonNode node, String name) {
    String text = text(node, name);
    if (text == null) {
      return null;
    }
    return text.equals(BEGINNING) ? Interval.BEGINNING : Instant.parse(text);
  }

  private static String required(JsonNode node, String name) {
    String value = text(node, name);
    if (value == null) {
      throw new IllegalArgumentException("The field '" + name + "' is missing");
    }
    return value;
  }

  private static @Nullable String text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value.asText();
  }
}
