package io.github.sparkpysocial.streaming.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.live.Hole;
import io.github.sparkpysocial.live.LiveMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a source was taken, for the next process.
 *
 * @param place the source
 * @param mark how far a live stream was taken, or {@code null}
 * @param holes what waits to be filled, oldest first
 * @param newest the newest item of a listing that is polled, or {@code null}
 * @param count how many records of a recording were replayed
 * @param offsets of each partition of a topic the offset that is read next
 */
record FeedState(
    String place,
    @Nullable LiveMark mark,
    List<Hole> holes,
    @Nullable Position newest,
    long count,
    Map<Integer, Long> offsets) {

  FeedState {
    holes = List.copyOf(holes);
    offsets = Map.copyOf(offsets);
  }

  /** Makes a state without offsets. */
  FeedState(
      String place,
      @Nullable LiveMark mark,
      List<Hole> holes,
      @Nullable Position newest,
      long count) {
    this(place, mark, holes, newest, count, Map.of());
  }

  FeedState withOffsets(Map<Integer, Long> newOffsets) {
    return new FeedState(place, mark, holes, newest, count, newOffsets);
  }

  static FeedState none(String place) {
    return new FeedState(place, null, List.of(), null, 0);
  }

  byte[] toBytes() {
    ObjectNode json = StreamEvent.JSON.createObjectNode();
    json.put("place", place);
    if (mark != null) {
      ObjectNode object = json.putObject("mark");
      StreamEvent.put(object, "resumeAt", mark.resumeAt());
      StreamEvent.put(object, "takenAt", mark.takenAt());
      put(object, mark.last());
    }
    ArrayNode array = json.putArray("holes");
    for (Hole hole : holes) {
      ObjectNode object = array.addObject();
      StreamEvent.put(object, "from", hole.from());
      StreamEvent.put(object, "to", hole.to());
      StreamEvent.put(object, "reason", hole.reason());
      put(object, hole.last());
    }
    put(json, newest);
    json.put("count", count);
    ObjectNode partitions = json.putObject("offsets");
    offsets.forEach((partition, offset) -> partitions.put(partition.toString(), offset));
    return StreamEvent.bytes(json);
  }

  private static void put(ObjectNode json, @Nullable Position position) {
    if (position != null) {
      json.put("lastId", position.id());
      StreamEvent.put(json, "lastAt", position.at());
    }
  }

  static FeedState parse(byte[] bytes) {
    try {
      JsonNode json = StreamEvent.JSON.readTree(bytes);
      JsonNode mark = json.get("mark");
      List<Hole> holes = new ArrayList<>();
      for (JsonNode hole : json.path("holes")) {
        holes.add(
            new Hole(
                required(hole, "from"),
                required(hole, "to"),
                StreamEvent.position(hole),
                Objects.requireNonNullElse(StreamEvent.text(hole, "reason"), "")));
      }
      return new FeedState(
          Objects.requireNonNullElse(StreamEvent.text(json, "place"), ""),
          mark == null
              ? null
              : new LiveMark(
                  StreamEvent.text(mark, "resumeAt"),
                  required(mark, "takenAt"),
                  StreamEvent.position(mark)),
          holes,
          StreamEvent.position(json),
          json.path("count").asLong(),
          offsets(json.path("offsets")));
    } catch (IOException e) {
      throw new UncheckedIOException("The state of a journal is no JSON", e);
    }
  }

  private static Map<Integer, Long> offsets(JsonNode json) {
    Map<Integer, Long> offsets = new TreeMap<>();
    json.properties().forEach(e -> offsets.put(Integer.valueOf(e.getKey()), e.getValue().asLong()));
    return offsets;
  }

  private static Instant required(JsonNode json, String name) {
    return Objects.requireNonNull(StreamEvent.instant(json, name), name);
  }
}
