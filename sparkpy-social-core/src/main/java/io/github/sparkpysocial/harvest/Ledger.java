package io.github.sparkpysocial.harvest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.client.RecordSource.Order;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known to be in which store, kept in one small JSON file beside the data. Several listings
 * and stores share a file. A change is written beside the file, forced to disk and moved over it,
 * so that after a crash either the old or the new state is there.
 *
 * <p>Thread-safe; several processes may use one file, each for its own listings.
 */
public final class Ledger {
  private static final int VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Object IN_PROCESS = new Object();

  private final @Nullable Path file;
  private List<LedgerEntry> memory = List.of();

  private Ledger(@Nullable Path file) {
    this.file = file;
  }

  /** Returns the ledger in a file, which is made with the first entry. */
  public static Ledger open(Path file) {
    return new Ledger(Objects.requireNonNull(file, "file"));
  }

  /** Returns a ledger that is forgotten when the process ends. */
  public static Ledger inMemory() {
    return new Ledger(null);
  }

  /**
   * Returns all entries.
   *
   * @throws StoreException if the file cannot be read or is no ledger
   */
  public List<LedgerEntry> entries() {
    synchronized (IN_PROCESS) {
      return file == null ? memory : read(file);
    }
  }

  /** Returns the entry of a listing and a store, a blank one if there is none. */
  LedgerEntry entry(String source, String store, Order order) {
    return entries().stream()
        .filter(entry -> entry.source().equals(source) && entry.store().equals(store))
        .findFirst()
        .orElseGet(() -> LedgerEntry.none(source, store, order));
  }

  /** Replaces the entry of this listing and store; durable when it returns. */
  void commit(LedgerEntry changed) {
    synchronized (IN_PROCESS) { // a FileLock is held by the whole process, not by a thread
      if (file == null) {
        memory = replaced(memory, changed);
        return;
      }
      try {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
          Files.createDirectories(directory);
        }
        try (FileChannel lockFile =
                FileChannel.open(
                    file.resolveSibling(file.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            FileLock lock = lockFile.lock()) {
          Objects.requireNonNull(lock, "lock");
          write(file, replaced(read(file), changed));
        }
      } catch (IOException e) {
        throw new StoreException("The ledger " + file + " cannot be written: " + e, e);
      }
    }
  }

  private static List<LedgerEntry> replaced(List<LedgerEntry> entries, LedgerEntry changed) {
    List<LedgerEntry> all = new ArrayList<>(entries);
    all.removeIf(
        entry -> entry.source().equals(changed.source()) && entry.store().equals(changed.store()));
    all.add(changed);
    return List.copyOf(all);
  }

  private static void write(Path file, List<LedgerEntry> entries) throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("ledger", VERSION);
    ArrayNode harvests = root.putArray("harvests");
    entries.forEach(entry -> harvests.add(toJson(entry)));
    byte[] bytes =
        (JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n")
            .getBytes(StandardCharsets.UTF_8);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (FileChannel channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceDirectory(file);
  }

  /** Makes the move itself durable, where the system can open a directory. */
  private static void forceDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || !System.getProperty("file.separator").equals("/")) {
      return; // Windows cannot open directories, and its moves are durable by themselves
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static List<LedgerEntry> read(Path file) {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      JsonNode root = JSON.readTree(Files.readAllBytes(file));
      if (root == null || root.path("ledger").asInt(0) != VERSION) {
        throw new StoreException(
            "The file "
                + file
                + " is no ledger of this version of sparkpy-social; name another file for --ledger");
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
    } catch (IOException e) {
      throw new StoreException("The ledger " + file + " cannot be read: " + e, e);
    }
  }

  private static ObjectNode toJson(LedgerEntry entry) {
    ObjectNode node = JSON.createObjectNode();
    node.put("source", entry.source());
    node.put("store", entry.store());
    node.put("order", entry.order().name());
    node.put("complete", entry.isComplete());
    ArrayNode intervals = node.putArray("intervals");
    for (Interval interval : entry.intervals()) {
      ObjectNode part = intervals.addObject();
      put(part, "newest", interval.newest());
      put(part, "oldest", interval.oldest());
    }
    LedgerEntry.Open open = entry.open();
    if (open != null) {
      ObjectNode part = node.putObject("open");
      put(part, "since", open.since());
      put(part, "newest", open.newest());
      put(part, "oldest", open.oldest());
      part.put("cursor", open.cursor());
    }
    if (entry.lastPage() != null) {
      node.put("lastPage", entry.lastPage());
    }
    Instant completedAt = entry.completedAt();
    if (completedAt != null) {
      node.put("completedAt", completedAt.toString());
    }
    return node;
  }

  private static void put(ObjectNode node, String name, @Nullable Position position) {
    if (position != null) {
      ObjectNode part = node.putObject(name);
      part.put("id", position.id());
      Instant at = position.at();
      if (at != null) {
        part.put("at", at.toString());
      }
    }
  }

  private static LedgerEntry fromJson(JsonNode node) {
    List<Interval> intervals = new ArrayList<>();
    for (JsonNode part : node.path("intervals")) {
      Position newest = position(part.get("newest"));
      if (newest == null) {
        throw new IllegalArgumentException("An interval without its newest record");
      }
      intervals.add(new Interval(newest, position(part.get("oldest"))));
    }
    JsonNode open = node.get("open");
    String completedAt = text(node, "completedAt");
    return new LedgerEntry(
        required(node, "source"),
        required(node, "store"),
        Order.valueOf(required(node, "order")),
        intervals,
        open == null
            ? null
            : new LedgerEntry.Open(
                position(open.get("since")),
                position(open.get("newest")),
                position(open.get("oldest")),
                text(open, "cursor")),
        text(node, "lastPage"),
        completedAt == null ? null : Instant.parse(completedAt));
  }

  private static @Nullable Position position(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return null;
    }
    String at = text(node, "at");
    return new Position(required(node, "id"), at == null ? null : Instant.parse(at));
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
