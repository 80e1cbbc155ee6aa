package io.github.sparkpysocial.connectors.internal;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.Position;
import io.github.sparkpysocial.http.Redaction;
import io.github.sparkpysocial.model.RecordKey;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.store.Rejected;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what is on a page: records, each key once; what cannot be read; unknown fields. */
public final class PageBuilder {
  private final PlaceUri place;
  private final JsonDocument document;
  private final Map<RecordKey, SocialRecord> records = new LinkedHashMap<>();
  private final List<Rejected> rejected = new ArrayList<>();
  private final Map<String, Long> unknown = new TreeMap<>();

  /** Makes a page of this place from this answer. */
  public PageBuilder(PlaceUri place, JsonDocument document) {
    this.place = place;
    this.document = document;
  }

  /** Reads one item of the answer. */
  @FunctionalInterface
  public interface ItemReader {
    /**
     * Adds the records of an item.
     *
     * @throws IllegalArgumentException if it cannot be read; the message holds no content
     */
    void read(JsonNode item, String raw);
  }

  /** Reads each item of an array; one that cannot be read is set aside and the others go on. */
  public void each(@Nullable JsonNode array, ItemReader reader) {
    if (array == null || array.isNull() || array.isMissingNode()) {
      return;
    }
    for (JsonNode item : array) {
      one(item, reader);
    }
  }

  /** Reads one item, or sets it aside if it cannot be read. */
  public void one(JsonNode item, ItemReader reader) {
    if (!item.isObject()) {
      reject(item.toString(), "The item is not a JSON object");
      return;
    }
    String raw = document.raw(item);
    try {
      reader.read(item, raw);
    } catch (IllegalArgumentException e) {
      reject(raw, String.valueOf(e.getMessage()));
    }
  }

  /** Adds a record; of several with one key the last is kept. */
  public void add(SocialRecord record) {
    records.put(record.key(), record);
  }

  /** Sets something aside; a credential that the server repeats in it is hidden. */
  public void reject(String raw, String reason) {
    rejected.add(
        new Rejected(
            place.toString(),
            0,
            null,
            reason,
            Redaction.text(raw).getBytes(StandardCharsets.UTF_8)));
  }

  /** Counts something that the client does not know and keeps raw. */
  public void countUnknown(String name) {
    unknown.merge(name, 1L, Long::sum);
  }

  /** Counts the fields of an object that are not among those known. */
  public void countUnknown(String what, JsonNode object, Set<String> known) {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        countUnknown(what + '.' + name);
      }
    }
  }

  /** Returns the page. */
  public Page build(
      @Nullable Position newest, @Nullable Position oldest, @Nullable String nextCursor) {
    return Page.of(content(), newest, oldest, nextCursor);
  }

  /** Returns what is on the page. */
  public Page.Content content() {
    return new Page.Content(List.copyOf(records.values()), rejected, unknown);
  }
}
